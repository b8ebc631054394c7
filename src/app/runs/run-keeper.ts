import type { Hyperparameters, RunId, RunRecord } from '../../contract';
import type { PageStorage } from '../../storage/page-storage';
import type { RunLock } from '../../storage/run-lock';
import type { Checkpoint } from '../../storage/run-saving';
import { StorageError, type StorageReason } from '../../storage/storage-error';
import type { Keeping } from '../../ui/shell/page-state';
import type { KeptCheckpoint } from '../../workers/protocol';
import type { RunHistory } from './run-history';

/** What is kept of a run besides its states. */
export interface KeptAs {
  readonly id: RunId;
  readonly name: string;
  readonly game: string;
  readonly origin: RunRecord['origin'];
  readonly forkOf: RunRecord['forkOf'];
}

export interface RunKeeperOptions {
  readonly storage: Pick<PageStorage, 'runs' | 'holdRun'>;
  readonly as: KeptAs;
  readonly history: RunHistory;
  /** What is kept already, held for this page; null for a run that is not kept yet. */
  readonly held: { readonly record: RunRecord; readonly lock: RunLock } | null;
  /** Why the run is not to be saved; null where it is. */
  readonly unsaved: (Keeping & { readonly kind: 'unsaved' })['reason'] | null;
  readonly changed: (keeping: Keeping) => void;
}

/** Newest states that are to be saved. */
interface Waiting {
  latest?: KeptCheckpoint;
  best?: KeptCheckpoint;
  settings?: Hyperparameters;
}

/**
 * Saves one run, a whole state at a time: creates what is kept of it with its first state, and from then on saves what
 * changed. A failure is tried again with the next save; a run that is not to be saved never is.
 */
export class RunKeeper {
  private readonly options: RunKeeperOptions;
  private lock: RunLock | null;
  private shown: Keeping;
  private waiting: Waiting = {};
  private saving: Promise<void> | null = null;

  constructor(options: RunKeeperOptions) {
    this.options = options;
    this.lock = options.held?.lock ?? null;
    this.shown =
      options.unsaved !== null
        ? { kind: 'unsaved', reason: options.unsaved }
        : options.held === null
          ? { kind: 'nothing-yet' }
          : { kind: 'kept', savedAtMs: options.held.record.savedAtMs };
    if (this.lock !== null) this.watch(this.lock);
  }

  get keeping(): Keeping {
    return this.shown;
  }

  /** Leave to save what belongs to the run beside it; null where it is not kept, or kept by another page. */
  get held(): RunLock | null {
    return this.shown.kind === 'unsaved' ? null : this.lock;
  }

  /** Whether something was learned that is not saved. */
  get isBehind(): boolean {
    return this.waiting.latest !== undefined;
  }

  /** Takes a state to be saved with the next save. */
  offer(checkpoint: KeptCheckpoint): void {
    this.waiting.latest = checkpoint;
    if (checkpoint.isBest) this.waiting.best = checkpoint;
  }

  /** Takes settings to be saved with the next save. */
  offerSettings(settings: Hyperparameters): void {
    this.waiting.settings = settings;
  }

  /** Saves what waits. Never throws: `keeping` tells how it went. */
  async save(): Promise<void> {
    // One after the other: each takes everything that waits when it begins.
    while (this.saving !== null) await this.saving;
    if (this.shown.kind === 'unsaved' || this.isIdle) return;
    this.saving = this.saveNow();
    await this.saving;
    this.saving = null;
  }

  /** Saves what waits and lets other pages have the run. */
  async release(): Promise<void> {
    await this.save();
    const { lock } = this;
    this.lock = null;
    await lock?.release().catch(() => {});
  }

  private get isIdle(): boolean {
    const { latest, best, settings } = this.waiting;
    // Settings alone are worth a save only where there is something that they are of.
    return latest === undefined && best === undefined && (settings === undefined || this.lock === null);
  }

  private async saveNow(): Promise<void> {
    const { options, waiting } = this;
    const { runs } = options.storage;
    const points = options.history.unsaved();
    const saving = {
      ...(waiting.settings === undefined ? {} : { settings: waiting.settings }),
      ...(waiting.latest === undefined ? {} : { latest: checkpointOf(waiting.latest) }),
      ...(waiting.best === undefined ? {} : { best: checkpointOf(waiting.best) }),
      thumbnail: options.history.thumbnail(),
      points,
    };
    this.waiting = {};
    try {
      const record = this.lock === null ? await this.create(saving) : await runs.save(this.lock, saving);
      options.history.noteSaved(points);
      this.show({ kind: 'kept', savedAtMs: record.savedAtMs });
    } catch (error) {
      // What came meanwhile is newer.
      this.waiting = { ...waiting, ...this.waiting };
      this.failed(error instanceof StorageError ? error.reason : 'lost');
    }
  }

  private async create(saving: Parameters<PageStorage['runs']['save']>[1]): Promise<RunRecord> {
    const { storage, as } = this.options;
    const { settings } = saving;
    if (settings === undefined) throw new Error('A run is kept with its settings.');
    const record = await storage.runs.create({ ...as, ...saving, settings });
    this.lock = await storage.holdRun(as.id);
    if (this.lock !== null) this.watch(this.lock);
    return record;
  }

  private failed(reason: StorageReason): void {
    const savedAtMs = 'savedAtMs' in this.shown ? this.shown.savedAtMs : null;
    if (reason === 'held') this.show({ kind: 'unsaved', reason: 'elsewhere' });
    // Deleted in another tab: what was learned here is not to come back by itself.
    else if (reason === 'missing') this.show({ kind: 'unsaved', reason: 'deleted' });
    else this.show({ kind: 'failing', reason, savedAtMs });
  }

  private watch(lock: RunLock): void {
    void lock.lost.then(() => {
      if (this.lock === lock) this.show({ kind: 'unsaved', reason: 'elsewhere' });
    });
  }

  private show(keeping: Keeping): void {
    this.shown = keeping;
    this.options.changed(keeping);
  }
}

function checkpointOf({ bytes, version, decisions, meanReturn }: KeptCheckpoint): Checkpoint {
  return { bytes, version, decisions, meanReturn, past: [] };
}
