import {
  animationFrames,
  distinctUntilChanged,
  filter,
  fromEvent,
  interval,
  map,
  type Observable,
  Subject,
  Subscription,
  share,
  startWith,
} from 'rxjs';
import { type MetricPoint, patchBetween, type RunId, type Stage } from '../contract';
import { games, loadGame } from '../game/catalogue';
import { instantStorage } from '../storage/left-matches';
import { PageStorage } from '../storage/page-storage';
import { defaultPreferences } from '../storage/preferences';
import { newRunId } from '../storage/run-id';
import { noInput } from '../streams/input/person-input';
import { leftOutTexts } from '../texts/left-out';
import { pictureTexts } from '../texts/picture';
import { linkTexts, runTexts } from '../texts/runs';
import { Page } from '../ui/shell/page';
import type { Intent } from '../ui/shell/page-state';
import { resolvedTheme } from '../ui/shell/theme';
import { AgentClient } from '../workers/agent-client';
import type { AppFeature } from './feature';
import { appFeatures } from './features';
import { createStage } from './game-stage';
import { handsStreams } from './input/hands';
import { keyNamesOf } from './input/key-names';
import { padIntent } from './input/pad-intent';
import { leftOut } from './kept/left-out';
import { expectedBytes } from './loading/expected-bytes';
import { Loading } from './loading/loading';
import type { Hands } from './matches/on-court';
import { Play } from './matches/play';
import { askBeforeUnload } from './runs/ask-before-unload';
import { earlierRun } from './runs/earlier-runs';
import { LeavingGate } from './runs/gate';
import { initialGoing, initialView } from './runs/initial-view';
import { RunDesk } from './runs/run-desk';
import type { RunSession } from './runs/run-session';
import { Screen } from './screen';
import { Address } from './shell/address';
import { Dispatcher } from './shell/dispatcher';
import { initialShell, shownPreferences } from './shell/initial-shell';
import { pictureIsLost$ } from './shell/lost-picture';
import { failureNotice, NoticeBoard, sentenceOf } from './shell/notice-board';
import { PageStore } from './shell/page-store';
import { exposeProbe, type Probed } from './shell/probe';
import { toldOn } from './shell/told-on';
import { pageWorkers } from './workers/page-workers';

const ratingBeatMs = 250;

/** The whole page: joins the store, the runs, matches, panels, the picture and the address. */
export class App {
  private readonly window: Window;
  private readonly storage = new PageStorage();
  private readonly address: Address;
  private readonly store: PageStore;
  private readonly board: NoticeBoard;
  private readonly page: Page;
  private readonly screen: Screen;
  private readonly loading: Loading;
  private readonly desk: RunDesk;
  private readonly play: Play;
  private readonly features: readonly AppFeature[];
  private readonly dispatcher: Dispatcher;
  private readonly frames$: Observable<number>;
  private readonly visible$: Observable<boolean>;
  private readonly points$ = new Subject<{ readonly run: RunId; readonly point: MetricPoint }>();
  private readonly histories$ = new Subject<{
    readonly run: RunId;
    readonly points: readonly MetricPoint[];
  }>();
  private readonly all = new Subscription();
  private hands: Hands = [noInput, noInput];

  /** Builds the page in `root` and opens what the address asks for. */
  static async start(root: HTMLElement, window: Window): Promise<App> {
    let app: App | null = null;
    exposeProbe(window, () => app?.probed ?? null);
    const address = new Address(window);
    const entry = await loadGame(address.game);
    const view = initialView(
      { id: newRunId(), name: entry.about.title, best: null, keeping: { kind: 'nothing-yet' } },
      entry,
      entry.presets.fast,
      initialGoing,
    );
    const listed = games.map(({ id, about }) => ({ id, about }));
    const store = new PageStore(initialShell(listed), view);
    app = new App(root, window, address, store);
    await app.begin();
    return app;
  }

  private constructor(root: HTMLElement, window: Window, address: Address, store: PageStore) {
    this.window = window;
    this.address = address;
    this.store = store;
    this.board = new NoticeBoard(store);
    this.frames$ = animationFrames().pipe(
      map(({ timestamp }) => timestamp),
      share(),
    );
    this.visible$ = fromEvent(window.document, 'visibilitychange').pipe(
      startWith(null),
      map(() => !window.document.hidden),
      distinctUntilChanged(),
    );
    this.page = new Page(root, {
      state$: store.state$,
      points$: this.points$,
      histories$: this.histories$,
    });
    this.screen = new Screen(this.page.gameContainer);
    this.loading = new Loading({
      store,
      nowMs: () => performance.now(),
      expected: () => expectedBytes(window.document, performance),
    });
    const { frames$, visible$, storage, board } = this;
    this.desk = new RunDesk({
      store,
      board,
      storage,
      frames$,
      visible$,
      gate: new LeavingGate((question) => this.page.ask(question)),
      spawnAgent: (start) => new AgentClient(start, pageWorkers),
    });
    this.play = this.createPlay();
    this.features = appFeatures({
      frames$,
      window,
      visible$,
      store,
      board,
      storage,
      desk: this.desk,
      play: this.play,
      inTurn: (task) => this.dispatcher.turns.add(task),
    });
    this.dispatcher = new Dispatcher(this.features, toldOn(board));
  }

  dispose(): void {
    this.all.unsubscribe();
    for (const feature of this.features) feature.dispose?.();
    this.desk.dispose();
    this.screen.clear();
    this.page.dispose();
  }

  private get probed(): Probed {
    const { store, desk, play } = this;
    return { store, session: () => desk.session, court: () => play.probe() };
  }

  private createPlay(): Play {
    return new Play({
      store: this.store,
      board: this.board,
      storage: this.storage,
      hands: () => this.hands,
      wishes: this.looks(),
      show: (stage) => this.draw(stage),
      handBack: () => {
        if (this.store.state.focusPlayer !== 'newest') this.handle({ kind: 'focusPlayer', player: 'newest' });
      },
      ask: (intent) => this.handle(intent),
      rebuild: (withoutCollectors) => this.desk.rebuild({ withoutCollectors }),
      nowMs: () => performance.now(),
      instantStorage: instantStorage(this.window),
    });
  }

  /** Joins everything, and opens what the address asks for. */
  private async begin(): Promise<void> {
    const { all, desk, play, page, window, frames$, visible$, store } = this;
    all.add(desk.begun$.subscribe((begun) => this.joinSession(begun.session, () => play.begun(begun))));
    all.add(page.intents$.subscribe((intent) => this.handle(intent)));
    all.add(
      frames$.subscribe((nowMs) => {
        // A match that is learned from is played in the first arena.
        const arena = play.isOnCourt ? 0 : store.state.focusedArena;
        desk.session?.arenas.setPersonInput(arena, this.hands[0]);
        play.frame(nowMs);
      }),
    );
    all.add(visible$.subscribe((visible) => (visible ? play.isBack() : play.hidden())));
    all.add(pictureIsLost$(page.gameContainer).subscribe((isLost) => this.tellPicture(isLost)));
    all.add(askBeforeUnload(window, store, desk));
    all.add(fromEvent(window, 'pagehide').subscribe(() => desk.pageGoes()));
    all.add(fromEvent(window, 'pagehide').subscribe(() => play.closes()));
    all.add(fromEvent(window, 'pageshow').subscribe(() => play.isBack()));
    const wasAside$ = fromEvent<PageTransitionEvent>(window, 'pageshow').pipe(
      filter((event) => event.persisted),
    );
    all.add(wasAside$.subscribe(() => void desk.pageIsBack()));
    this.joinHands();
    // Rating matches take what room there is at the moment.
    all.add(interval(ratingBeatMs).subscribe(() => play.beat()));
    await this.recall();
    const opensLate = this.storage.opensLate();
    await this.takeOver();
    const { isNamed } = this.address;
    this.dispatcher.turns.add(() => this.visit(isNamed));
    void opensLate?.then(() => this.dispatcher.turns.add(() => this.openedLate()));
    all.add(this.address.onTyped(() => this.dispatcher.turns.add(() => this.visitTyped())));
  }

  /** Keyboard, gamepads and the pad on the screen. */
  private joinHands(): void {
    const { all, play, page, window, frames$, store } = this;
    const { hands$, commands$, isPadMissing$ } = handsStreams({
      window,
      frames$,
      pad$: page.pad$,
      state$: store.state$,
    });
    all.add(hands$.subscribe((hands) => (this.hands = hands)));
    all.add(
      commands$.subscribe((commands) => {
        for (const command of commands) {
          const intent = padIntent(command, store.state);
          if (intent !== null) this.handle(intent);
        }
      }),
    );
    // Whose gamepad is gone, and who looks elsewhere, is not to lose for it.
    all.add(isPadMissing$.pipe(filter((isMissing) => isMissing)).subscribe(() => play.handsOff()));
    all.add(fromEvent(window, 'blur').subscribe(() => play.handsOff()));
    void keyNamesOf(window.navigator).then((keyNames) => store.patch({ keyNames }));
  }

  /** What a person chose at an earlier visit. */
  private async recall(): Promise<void> {
    try {
      const { value } = await this.storage.preferences.load();
      this.store.patch(shownPreferences(value));
    } catch {
      // Storage is closed: what holds by default holds.
      this.store.patch(shownPreferences(defaultPreferences));
    }
  }

  /** Copies what earlier versions of the page kept, once; it stays where it was. */
  private async takeOver(): Promise<void> {
    try {
      const what = leftOut((await this.storage.takeOver(earlierRun)).problems);
      if (what === null) return;
      this.board.tell({ id: 'earlier-left-out', severity: 'warning', message: leftOutTexts.kept(what) });
    } catch {
      // Storage is closed, which saving tells; or another tab copies just now. It is tried again at the next visit.
    }
  }

  /** Opens what the address asks for, or, where it asks for nothing, the run that was opened last. */
  private async visit(isNamed: boolean): Promise<void> {
    const { run, game, hyperparameters, overrides, speed, problems } = await this.address.read();
    this.store.patchRun(this.store.state.front, { speed });
    const last = isNamed ? null : await this.lastRun();
    const settings = Object.keys(overrides).length > 0 ? hyperparameters : null;
    await this.desk.visit(last ?? { game, run, settings }).finally(() => this.tellLink(problems));
    this.all.add(this.address.follow(this.store));
  }

  /** Somebody edited the address of the open page: of the same run, settings and speed; else another is opened. */
  private async visitTyped(): Promise<void> {
    const { store, desk } = this;
    const { run, game, hyperparameters, overrides, speed, problems } = await this.address.read();
    if (run === store.state.front && game === store.state.game) {
      this.tellLink(problems);
      if (speed !== store.state.speed) this.handle({ kind: 'speed', speed });
      return this.handle({
        kind: 'settings',
        patch: patchBetween(store.state.hyperparameters, hyperparameters),
      });
    }
    store.patchRun(store.state.front, { speed });
    const settings = Object.keys(overrides).length > 0 ? hyperparameters : null;
    await desk.visit({ game, run, settings }).finally(() => this.tellLink(problems));
  }

  private async lastRun() {
    try {
      const [newest] = (await this.storage.runs.list()).value;
      return newest === undefined ? null : { game: newest.game, run: newest.id, settings: null };
    } catch {
      return null;
    }
  }

  /** Storage took so long to open that a run was begun without it; what is kept can be had from now on. */
  private async openedLate(): Promise<void> {
    await this.recall();
    await this.takeOver();
    const [newest] = (await this.storage.runs.list()).value;
    if (newest === undefined || newest.id === this.store.state.front) return;
    this.board.tell(
      {
        id: 'late',
        severity: 'info',
        message: runTexts.openedLate(newest.name),
        actions: [{ label: linkTexts.goOnWith(newest.name), intent: { kind: 'openRun', run: newest.id } }],
      },
      'run',
    );
  }

  /** What nobody understands of an address; with the run that was opened for it that is over. */
  private tellLink(problems: readonly string[]): void {
    this.board.settledAll('link-');
    problems.forEach((message, index) => {
      this.board.tell({ id: `link-${index}`, severity: 'warning', message }, 'run');
    });
  }

  /** A session began: its points go to the charts, its picture onto the screen, its news to matches. */
  private joinSession(session: RunSession, announce: () => void): void {
    const { play, board } = this;
    const { id, history } = session.run;
    this.histories$.next({ run: id, points: history.points });
    announce();
    session.points$.subscribe((point) => this.points$.next({ run: id, point }));
    session.events$.subscribe((event) => play.heard(event));
    session.checkpoints$.subscribe((checkpoint) => {
      play.checkpointed(session, checkpoint).catch((error: unknown) => {
        board.tellOnce({ id: 'generations', severity: 'warning', message: sentenceOf(error) }, 'run');
      });
    });
    if (!play.isOnCourt) this.draw(null);
  }

  private tellPicture(isLost: boolean): void {
    const actions = [{ label: pictureTexts.reload, intent: { kind: 'reload' } }] as const;
    if (isLost) this.board.tell({ id: 'picture', severity: 'error', message: pictureTexts.lost, actions });
    else this.board.settled('picture');
  }

  private looks() {
    return {
      theme: () => resolvedTheme(this.store.state.theme),
      reducedMotion: () => this.window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    };
  }

  /** Draws a match, or, for null, the run's arenas. */
  private draw(match: Stage | null): void {
    const { session } = this.desk;
    if (session === null) return;
    const { driver } = session.arenas;
    // What ended while a match was drawn is no news any more.
    if (match === null) driver.environment.takeEndings();
    const training = () =>
      createStage(driver, {
        ...this.looks(),
        focusedArena: () => session.view.focusedArena,
        focus: (arena) => this.handle({ kind: 'focusArena', arena }),
      });
    const shown = this.screen.show(session.run.entry.simulation.game, match ?? training());
    this.loading.until(shown);
    shown.then(
      () => this.board.settled('scene'),
      (error: unknown) => this.board.tell(failureNotice('scene', error)),
    );
  }

  private handle(intent: Intent): void {
    this.dispatcher.handle(intent);
  }
}
