import { type Remote, wrap } from 'comlink';
import type { BackendName } from '../../src/contract';
import type { OpenedBackend } from '../../src/workers/backend';
import type { MeasuringWorker } from './measuring.worker';

/** Waiting for a device that hangs would never end. */
const longestAnswerMs = 120_000;

/** A worker that has a backend open. */
export class OpenedWorker {
  readonly opened: Promise<OpenedBackend>;
  private readonly worker: Worker;
  private readonly remote: Remote<MeasuringWorker>;
  /** Rejects when the worker dies, which a pending call would never notice. */
  private readonly death: Promise<never>;

  constructor(backend: BackendName) {
    this.worker = new Worker(new URL('./measuring.worker.ts', import.meta.url), { type: 'module' });
    this.remote = wrap<MeasuringWorker>(this.worker);
    this.death = new Promise<never>((_, reject) => {
      this.worker.onerror = ({ message }) => reject(new Error(`The worker ended: ${message}`));
    });
    this.opened = this.ask((remote) => remote.openBackend(backend));
    // Whoever asks for anything hears of it.
    this.opened.catch(() => {});
  }

  /** @throws Error with a sentence where the worker has ended, or does not answer for two minutes. */
  async ask<Answer>(request: (remote: Remote<MeasuringWorker>) => Promise<Answer>): Promise<Answer> {
    let timer = 0;
    const silence = new Promise<never>((_, reject) => {
      timer = window.setTimeout(
        () => reject(new Error('There was no answer for two minutes.')),
        longestAnswerMs,
      );
    });
    return Promise.race([request(this.remote), this.death, silence]).finally(() => clearTimeout(timer));
  }

  close(): void {
    this.worker.terminate();
  }
}
