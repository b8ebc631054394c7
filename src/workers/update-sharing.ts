import { rowOperations } from '../agent/minibatch-trainer';
import type { PolicyLayout } from '../agent/policy';
import { type SharingTrial, trySharing } from '../agent/sharing-trial';
import { sharedAmong, type UpdateBackend } from '../agent/update-backend';
import type { BackendReport, Hyperparameters } from '../contract';
import type { Alone } from './backend-choice';
import { aloneBecause, shardsToUse, shardsWorthTrying } from './shard-choice';
import { canShareMemory, ShardWorkers } from './shard-workers';
import { createYield } from './yield';

/** What a learner computes at present. */
export interface SharedUpdates {
  readonly backend: UpdateBackend;
  readonly settings: Hyperparameters;
  readonly collectors: number;
}

/** What threads are chosen by; a test gives others. */
export interface SharingPlace {
  readonly cores: () => number | undefined;
  readonly trySharing: typeof trySharing;
}

const thisWorker: SharingPlace = { cores: () => navigator.hardwareConcurrency, trySharing };

/** The threads that share in a learner's updates, where they make them quicker. */
export class UpdateSharing {
  private readonly layout: PolicyLayout;
  private readonly lost: () => void;
  private readonly place: SharingPlace;
  private readonly breathe = createYield();
  private threads: ShardWorkers | null = null;
  /** Once one was lost, none is made any more. */
  private isLost = false;
  /** A backend as it is shared, so that the same is the same object. */
  private shared: { readonly backend: UpdateBackend; readonly form: UpdateBackend } | null = null;

  /** @param lost a thread that shared in updates is gone, and all go on alone; called once. */
  constructor(layout: PolicyLayout, lost: () => void, place: SharingPlace = thisWorker) {
    this.layout = layout;
    this.lost = lost;
    this.place = place;
  }

  /** What there is to tell of threads. */
  report(updates: SharedUpdates): Pick<BackendReport, 'shards' | 'aloneBecause'> {
    return {
      shards: 1 + (updates.backend.simd === null ? 0 : (this.threads?.count ?? 0)),
      aloneBecause: aloneBecause(this.worthTrying(updates), crossOriginIsolated),
    };
  }

  /** The backend, as threads share in it; itself where there are none. */
  among(backend: UpdateBackend): UpdateBackend {
    if (backend.simd === null || this.threads === null || this.threads.count === 0) return backend;
    if (this.shared?.backend !== backend) {
      this.shared = { backend, form: sharedAmong(this.threads, backend) };
    }
    return this.shared.form;
  }

  /**
   * Makes as many threads as there are cores for, and keeps them where they are quicker than one. Those before are ended:
   * trainers that they shared in go on alone.
   *
   * @param alone waits for its turn; the trial takes place in it.
   */
  async choose(updates: SharedUpdates, alone: Alone): Promise<void> {
    const tried = this.worthTrying(updates);
    const mayTry = tried > 1 && !this.isLost && canShareMemory();
    const threads = mayTry ? await this.made(tried) : null;
    await alone(async () => {
      this.threads?.dispose();
      this.threads = threads !== null && (await this.isQuicker(threads, tried, updates)) ? threads : null;
      this.shared = null;
    });
  }

  dispose(): void {
    this.threads?.dispose();
  }

  private worthTrying({ backend, settings, collectors }: SharedUpdates): number {
    return shardsWorthTrying({
      cores: this.place.cores(),
      collectors,
      onWebAssembly: backend.simd !== null,
      operations: settings.minibatchSize * rowOperations(this.layout),
    });
  }

  private async made(shards: number): Promise<ShardWorkers> {
    const threads = new ShardWorkers(() => {
      this.isLost = true;
      this.lost();
    });
    threads.count = shards - 1;
    await threads.listening();
    return threads;
  }

  /** Tries threads, and ends them where they bring nothing. */
  private async isQuicker(threads: ShardWorkers, shards: number, updates: SharedUpdates): Promise<boolean> {
    let isQuicker = false;
    try {
      isQuicker = shardsToUse(shards, await this.try(threads, updates)) > 1;
    } finally {
      if (!isQuicker) threads.dispose();
    }
    return isQuicker;
  }

  private try(threads: ShardWorkers, { backend, settings }: SharedUpdates): Promise<SharingTrial> {
    const { createTrainer } = sharedAmong(threads, backend);
    const clock = () => performance.now();
    return this.place.trySharing(
      backend.createTrainer,
      createTrainer,
      this.layout,
      settings,
      clock,
      this.breathe,
    );
  }
}
