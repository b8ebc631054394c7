import { interval, type Subscription } from 'rxjs';
import type { LoadingState } from '../../ui/loading/loading-state';
import type { PageStore } from '../shell/page-store';
import { estimatedShare } from './estimated-share';
import type { Expected } from './expected-bytes';

/** How often what is shown moves on. */
const stepMs = 250;

export interface LoadingPorts {
  readonly store: PageStore;
  readonly nowMs: () => number;
  readonly expected: () => Expected;
}

/** Shows that something is on its way, from when a picture is asked for until it is there. */
export class Loading {
  private readonly ports: LoadingPorts;
  private steps: Subscription | null = null;

  constructor(ports: LoadingPorts) {
    this.ports = ports;
  }

  /** Shows how far the parts have come until `arrival` settles; the last call holds. */
  until(arrival: Promise<unknown>): void {
    this.end();
    const { store, nowMs, expected } = this.ports;
    const { bytes, rate } = expected();
    const beganMs = nowMs();
    const part = (size: number | null) => ({
      bytes: size,
      share: estimatedShare(nowMs() - beganMs, size, rate),
    });
    const show = () => {
      const loading: LoadingState = { engine: part(bytes.engine), agent: part(bytes.agent) };
      store.patch({ loading });
    };
    show();
    const steps = interval(stepMs).subscribe(show);
    this.steps = steps;
    const settled = () => {
      if (this.steps === steps) this.end();
    };
    arrival.then(settled, settled);
  }

  private end(): void {
    this.steps?.unsubscribe();
    this.steps = null;
    if (this.ports.store.state.loading !== null) this.ports.store.patch({ loading: null });
  }
}
