import type { Hyperparameters, RunId, RunRecord } from '../../contract';
import type { PageStorage } from '../../storage/page-storage';
import type { RunLock } from '../../storage/run-lock';
import { StorageError, type StorageReason } from '../../storage/storage-error';
import { thumbnailOf } from '../../storage/thumbnail';
import type { Keeping } from '../../ui/shell/page-state';
import type { KeptCheckpoint } from '../../workers/protocol';
import { type KeptParts, takenApart } from './kept-state';
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
  /** Whether it is never to be kept. */
  readonly isGuest: boolean;
  readonly changed: (keeping: Keeping) => void;
}

/** A state that stays kept. */
type UpdateState = Omit<KeptCheckpoint, 'isBest'>;

/** Newest states that are to be saved. */
interface Waiting {
  latest?: KeptCheckpoint;
  best?: KeptCheckpoint;
  /** Ascending. */
  updates?: readonly UpdateState[];
  settings?: Hyperparameters;
}

const noPast = { latest: [], best: [] };

/**
 * Saves one run, a whole state at a time: creates what is kept of it with its first state, and from then on saves what
 * changed. A failure is tried again with the next save; a run that is not to be saved never is.
 */
export class RunKeeper {
  private readonly options: RunKeeperOptions;
  private lock: RunLock | null;
  /** Whether something is kept of the run, though perhaps not held for this page yet. */
  private isCreated: boolean;
  private shown: Keeping;
  private waiting: Waiting = {};
  private saving: Promise<void> | null = null;
  /** What is being saved, and the time that it is saved under. */
  private underWay: { readonly waiting: Waiting; readonly savedAtMs: number } | null = null;
  /** The earlier policies that this page's last saved states name: storage keeps those, and lets all others go. */
  private keptPast: { readonly latest: readonly string[]; readonly best: readonly string[] } = noPast;

  constructor(options: RunKeeperOptions) {
    this.options = options;
    this.lock = options.held?.lock ?? null;
    this.isCreated = options.held !== null;
    this.shown = options.isGuest
      ? { kind: 'guest' }
      : options.unsaved !== null
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

  /** Takes a state that is to stay kept, to be saved with the next save. */
  offerUpdate(state: UpdateState): void {
    this.waiting.updates = withUpdates(this.waiting.updates, [state]);
  }

  /** Takes settings to be saved with the next save. */
  offerSettings(settings: Hyperparameters): void {
    this.waiting.settings = settings;
  }

  /** Saves what waits. Never throws: `keeping` tells how it went. */
  async save(): Promise<void> {
    // One after the other: each takes everything that waits when it begins.
    while (this.saving !== null) await this.saving;
    if (this.shown.kind === 'unsaved' || this.shown.kind === 'guest' || this.isIdle) return;
    this.saving = this.saveNow();
    await this.saving;
    this.saving = null;
  }

  /**
   * Puts down what is not saved yet, as the page goes away: a save under way may not end. Never throws, and waits for
   * nothing; the next page that opens the run makes it part of it.
   */
  leave(): void {
    const { lock, underWay, options } = this;
    const waiting = together(underWay?.waiting ?? {}, this.waiting);
    if (lock === null || !('savedAtMs' in this.shown) || this.shown.savedAtMs === null) return;
    if (waiting.latest === undefined && waiting.settings === undefined) return;
    const onto = [this.shown.savedAtMs, ...(underWay === null ? [] : [underWay.savedAtMs])];
    options.storage.runs.leave(lock, this.parts(waiting).saving, onto).catch(() => {});
  }

  /** The browser had put the page aside, and may have let go of what it held. Never throws. */
  async holdAgain(): Promise<void> {
    while (this.saving !== null) await this.saving;
    const { lock } = this;
    // A lease is looked after by whoever saves.
    if (lock === null || lock.token !== null) return;
    this.lock = null;
    await lock.release().catch(() => {});
    try {
      this.lock ??= await this.hold();
    } catch (error) {
      this.failed(error instanceof StorageError ? error.reason : 'lost');
    }
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
    const savedAtMs = Date.now();
    const { saving, past } = this.parts(waiting);
    this.waiting = {};
    this.underWay = { waiting, savedAtMs };
    try {
      const record = await this.keep(saving, savedAtMs);
      options.history.noteSaved(saving.points);
      this.keptPast = past;
      this.show({ kind: 'kept', savedAtMs: record.savedAtMs });
    } catch (error) {
      // What is kept of it is not known any more: all of it is saved the next time.
      this.keptPast = noPast;
      // What came meanwhile is newer.
      this.waiting = together(waiting, this.waiting);
      this.failed(error instanceof StorageError ? error.reason : 'lost');
    } finally {
      this.underWay = null;
    }
  }

  /** What waits as it is saved, and which earlier policies are kept after that. */
  private parts(waiting: Waiting) {
    const { history } = this.options;
    const latest = this.partsOf(waiting.latest);
    const best = this.partsOf(waiting.best);
    const updates = (waiting.updates ?? []).flatMap((state) => this.partsOf(state) ?? []);
    const saving = {
      ...(waiting.settings === undefined ? {} : { settings: waiting.settings }),
      ...(latest === null ? {} : { latest: latest.checkpoint }),
      ...(best === null ? {} : { best: best.checkpoint }),
      ...(updates.length === 0 ? {} : { updates: updates.map(({ checkpoint }) => checkpoint) }),
      newPast: [latest, best, ...updates].flatMap((parts) => parts?.newPast ?? []),
      thumbnail: thumbnailOf(history.points),
      points: history.unsaved(),
    };
    const past = {
      latest: latest?.checkpoint.past ?? this.keptPast.latest,
      best: best?.checkpoint.past ?? this.keptPast.best,
    };
    return { saving, past };
  }

  private partsOf(state: UpdateState | undefined): KeptParts | null {
    if (state === undefined) return null;
    const { latest, best } = this.keptPast;
    return takenApart(state, (name) => latest.includes(name) || best.includes(name));
  }

  private async keep(
    saving: Parameters<PageStorage['runs']['save']>[1],
    savedAtMs: number,
  ): Promise<RunRecord> {
    const { storage, as, history } = this.options;
    let record: RunRecord | null = null;
    if (!this.isCreated) {
      const { settings } = saving;
      if (settings === undefined) throw new Error('A run is kept with its settings.');
      record = await storage.runs.create({ ...as, ...saving, settings, thinned: history.isThinned });
      this.isCreated = true;
    }
    this.lock ??= await this.hold();
    return record ?? storage.runs.save(this.lock, saving, savedAtMs);
  }

  private async hold(): Promise<RunLock> {
    const { storage, as } = this.options;
    const lock = await storage.holdRun(as.id);
    if (lock === null) throw new StorageError('held', `“${as.name}”`);
    this.watch(lock);
    return lock;
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

/** What waited before, with what came since, which is newer. */
function together(before: Waiting, since: Waiting): Waiting {
  const updates = withUpdates(before.updates, since.updates ?? []);
  return { ...before, ...since, ...(updates.length > 0 && { updates }) };
}

/** Of a run that went back, without what it left. */
function withUpdates(
  before: readonly UpdateState[] = [],
  since: readonly UpdateState[],
): readonly UpdateState[] {
  const first = since[0]?.version ?? Number.POSITIVE_INFINITY;
  return [...before.filter(({ version }) => version < first), ...since];
}
