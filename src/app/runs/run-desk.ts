import { type Observable, Subject, take } from 'rxjs';
import { decodeTrainingState } from '../../agent/checkpoint';
import {
  changedFields,
  type EnvironmentSpec,
  type Hyperparameters,
  hyperparameterProblems,
  PlaytrainError,
  type RunId,
  type RunRecord,
  type SettingsPatch,
  sentenceOf,
  settingChanges,
  withPatch,
} from '../../contract';
import type { PageStorage } from '../../storage/page-storage';
import type { KeptHistory } from '../../storage/runs';
import { StorageError } from '../../storage/storage-error';
import { leftOutTexts } from '../../texts/left-out';
import { linkTexts, runTexts } from '../../texts/runs';
import type { RunView } from '../../ui/shell/page-state';
import type { PageGame, PageGames } from '../games/page-game';
import { leftOut } from '../kept/left-out';
import { backToBest } from './back-to-best';
import { type Beginning, freshRun, keptFromNowOn, keptRun, runFromFile } from './beginning';
import { type Asked, chooseRun } from './choose-run';
import { Declined, type LeavingGate } from './gate';
import { type Going, initialView } from './initial-view';
import { KeepingNotices } from './keeping-notices';
import { putAside, type WaitingRun } from './put-aside';
import type { Run } from './run';
import { writeRunFile } from './run-file';
import { RunMaker } from './run-maker';
import { bestShown, RunSession, type SessionPorts } from './run-session';
import type { SessionStart } from './session-start';

export interface RunDeskPorts extends SessionPorts {
  readonly storage: Pick<PageStorage, 'runs' | 'holdRun' | 'rest' | 'rests'>;
  readonly games: PageGames;
  readonly gate: LeavingGate;
}

/** A session took the place of the one before. */
export interface Begun {
  readonly session: RunSession;
  /** False where the same run goes on, built anew. */
  readonly isAnotherRun: boolean;
  /** True where the run goes back to an earlier policy. */
  readonly wentBack: boolean;
}

/** A run that nobody keeps. */
export interface Guest {
  readonly entry: PageGame;
  readonly hyperparameters: Hyperparameters;
  readonly going: Going;
  readonly name: string;
  /** Whether nothing at all is kept meanwhile. */
  readonly keepsNothing: boolean;
}

/**
 * Which run is in front, and everything that puts another in its place: visits, links, another game, a restart, a file,
 * another of the kept runs, settings that need new workers. Whatever takes a run off the page passes the gate.
 */
export class RunDesk {
  readonly begun$: Observable<Begun>;
  private readonly begun = new Subject<Begun>();
  private readonly ports: RunDeskPorts;
  private readonly notices: KeepingNotices;
  private readonly maker: RunMaker;
  private front: RunSession | null = null;
  /** What a guest has taken the place of. */
  private waiting: WaitingRun | null = null;

  constructor(ports: RunDeskPorts) {
    const { store, board, storage } = ports;
    this.ports = ports;
    this.notices = new KeepingNotices(store, board);
    this.maker = new RunMaker({ store, storage, notices: this.notices });
    this.begun$ = this.begun;
  }

  /** Null only before the first visit. */
  get session(): RunSession | null {
    return this.front;
  }

  /** Whether what the run in front has learned would be gone with the page. */
  get wouldLose(): boolean {
    if (this.waiting?.wouldBeLost === true) return true;
    const keeper = this.front?.run.keeper;
    if (keeper === undefined) return false;
    const { kind } = keeper.keeping;
    return keeper.isBehind && (kind === 'failing' || kind === 'unsaved');
  }

  /** Opens what an address asks for; tells of a kept run with the very settings of a link that another was opened for. */
  async visit(asked: Asked): Promise<void> {
    const { board, store } = this.ports;
    const entry = await this.ports.games.load(asked.game);
    const kept = await this.maker.keptRuns();
    const chosen = chooseRun(asked, kept);
    const fresh = (origin: RunRecord['origin']) =>
      freshRun(entry, asked.settings ?? entry.presets.fast, origin);
    if (chosen.kind === 'fresh') {
      await this.put(() => fresh(chosen.origin));
      if (chosen.alike !== null) this.tellAlike(chosen.alike);
      return;
    }
    if (chosen.record.id === this.front?.run.id) return;
    try {
      await this.open(chosen.record);
    } catch (error) {
      if (error instanceof Declined) throw error;
      await this.put(() => fresh('own'));
      const { name } = store.state;
      const message = runTexts.begunInstead(sentenceOf(error), name);
      board.tell({ id: 'unreadable', severity: 'warning', message }, 'run');
    }
  }

  /**
   * Puts a run in front that is never kept; the one before it is saved and waits, to come back as it was. Never asks:
   * what storage does not take stays in memory.
   */
  async receive({ entry, hyperparameters, going, name, keepsNothing }: Guest): Promise<void> {
    const { front } = this;
    const { storage } = this.ports;
    if (front !== null && !front.run.isGuest) {
      await front.save();
      this.waiting = await putAside(front, storage);
    }
    const guest = { ...freshRun(entry, hyperparameters, 'link'), isGuest: true };
    await this.withRest(keepsNothing, () => this.replace(guest, name, going));
  }

  /** Puts what waits in front again, as it was. @returns false where nothing waits. */
  async seeOff(): Promise<boolean> {
    const { waiting } = this;
    if (waiting === null) return false;
    await this.withRest(false, async () => this.replace(await waiting.begin(), waiting.name, waiting.going));
    this.ports.store.patchRun(this.present().run.id, { focusedArena: waiting.focusedArena });
    return true;
  }

  /** Goes on with a kept run. @throws PlaytrainError where it cannot be read; the run in front stays. */
  async openRun(id: RunId): Promise<void> {
    if (id === this.front?.run.id) return;
    const record = (await this.ports.storage.runs.list()).value.find((each) => each.id === id);
    if (record === undefined) {
      throw new PlaytrainError('bad-file', runTexts.isGone);
    }
    await this.open(record);
  }

  /** Begins again from nothing, with the same settings but for a patch, as another run; this one stays kept. */
  async restart(patch: SettingsPatch = {}): Promise<void> {
    const { run, view } = this.present();
    await this.beginAnother(run, withPatch(view.hyperparameters, patch));
  }

  /**
   * Takes a run in from a file, as a run of its own, and opens its game.
   *
   * @throws PlaytrainError `bad-file`, `not-loaded`; nothing has changed then.
   */
  async importRun(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<void> {
    const { storage } = this.ports;
    const beginning = await runFromFile(bytes, this.ports.games);
    await this.put(async () => keptFromNowOn(storage, beginning, await this.maker.freeName(name)), name);
  }

  /** What the run in front is a run of. @throws PlaytrainError `worker-lost` before there is one. */
  get spec(): EnvironmentSpec {
    return this.present().run.entry.spec;
  }

  /** The run in front as one file. @throws PlaytrainError `worker-lost` before there is anything to export. */
  async exported(): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly version: number }> {
    const { session, view } = this.present();
    const bytes = await session.agent.checkpoint();
    if (bytes === null) {
      throw new PlaytrainError('worker-lost', runTexts.nothingToExport);
    }
    return { bytes: writeRunFile(bytes, await this.wholeHistory()), version: view.status.policyVersion };
  }

  /** Every update of the run in front, from storage where memory holds a selection; that, where storage refuses. */
  async wholeHistory(): Promise<KeptHistory> {
    const { run } = this.present();
    const here = { points: run.history.points, thinned: run.history.isThinned };
    if (!here.thinned || run.keeper.held === null) return here;
    await run.keeper.save();
    try {
      const { points, thinned } = (await this.ports.storage.runs.history(run.id)).value;
      // What a save that failed left in memory alone.
      const unsaved = run.history.unsaved();
      const first = unsaved[0]?.version ?? Number.POSITIVE_INFINITY;
      return { points: [...points.filter(({ version }) => version < first), ...unsaved], thinned };
    } catch (error) {
      if (error instanceof StorageError) return here;
      throw error;
    }
  }

  /** Keeps a run that is not saved, such as one that another tab has open, as a run of its own. */
  async keepAsAnother(): Promise<void> {
    const { session, run, view } = this.present();
    const { storage } = this.ports;
    const checkpoint = await session.agent.checkpoint();
    const version = view.status.policyVersion;
    const beginning: Beginning = {
      ...freshRun(run.entry, view.hyperparameters, run.origin),
      forkOf: { id: run.id, version },
      checkpoint,
      decisions: decisionsOf(checkpoint, view),
      best: run.best,
      history: run.history.points,
      thinned: run.history.isThinned,
    };
    const name = await this.maker.freeName(run.entry.about.title);
    const kept = await keptFromNowOn(storage, beginning, name);
    const another = await this.maker.runOf(kept);
    const released = this.leave();
    this.show(another, kept);
    await released;
  }

  /**
   * As `goBack`, when a person asks for it: what was learned since is kept as a run of its own.
   *
   * @returns that run; null where nothing was learned since, or the person let it go. @throws Declined
   */
  async continueFromBest(): Promise<RunRecord | null> {
    const { session, run } = this.present();
    if (run.best === null) return null;
    await session.save();
    await this.ports.gate.pass(run);
    const left = await this.keptApart(run);
    await this.goBack();
    return left;
  }

  /**
   * Makes the best state so far the learner's own again, with the settings of then; the run goes on from now.
   *
   * @param slower by what the learning rate of then is multiplied.
   */
  async goBack(slower = 1): Promise<void> {
    const { session, run, view } = this.present();
    if (run.best === null) return;
    const now = await session.agent.checkpoint();
    if (now === null) return;
    if (this.front !== session) return this.again(run, () => this.goBack(slower));
    const back = backToBest(run.best, now, view.spec, slower);
    this.rebegin({
      ...back,
      changed: settingChanges(view.hyperparameters, back.hyperparameters),
      wentBackTo: run.best.version,
      withoutCollectors: session.withoutCollectors,
    });
  }

  /** Settings as a person left them: refused, taken over at the next update, or begun anew with. */
  async applyPatch(patch: SettingsPatch): Promise<void> {
    const { session, run, view } = this.present();
    const { store } = this.ports;
    const wanted = withPatch(view.hyperparameters, patch);
    const changed = changedFields(view.hyperparameters, wanted);
    const problems = hyperparameterProblems(wanted);
    if (changed.length === 0 || problems.length > 0) return store.patchRun(run.id, { problems });
    if (changed.some(({ takesHold }) => takesHold === 'restart')) {
      return this.beginAnother(run, wanted);
    }
    if (changed.some(({ takesHold }) => takesHold === 'rebuild')) return this.rebuild({}, wanted);
    await session.agent.setHyperparameters(wanted);
    const pending = new Set([...this.present().view.pending, ...changed.map(({ key }) => key)]);
    store.patchRun(run.id, { hyperparameters: wanted, pending: [...pending], problems: [] });
    run.keeper.offerSettings(wanted);
    void run.keeper.save();
  }

  /** Goes on with the run in front, built anew. */
  async rebuild(
    change: Partial<Pick<SessionStart, 'withoutCollectors'>>,
    wanted?: Hyperparameters,
  ): Promise<void> {
    const { session, view } = this.present();
    const hyperparameters = wanted ?? view.hyperparameters;
    const checkpoint = await session.agent.checkpoint();
    if (this.front !== session) return this.again(session.run, () => this.rebuild(change, wanted));
    this.rebegin({
      hyperparameters,
      checkpoint,
      decisions: decisionsOf(checkpoint, view),
      changed: settingChanges(view.hyperparameters, hyperparameters),
      wentBackTo: null,
      withoutCollectors: session.withoutCollectors,
      ...change,
    });
  }

  /**
   * A session ended while its state was asked for, as when a match that is given up gives collectors back out of turn:
   * what was asked for still holds, as long as the run is in front.
   */
  private async again(run: Run, task: () => Promise<void>): Promise<void> {
    if (this.front?.run === run) await task();
  }

  /** Saves what is new of the run in front. Never throws. */
  async save(): Promise<void> {
    await this.front?.save();
  }

  /** The page goes away: what is not saved is put down at once. Never throws. */
  pageGoes(): void {
    this.front?.run.keeper.leave();
  }

  /** The page was put aside, and is back. Never throws. */
  async pageIsBack(): Promise<void> {
    await this.front?.run.keeper.holdAgain();
  }

  dispose(): void {
    void this.leave();
    this.begun.complete();
  }

  private present() {
    const session = this.front;
    if (session === null) throw new PlaytrainError('worker-lost', runTexts.notBegun);
    return { session, run: session.run, view: session.view };
  }

  private async open(record: RunRecord): Promise<void> {
    const { storage } = this.ports;
    const entry = await this.ports.games.load(record.game);
    await this.put(() => keptRun(storage, entry, record.id));
  }

  /** Puts another run in front. Every way to do so comes through here. */
  private async put(begin: () => Beginning | Promise<Beginning>, name?: string): Promise<void> {
    const { front, waiting } = this;
    const { gate } = this.ports;
    if (front !== null) {
      await front.save();
      await gate.pass(front.run);
    }
    if (waiting?.wouldBeLost === true) await gate.askToLose(waiting);
    await this.withRest(false, async () => this.replace(await begin(), name));
  }

  /** Storage rests, or not, from now on; where the task fails, it does as before: the run in front is still there. */
  private async withRest(rests: boolean, task: () => Promise<void>): Promise<void> {
    const { storage } = this.ports;
    const before = storage.rests;
    storage.rest(rests);
    try {
      await task();
    } catch (error) {
      storage.rest(before);
      throw error;
    }
  }

  /** Puts a run in front in place of the one that is there, which may go. */
  private async replace(beginning: Beginning, name?: string, going?: Going): Promise<void> {
    const run = await this.maker.runOf(beginning, name);
    if (!run.isGuest) this.waiting = null;
    const released = this.leave();
    this.show(run, beginning, going);
    await released;
  }

  /** Begins a run like another, from nothing; of a guest, a guest of the same name. */
  private async beginAnother({ entry, isGuest, name }: Run, hyperparameters: Hyperparameters): Promise<void> {
    const beginning = { ...freshRun(entry, hyperparameters), isGuest };
    if (isGuest) await this.replace(beginning, name);
    else await this.put(() => beginning);
  }

  /** A copy of what is kept of a run, if it has gone on from its best. @throws Declined where there is no room for it. */
  private async keptApart({ id, name, best, newest, keeper }: Run): Promise<RunRecord | null> {
    if (keeper.held === null || newest === null || best === null || newest.version <= best.version)
      return null;
    const { storage, gate } = this.ports;
    try {
      const copyName = await this.maker.freeName(runTexts.leftAt(name, newest.version));
      return await storage.runs.fork(id, 'latest', copyName, { opened: false });
    } catch (error) {
      this.notices.tellStorage(error);
      await gate.askToLose({ name });
      return null;
    }
  }

  /** Ends the session in front. @returns when its run is saved, and can be held anew. Never throws. */
  private async leave(): Promise<void> {
    const before = this.front;
    if (before === null) return;
    before.dispose();
    await before.run.keeper.release();
  }

  /** Puts a run in front and begins its first session. */
  private show(run: Run, beginning: Beginning, wished?: Going): void {
    const { store, board } = this.ports;
    const before = this.front;
    const { running, learning, lockstep, speed } = wished ?? before?.going ?? store.state;
    const { hyperparameters, checkpoint, decisions } = beginning;
    const keeping = run.keeper.keeping;
    const view = initialView(
      { id: run.id, name: run.name, best: bestShown(run), keeping },
      run.entry,
      hyperparameters,
      { running, learning, lockstep, speed },
    );
    const { newest } = run;
    const status = {
      ...view.status,
      policyVersion: newest?.version ?? 0,
      decisions: newest?.decisions ?? 0,
      meanReturn: newest?.values['meanReturn'] ?? null,
    };
    store.bringToFront({ ...view, status }, before?.run.id ?? store.state.front);
    const isSameGame = before?.run.entry.spec.game === run.entry.spec.game;
    board.ended(isSameGame ? 'run' : 'game');
    this.notices.tell(run.id, run.name, keeping);
    const what = leftOut(beginning.problems, [run]);
    if (what !== null) {
      board.tell({ id: 'run-left-out', severity: 'warning', message: leftOutTexts.kept(what) }, 'run');
    }
    const start = {
      hyperparameters,
      checkpoint,
      decisions,
      changed: [],
      wentBackTo: null,
      withoutCollectors: false,
    };
    this.begin(run, start, true);
  }

  /** Begins another session of the run in front. */
  private rebegin(start: SessionStart): void {
    const { session, run } = this.present();
    const { store, board } = this.ports;
    const { running } = session.going;
    session.dispose();
    board.ended('session');
    store.patchRun(run.id, { hyperparameters: start.hyperparameters, pending: [], problems: [] });
    store.patchRun(run.id, { running, focusedArena: 0, focusPlayer: 'newest' });
    this.begin(run, start, false);
  }

  private begin(run: Run, start: SessionStart, isAnotherRun: boolean): void {
    const session = new RunSession(run, start, this.ports);
    this.front = session;
    session.played.setTransport(session.view);
    session.twinLost$.pipe(take(1)).subscribe((reason) => void this.goOnInPage(session, start, reason));
    this.begun.next({ session, isAnotherRun, wentBack: start.wentBackTo !== null });
    session.start().catch((error: unknown) => {
      if (this.front !== session) return;
      // Another backend may do.
      this.rebegin({ ...start, hyperparameters: { ...start.hyperparameters, backend: 'auto' } });
      const message = runTexts.otherBackend(sentenceOf(error));
      this.ports.board.tell({ id: 'backend', severity: 'warning', message }, 'session');
    });
  }

  /** A live game's twin is of no use: the game that is seen is what is learned from, from where the run has come to. */
  private async goOnInPage(session: RunSession, start: SessionStart, reason: string): Promise<void> {
    const { entry } = session.run;
    const { board } = this.ports;
    if (entry.kind !== 'live') return;
    try {
      const checkpoint = (await session.agent.checkpoint().catch(() => null)) ?? start.checkpoint;
      if (this.front !== session) return;
      await entry.visible.gatherHere(start.hyperparameters.seed);
      // Another game may be in front by now, and another session has a twin of its own.
      if (this.front !== session) return;
      board.tell({ id: 'twin', severity: 'warning', message: runTexts.learnsInPage(reason) }, 'game');
      const decisions = decisionsOf(checkpoint, session.view);
      const { hyperparameters } = session.view;
      this.rebegin({ ...start, hyperparameters, checkpoint, decisions, changed: [], wentBackTo: null });
    } catch (error) {
      if (this.front !== session) return;
      board.tell({ id: 'game', severity: 'error', message: sentenceOf(error) }, 'session');
    }
  }

  private tellAlike({ id, name }: RunRecord): void {
    const message = linkTexts.openedBeside(name);
    const actions = [{ label: linkTexts.goOnWith(name), intent: { kind: 'openRun', run: id } }] as const;
    this.ports.board.tell({ id: 'alike', severity: 'info', message, actions }, 'run');
  }
}

function decisionsOf(checkpoint: Uint8Array<ArrayBuffer> | null, { spec }: Pick<RunView, 'spec'>): number {
  return checkpoint === null ? 0 : decodeTrainingState(checkpoint, spec).decisions;
}
