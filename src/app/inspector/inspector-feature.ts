import { type CapturedUpdate, type Stage, seatsOf } from '../../contract';
import { asUsed } from '../../inspector/what-if';
import type { InspectorIntent, InspectorLook, InspectorState } from '../../ui/inspector/inspector-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { StageOptions } from '../game-stage';
import type { RunDesk } from '../runs/run-desk';
import type { PageStore } from '../shell/page-store';
import { MomentStage } from './moment-stage';

export interface InspectorPorts {
  readonly store: PageStore;
  readonly desk: RunDesk;
  readonly looks: Pick<StageOptions, 'theme' | 'reducedMotion'>;
  /** Draws a stage in the run's place, or, for null, the run. */
  readonly show: (stage: Stage | null) => void;
  /** Whether the picture belongs to a match. */
  readonly isOnCourt: () => boolean;
}

/** Fetches what an update learned from, and shows the game as it was at its steps. */
export class Inspector implements AppFeature {
  readonly intents: IntentHandlers<InspectorIntent> = {
    inspect: now(() => this.inspect()),
    inspectMoment: now(({ step }) => this.showMoment(step)),
    suppose: now(({ whatIf }) => this.look({ whatIf })),
  };
  private readonly ports: InspectorPorts;
  private stage: MomentStage | null = null;
  private readonly all;

  constructor(ports: InspectorPorts) {
    this.ports = ports;
    // Another session: what was captured is not of it.
    this.all = ports.desk.begun$.subscribe(() => {
      this.stage = null;
      this.patch({ captured: null, phase: 'idle', look: null });
    });
  }

  dispose(): void {
    this.all.unsubscribe();
  }

  private async inspect(): Promise<void> {
    const { desk, store } = this.ports;
    const { session } = desk;
    if (session === null) return;
    this.patch({ phase: 'waiting' });
    const captured = await (session.arenas ?? session.agent).captureUpdate(store.state.focusedArena, 0);
    if (desk.session !== session) return;
    this.endPicture();
    if (captured === null) this.patch({ phase: 'failed' });
    else this.patch({ phase: 'idle', captured, look: { step: 0, whatIf: asUsed(captured) } });
  }

  private showMoment(step: number | null): void {
    const { captured } = this.ports.store.state.inspector;
    if (step !== null) this.look({ step });
    if (step === null || captured === null || this.ports.isOnCourt()) {
      this.endPicture();
      return;
    }
    this.stage ??= this.begin(captured);
    this.stage?.show(step);
  }

  /** @returns null where there is no picture of it, as of live games. */
  private begin(captured: CapturedUpdate): MomentStage | null {
    if (captured.states.length === 0) return null;
    const { store, looks, show } = this.ports;
    const stage = new MomentStage(captured, looks, seatsOf(store.state.spec));
    show(stage);
    return stage;
  }

  private endPicture(): void {
    if (this.stage === null) return;
    this.stage = null;
    if (!this.ports.isOnCourt()) this.ports.show(null);
  }

  private look(change: Partial<InspectorLook>): void {
    const { look } = this.ports.store.state.inspector;
    if (look !== null) this.patch({ look: { ...look, ...change } });
  }

  private patch(change: Partial<InspectorState>): void {
    const { store } = this.ports;
    store.patch({ inspector: { ...store.state.inspector, ...change } });
  }
}
