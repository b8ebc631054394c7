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
import { type MetricPoint, type RunId, sentenceOf } from '../contract';
import { instantStorage } from '../storage/left-matches';
import { PageStorage } from '../storage/page-storage';
import { newRunId } from '../storage/run-id';
import { noInput } from '../streams/input/person-input';
import { Page } from '../ui/shell/page';
import type { Intent } from '../ui/shell/page-state';
import { AgentClient } from '../workers/agent-client';
import type { AppParts } from './app-parts';
import type { AppFeature } from './feature';
import { appFeatures } from './features';
import { GamePicture } from './game-picture';
import { handsStreams } from './input/hands';
import { keyNamesOf } from './input/key-names';
import { padIntent } from './input/pad-intent';
import { LessonVisits } from './lessons/lesson-visits';
import { expectedBytes } from './loading/expected-bytes';
import { Loading } from './loading/loading';
import type { Hands } from './matches/on-court';
import { Play } from './matches/play';
import { askBeforeUnload } from './runs/ask-before-unload';
import { LeavingGate } from './runs/gate';
import { initialGoing, initialView } from './runs/initial-view';
import { RunDesk } from './runs/run-desk';
import type { RunSession } from './runs/run-session';
import type { ScreenParts } from './screen';
import { Choices } from './shell/choices';
import { Dispatcher } from './shell/dispatcher';
import { initialShell } from './shell/initial-shell';
import { pictureIsLost$ } from './shell/lost-picture';
import { NoticeBoard } from './shell/notice-board';
import { PageStore } from './shell/page-store';
import { exposeProbe, type Probed } from './shell/probe';
import { toldOn } from './shell/told-on';
import { Visits } from './shell/visits';

const ratingBeatMs = 250;

/** The whole page: joins the store, the runs, matches, panels, the picture and the address. */
export class App {
  private readonly window: Window;
  private readonly parts: AppParts;
  private readonly storage = new PageStorage();
  private readonly choices = new Choices(this.storage.preferences);
  private readonly store: PageStore;
  private readonly board: NoticeBoard;
  private readonly page: Page;
  private readonly screen: ScreenParts;
  private readonly picture: GamePicture;
  private readonly desk: RunDesk;
  private readonly lessonVisits: LessonVisits;
  private readonly play: Play;
  private readonly features: readonly AppFeature[];
  private readonly dispatcher: Dispatcher;
  private readonly visits: Visits;
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
  static async start(root: HTMLElement, window: Window, parts: AppParts): Promise<App> {
    let app: App | null = null;
    exposeProbe(window, () => app?.probed ?? null);
    app = new App(root, window, parts, await firstStore(parts));
    await app.begin();
    return app;
  }

  private constructor(root: HTMLElement, window: Window, parts: AppParts, store: PageStore) {
    this.window = window;
    this.parts = parts;
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
    this.screen = parts.screenIn(this.page.gameContainer);
    this.picture = this.createPicture();
    this.desk = this.createDesk();
    this.lessonVisits = new LessonVisits({ store, games: parts.games, desk: this.desk });
    this.play = this.createPlay();
    this.features = this.createFeatures();
    this.dispatcher = new Dispatcher(this.features, toldOn(this.board));
    const { board, storage, choices, desk } = this;
    this.visits = new Visits({
      address: parts.address,
      store,
      board,
      storage,
      choices,
      desk,
      inTurn: (task, kind) => this.dispatcher.turns.add(task, kind),
      handle: (intent) => this.handle(intent),
      openLesson: this.lessonVisits.open,
    });
  }

  dispose(): void {
    this.all.unsubscribe();
    this.visits.dispose();
    for (const feature of this.features) feature.dispose?.();
    this.desk.dispose();
    this.choices.dispose();
    this.screen.clear();
    this.page.dispose();
  }

  private get probed(): Probed {
    const { store, desk, play } = this;
    return { store, session: () => desk.session, court: () => play.probe() };
  }

  private createPicture(): GamePicture {
    const { window, store, board, screen } = this;
    const loading = new Loading({
      store,
      nowMs: () => performance.now(),
      expected: () => expectedBytes(window.document, performance),
    });
    return new GamePicture({
      store,
      board,
      screen,
      loading,
      session: () => this.desk.session,
      focusArena: (arena) => this.handle({ kind: 'focusArena', arena }),
    });
  }

  private createDesk(): RunDesk {
    const { store, board, storage, parts, frames$, visible$, page } = this;
    const { games, workersOf } = parts;
    return new RunDesk({
      store,
      board,
      storage,
      games,
      frames$,
      visible$,
      gate: new LeavingGate((question) => page.ask(question)),
      spawnAgent: (game, start) => new AgentClient(start, workersOf(game)),
    });
  }

  private createFeatures(): readonly AppFeature[] {
    const { window, parts, frames$, visible$, store, board, storage, choices, desk, play, lessonVisits } =
      this;
    const { games, isDocked } = parts;
    const inTurn = (task: () => Promise<void>) => this.dispatcher.turns.add(task);
    return appFeatures({
      window,
      frames$,
      visible$,
      store,
      board,
      storage,
      games,
      desk,
      lessonVisits,
      choices,
      play,
      inTurn,
      screen: this.screen,
      picture: this.picture,
      isDocked,
    });
  }

  private createPlay(): Play {
    return new Play({
      store: this.store,
      board: this.board,
      storage: this.storage,
      choices: this.choices,
      hands: () => this.hands,
      wishes: this.picture.looks,
      show: (stage) => this.picture.put('match', stage),
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
        desk.session?.arenas?.setPersonInput(arena, this.hands[0]);
        play.frame(nowMs);
      }),
    );
    all.add(visible$.subscribe((visible) => (visible ? play.isBack() : play.hidden())));
    all.add(pictureIsLost$(page.gameContainer).subscribe((isLost) => this.picture.tellLost(isLost)));
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
    await this.visits.begin();
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
    if (!play.isOnCourt) this.picture.draw();
  }

  private handle(intent: Intent): void {
    this.dispatcher.handle(intent);
  }
}

/** What the page shows until a run is opened: a game, and nothing learned. */
async function firstStore({ address, games }: AppParts): Promise<PageStore> {
  const entry = await games.before(await address.game());
  const run = {
    id: newRunId(),
    name: entry.about.title,
    best: null,
    keeping: { kind: 'nothing-yet' },
  } as const;
  const view = initialView(run, entry, entry.presets.fast, initialGoing);
  return new PageStore(initialShell(games.list), view);
}
