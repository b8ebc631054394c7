import { auditTime, distinctUntilChanged, filter, map, type Subscription } from 'rxjs';
import {
  PlaytrainError,
  type RunId,
  type RunRecord,
  type RunSlot,
  settingChanges,
  updateSlot,
} from '../../contract';
import type { Checked, StorageProblem } from '../../storage/checked';
import type { PageStorage } from '../../storage/page-storage';
import { askToPersist, isShort } from '../../storage/space';
import { leftOutTexts } from '../../texts/left-out';
import { forkTexts, runTexts } from '../../texts/runs';
import type { KeptIntent, KeptRun } from '../../ui/kept/kept-state';
import { saveFile } from '../../ui/kit/download';
import { type AppFeature, type IntentHandlers, inTurn, now, overtaking } from '../feature';
import type { PageGames } from '../games/page-game';
import { freeName } from '../runs/free-name';
import type { RunDesk } from '../runs/run-desk';
import { withFile } from '../shell/files';
import { NewestAsk } from '../shell/newest-ask';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import { leftOut } from './left-out';

/** The list need not follow every save. */
const refreshEveryMs = 5_000;

export interface KeptRunsPorts {
  readonly storage: PageStorage;
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly desk: RunDesk;
  readonly games: Pick<PageGames, 'presets'>;
}

/** What this browser keeps: the list of runs, what can be done with them, and the room that they take. */
export class KeptRuns implements AppFeature {
  private readonly ports: KeptRunsPorts;
  private readonly following: Subscription;
  private readonly readings = new NewestAsk();
  private reading: Promise<void> = Promise.resolve();
  private hasAskedToPersist = false;

  /** @param refreshMs after a save the list follows so much later; less only for tests. */
  constructor(ports: KeptRunsPorts, refreshMs = refreshEveryMs) {
    this.ports = ports;
    const saved$ = ports.store.state$.pipe(
      map(({ front, keeping }) => (keeping.kind === 'kept' ? `${front} ${keeping.savedAtMs}` : '')),
      distinctUntilChanged(),
      filter((saved) => saved !== ''),
      auditTime(refreshMs),
    );
    this.following = saved$.subscribe(() => void this.saved());
    void this.refresh();
  }

  readonly intents: IntentHandlers<KeptIntent> = {
    renameRun: now(async ({ run, name }) => {
      const trimmed = name.trim();
      if (trimmed !== '') {
        await this.ports.storage.runs.rename(run, trimmed);
        this.ports.store.patchRun(run, { name: trimmed });
      }
      // The list then shows again what it is called, whatever was typed.
      await this.refresh();
      if (trimmed === '') throw new PlaytrainError('bad-settings', runTexts.needsName);
    }),
    forkRun: overtaking(async ({ run, slot }) => {
      await this.saveInFront(run);
      const record = await this.kept(run);
      const wished = forkTexts.name(record.name, versionAt(record, slot));
      const taken = (await this.ports.storage.runs.list()).value.map((record) => record.name);
      const fork = await this.ports.storage.runs.fork(run, slot, freeName(wished, taken));
      await this.ports.desk.openRun(fork.id);
      await this.refresh();
    }),
    keepUpdate: now(async () => {
      const { session } = this.ports.desk;
      if (session === null) throw new PlaytrainError('worker-lost', runTexts.notBegun);
      this.ports.board.inform('update-kept', runTexts.updateKept(await session.keepUpdate()));
      await this.refresh();
    }),
    removeRun: overtaking(({ run }) => this.remove(run)),
    restoreRun: now(async ({ run }) => {
      await this.ports.storage.runs.restore(run);
      this.ports.board.settled('news-removed');
      await this.refresh();
    }),
    purgeRuns: now(async () => {
      await this.ports.storage.runs.purgeRemoved(Date.now());
      await this.refresh();
    }),
    exportKeptRun: now(async ({ run }) => {
      await this.saveInFront(run);
      const { name } = await this.kept(run);
      this.saveArchive(fileName(name), await this.ports.storage.exportRuns([run]));
    }),
    exportEverything: now(async () => {
      await this.ports.desk.save();
      const today = new Date().toISOString().slice(0, 10);
      this.saveArchive(`playtrain-${today}`, await this.ports.storage.exportEverything());
    }),
    importEverything: inTurn(async ({ file }) => {
      const { runs, problems } = await withFile(file, () => this.ports.storage.importArchive(file));
      this.ports.board.inform('imported', runTexts.broughtBeside(runs.length, file.name));
      await this.refresh();
      this.ports.board.settled('imported-left-out');
      this.tellLeftOut('imported-left-out', problems, (what) => leftOutTexts.imported(file.name, what));
    }),
  };

  dispose(): void {
    this.following.unsubscribe();
  }

  /** What the run in front has learned since its last save belongs to it, too. */
  private async saveInFront(run: RunId): Promise<void> {
    if (run === this.ports.store.state.front) await this.ports.desk.save();
  }

  private saveArchive(base: string, { value, problems }: Checked<Blob>): void {
    const name = `${base}.playtrain.zip`;
    saveFile(name, 'application/zip', value);
    this.ports.board.settled('exported-left-out');
    this.tellLeftOut('exported-left-out', problems, (what) => leftOutTexts.exported(name, what));
  }

  /** Tells what could not be read, where there is any; once for as long as it stays so. */
  private tellLeftOut(
    id: string,
    problems: readonly StorageProblem[],
    sentence: (what: string) => string,
  ): void {
    const { board, store } = this.ports;
    const names = store.state.kept?.runs.map(({ record }) => record);
    const what = leftOut(problems, names);
    if (what === null) board.settled(id);
    else board.tellOnce({ id, severity: 'warning', message: sentence(what) });
  }

  private async remove(run: RunId): Promise<void> {
    const { storage, store, board, desk } = this.ports;
    const { name } = await this.kept(run);
    // The one in front makes room for another before it goes.
    if (run === store.state.front) await desk.restart();
    const lock = await storage.holdRun(run);
    if (lock === null) {
      throw new PlaytrainError('storage-failed', runTexts.openElsewhere(name));
    }
    try {
      await storage.runs.remove(lock);
    } finally {
      await lock.release();
    }
    board.inform('removed', runTexts.deleted(name), [
      { label: runTexts.undo, intent: { kind: 'restoreRun', run } },
    ]);
    await this.refresh();
  }

  private async saved(): Promise<void> {
    await this.refresh();
    if (this.hasAskedToPersist) return;
    // Some browsers ask the person in turn, so it is asked when there is something to lose.
    this.hasAskedToPersist = true;
    await askToPersist();
  }

  /** Resolves once the list shows what is kept, as it was read last. */
  private async refresh(): Promise<void> {
    this.reading = this.read();
    // Another may be read meanwhile, which is the one that is shown.
    for (let awaited: Promise<void> | null = null; awaited !== this.reading; ) {
      awaited = this.reading;
      await awaited;
    }
  }

  /** Reads what is kept, for the list. Where storage is closed there is no list, and nothing to tell: saving tells. */
  private async read(): Promise<void> {
    const { storage, store, board, games } = this.ports;
    const isNewest = this.readings.ask();
    try {
      const [{ value: records, problems }, removed, space] = await Promise.all([
        storage.runs.list(),
        storage.runs.removed(),
        storage.space(),
      ]);
      const runs = await Promise.all(records.map((record) => keptRun(record, games)));
      if (!isNewest()) return;
      store.patch({ kept: { runs, removed, space } });
      this.tellLeftOut('kept-left-out', problems, leftOutTexts.kept);
      if (!isShort(space)) return board.settled('space');
      board.tellOnce({
        id: 'space',
        severity: 'warning',
        message: runTexts.spaceIsShort,
        actions: [{ label: runTexts.exportEverything, intent: { kind: 'exportEverything' } }],
      });
    } catch {
      if (isNewest()) store.patch({ kept: null });
    }
  }

  private async kept(run: RunId): Promise<RunRecord> {
    const record = (await this.ports.storage.runs.list()).value.find(({ id }) => id === run);
    if (record !== undefined) return record;
    throw new PlaytrainError('bad-file', runTexts.isGone);
  }
}

/** Which update a slot holds; the present one where it holds nothing. */
function versionAt({ version, best, updates }: RunRecord, slot: RunSlot): number {
  const found = slot === 'best' ? best : updates.find((update) => updateSlot(update.version) === slot);
  return found?.version ?? version;
}

async function keptRun(record: RunRecord, games: Pick<PageGames, 'presets'>): Promise<KeptRun> {
  // A game that this version does not have any more.
  const presets = await games.presets(record.game).catch(() => null);
  return { record, differing: presets === null ? [] : settingChanges(presets.fast, record.settings) };
}

const fileName = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'run';
