import { html, render } from 'lit-html';
import { animationFrameScheduler, auditTime, type Observable, Subject, Subscription } from 'rxjs';
import type { HyperparameterKey, MetricPoint, RunId } from '../../contract';
import { isPerson } from '../../contract';
import { aboutPanel } from '../about/about-panel';
import { chartsPanel } from '../charts/charts-panel';
import type { Question } from '../kit/dialogs';
import { ask } from '../kit/dialogs';
import { takeDrops } from '../kit/file-drop';
import { keepFocus } from '../kit/keep-focus';
import { notices } from '../kit/notices';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { RedrawBeat } from '../kit/redraw-beat';
import { matchBar } from '../matches/match-bar';
import { playPanel } from '../matches/play-panel';
import { handsOn, personPlays } from '../matches/seats';
import { gateQuestion } from '../runs/gate-question';
import { runPanel } from '../runs/run-panel';
import { settingsForm } from '../settings/settings-form';
import { onlyFiguresDiffer } from './figures';
import { gameArea } from './game-area';
import { header } from './header';
import { showHelp } from './help';
import { hint } from './hint';
import { type KeyCommand, keyPress, keyToCommand } from './keys';
import type { PadInput } from './pad';
import type { GateQuestion, Intent, PageState } from './page-state';
import '../styles/page.css';
import { type Tabs, tabs } from '../kit/tabs';
import { mountExplanations } from '../kit/tooltip';
import { applyTheme, onPreferredThemeChange, resolvedTheme } from './theme';
import { arenaBar, transport } from './transport';

export type { PadInput } from './pad';

export interface PageInputs {
  /** Shown as it stands at each drawn frame. */
  readonly state$: Observable<PageState>;
  /** One point an update, added to the charts of its run. */
  readonly points$: Observable<{ readonly run: RunId; readonly point: MetricPoint }>;
  /** Every point of a run so far: when it begins or goes on. */
  readonly histories$: Observable<{ readonly run: RunId; readonly points: readonly MetricPoint[] }>;
}

/** The mounted page, as `main.ts` sees it. */
export interface Page {
  /** What the person asks for; what needs a confirmation has it. */
  readonly intents$: Observable<Intent>;
  /** The on-screen pad; begins with, and goes back to, nothing held. */
  readonly pad$: Observable<PadInput>;
  /** Where the game's canvas goes. Focusable. */
  readonly gameContainer: HTMLElement;
  /** Asks before something is lost; resolves to whether the person agreed. */
  ask(question: GateQuestion): Promise<boolean>;
  /** Takes the page out of its root and ends every subscription. */
  dispose(): void;
}

/** Builds the page in `root`, replacing what is there, and keeps it showing its inputs. */
export function mountPage(root: HTMLElement, inputs: PageInputs): Page {
  const intents$ = new Subject<Intent>();
  const subscriptions = new Subscription();
  root.replaceChildren();
  render(
    skeleton(() => game.gameContainer.focus()),
    root,
  );
  const part = (selector: string) => root.querySelector<HTMLElement>(selector) as HTMLElement;

  /** As things stand; what is shown follows at the next frame. */
  let present: PageState | null = null;
  const emit: Emit = (asked) => {
    const intent = typeof asked === 'function' ? present && asked(present) : asked;
    if (intent !== null) intents$.next(intent);
  };
  const help = () => {
    const court = state?.play?.court ?? null;
    // Nobody can read and play.
    if (court !== null && !court.paused && court.view.phase !== 'over')
      emit({ kind: 'pauseMatch', on: true });
    if (state !== null) void showHelp(root, state, emit);
  };
  const askPerson = (question: Question) => ask(root, question);

  let state: PageState | null = null;
  const refresh = () => {
    const shown = state;
    if (shown === null) return;
    keepFocus(root, game.gameContainer, () => {
      for (const panel of panels) panel.update(shown);
    });
  };
  const side = tabs(
    part('.side'),
    'Panels',
    [
      { id: 'play', label: 'Play' },
      { id: 'charts', label: 'Charts' },
      { id: 'settings', label: 'Settings' },
      { id: 'run', label: 'Run' },
      { id: 'about', label: 'About' },
    ],
    () => refresh(),
  );
  // Until a game is there in which one can play.
  side.setShown('play', false);
  const sidePanel = (id: string) => side.panels.get(id) as HTMLElement;
  const beat = new RedrawBeat();
  subscriptions.add(() => beat.dispose());
  const settings = settingsForm(sidePanel('settings'), emit, askPerson);
  const showSetting = (key: HyperparameterKey) => {
    side.choose('settings');
    settings.reveal(key);
  };
  const charts = chartsPanel(sidePanel('charts'), beat, { emit, showSetting });
  const game = gameArea(part('.game-area'), emit);
  const focusGame = () => {
    if (state !== null && personPlays(state)) game.gameContainer.focus({ preventScroll: true });
  };
  const panels: Panel[] = [
    matchesPanel(part('.stage'), side),
    header(part('.header'), emit, help),
    hint(part('.hint-place'), emit, () => side.focus()),
    game,
    transport(part('.transport'), emit),
    arenaBar(part('.arena-bar'), emit),
    matchBar(part('.match-bar'), emit, focusGame),
    playPanel(sidePanel('play'), emit, askPerson),
    settings,
    runPanel(sidePanel('run'), emit),
    aboutPanel(sidePanel('about')),
    notices(game.noticesContainer, emit),
    charts,
    themePanel((theme) => charts.setTheme(theme)),
  ];

  // Anywhere, since a browser would open in place of the page what is dropped a little beside a panel.
  takeDrops(root, (file) => emit(fileIntent(file)));

  // Else Space would press the button that was clicked last in place of jumping.
  const clicked = (event: MouseEvent) => {
    const isPointer = event.detail > 0;
    const isTyped = event.target instanceof Element && event.target.closest('dialog, .side') !== null;
    if (isPointer && !isTyped && state !== null && handsOn(state)) {
      game.gameContainer.focus({ preventScroll: true });
    }
  };
  root.addEventListener('click', clicked);
  subscriptions.add(() => root.removeEventListener('click', clicked));

  subscriptions.add(
    inputs.state$.subscribe((next) => {
      present = next;
    }),
  );
  subscriptions.add(
    inputs.state$.pipe(auditTime(0, animationFrameScheduler)).subscribe((next) => {
      const mayWait = state !== null && onlyFiguresDiffer(state, next);
      state = next;
      if (mayWait) beat.request(refresh);
      else refresh();
    }),
  );
  subscriptions.add(inputs.points$.subscribe(({ run, point }) => charts.append(run, point)));
  subscriptions.add(inputs.histories$.subscribe(({ run, points }) => charts.replace(run, points)));
  subscriptions.add(() => charts.dispose());
  subscriptions.add(mountExplanations(root));
  subscriptions.add(
    onPreferredThemeChange(() => state !== null && charts.setTheme(resolvedTheme(state.theme))),
  );
  subscriptions.add(
    onKeys(
      () => present,
      (command) => (command.kind === 'help' ? help() : emit(command)),
    ),
  );

  return {
    intents$: intents$.asObservable(),
    pad$: game.pad$,
    gameContainer: game.gameContainer,
    ask: (question) => ask(root, gateQuestion(question)),
    dispose() {
      subscriptions.unsubscribe();
      intents$.complete();
      root.replaceChildren();
    },
  };
}

/** What a file that was dropped somewhere on the page is for, by its name. */
function fileIntent(file: File): Intent {
  if (file.name.endsWith('.json')) return { kind: 'importReplay', file };
  if (file.name.endsWith('.zip')) return { kind: 'importEverything', file };
  return { kind: 'importRun', file };
}

/** Listens for the page's shortcuts; returns a function that ends it. */
function onKeys(state: () => PageState | null, run: (command: KeyCommand) => void): () => void {
  const listener = (event: KeyboardEvent) => {
    const now = state();
    if (now === null || event.defaultPrevented) return;
    const command = keyToCommand(keyPress(event), now);
    if (command === null) return;
    // Space would scroll the page.
    event.preventDefault();
    run(command);
  };
  document.addEventListener('keydown', listener);
  return () => document.removeEventListener('keydown', listener);
}

/** What of the page comes and goes with matches: their tab, and the bar in place of those of training. */
function matchesPanel(stage: HTMLElement, side: Tabs): Panel {
  const part = (selector: string) => stage.querySelector<HTMLElement>(selector) as HTMLElement;
  const [transportBar, arenas, match] = [part('.transport'), part('.arena-bar'), part('.match-bar')];
  const changed = changeDetector(({ play }) => [play === null, play?.court?.kind, play?.court?.setup]);
  return {
    update(state) {
      if (!changed(state)) return;
      const court = state.play?.court ?? null;
      const onCourt = court !== null;
      transportBar.hidden = onCourt;
      arenas.hidden = onCourt;
      match.hidden = !onCourt;
      // On a phone it fills the screen: two thumbs on a page that scrolls would move it.
      stage.classList.toggle('stage-played', court?.kind === 'match' && court.setup.seats.some(isPerson));
      side.setShown('play', state.play !== null);
    },
  };
}

/** Keeps the document, and what cannot read its styles, in the chosen theme. */
function themePanel(setTheme: (theme: 'dark' | 'light') => void): Panel {
  const changed = changeDetector(({ theme }) => [theme]);
  return {
    update(state) {
      if (!changed(state)) return;
      applyTheme(state.theme);
      setTheme(resolvedTheme(state.theme));
    },
  };
}

function skeleton(focusGame: () => void) {
  const skipToGame = (event: Event) => {
    // The address's fragment holds the settings.
    event.preventDefault();
    focusGame();
  };
  return html`
    <a class="skip-link" href="#game" @click=${skipToGame}>Skip to the game</a>
    <header class="header"></header>
    <main class="main">
      <section class="stage" aria-label="Game">
        <div class="game-area"></div>
        <div class="transport" role="group" aria-label="Transport"></div>
        <div class="arena-bar" role="group" aria-label="Arena"></div>
        <div class="match-bar" role="group" aria-label="Match" hidden></div>
      </section>
      <section class="side" aria-label="Charts and settings">
        <div class="hint-place"></div>
      </section>
    </main>`;
}
