import { html, render } from 'lit-html';
import { animationFrameScheduler, auditTime, type Observable, Subject, Subscription } from 'rxjs';
import type { HyperparameterKey } from '../../contract';
import { pageFeatures } from '../features';
import { ask } from '../kit/dialogs';
import { takeDrops } from '../kit/file-drop';
import { fileIntent } from '../kit/file-intent';
import { keepFocus } from '../kit/keep-focus';
import { notices } from '../kit/notices';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { RedrawBeat } from '../kit/redraw-beat';
import { handsOn, pausedToRead, personPlays } from '../matches/seats';
import { gateQuestion } from '../runs/gate-question';
import { onlyFiguresDiffer } from './figures';
import { type GameArea, gameArea } from './game-area';
import { showHelp } from './help';
import { type KeyCommand, keyPress, keyToCommand, type Shortcut } from './keys';
import type { PadInput } from './pad';
import type { PageFeature, PageInputs } from './page-feature';
import type { GateQuestion, Intent, PageState } from './page-state';
import '../styles/page.css';
import { type Tabs, tabs } from '../kit/tabs';
import { mountExplanations } from '../kit/tooltip';
import { writeThroughTranslations } from '../kit/translated-text';
import { applyLargeType, applyTheme } from './theme';

export type { PadInput } from './pad';
export type { PageInputs } from './page-feature';

/** The page in its root, which it replaces and keeps showing its inputs. */
export class Page {
  private readonly root: HTMLElement;
  private readonly asked = new Subject<Intent>();
  private readonly all = new Subscription();
  private readonly beat = new RedrawBeat();
  private readonly game: GameArea;
  private readonly features: readonly PageFeature[];
  private readonly shortcuts: readonly Shortcut[];
  private readonly panels: readonly Panel[];
  /** As things stand, and as they are shown: that follows at the next frame. */
  private readonly state$: Observable<PageState>;
  private present: PageState | null = null;
  private shown: PageState | null = null;

  constructor(root: HTMLElement, inputs: PageInputs, features: readonly PageFeature[] = pageFeatures) {
    this.root = root;
    this.state$ = inputs.state$;
    this.features = features;
    this.shortcuts = features.flatMap(({ shortcuts }) => shortcuts ?? []);
    root.replaceChildren();
    writeThroughTranslations();
    render(
      skeleton(() => this.gameContainer.focus()),
      root,
    );
    this.all.add(() => this.beat.dispose());
    this.game = gameArea(this.place('.game-area'));
    this.panels = [
      this.game,
      notices(this.game.noticesContainer, this.emit),
      documentTheme(),
      ...this.mountFeatures(inputs),
    ];
    this.listen();
    this.follow();
  }

  /** What the person asks for; what needs a confirmation has it. */
  get intents$(): Observable<Intent> {
    return this.asked.asObservable();
  }

  /** The on-screen pad of the first person and the second; begins with, and goes back to, nothing held. */
  get pad$(): Observable<readonly [PadInput, PadInput]> {
    return this.game.pad$;
  }

  /** Where the game's canvas goes. Focusable. */
  get gameContainer(): HTMLElement {
    return this.game.gameContainer;
  }

  /** Asks before something is lost; resolves to whether the person agreed. */
  ask(question: GateQuestion): Promise<boolean> {
    return ask(this.root, gateQuestion(question));
  }

  /** Takes the page out of its root and ends every subscription. */
  dispose(): void {
    this.all.unsubscribe();
    this.asked.complete();
    this.root.replaceChildren();
  }

  private readonly emit: Emit = (asked) => {
    const intent = typeof asked === 'function' ? this.present && asked(this.present) : asked;
    if (intent !== null) this.asked.next(intent);
  };

  private readonly place = (selector: string) => this.root.querySelector(selector) as HTMLElement;

  private mountFeatures({ points$, histories$ }: PageInputs): readonly Panel[] {
    const side = this.tabs();
    const shownSettings = new Subject<HyperparameterKey>();
    const ports = {
      points$,
      histories$,
      place: this.place,
      overGame: (className: string) => this.game.overGame(className),
      tabs: side,
      emit: this.emit,
      ask: (question: Parameters<typeof ask>[1]) => ask(this.root, question),
      beat: this.beat,
      focusGame: () => {
        if (this.shown !== null && personPlays(this.shown)) this.focusGame();
      },
      showHelp: () => this.showHelp(),
      showSetting: (key: HyperparameterKey) => shownSettings.next(key),
      shownSettings$: shownSettings,
      atEnd: (end: () => void) => this.all.add(end),
    };
    const nowhere = document.createElement('div');
    return this.features.flatMap((feature) => {
      const panel = feature.tab && side.panels.get(feature.tab.id);
      return feature.mount(ports, panel ?? nowhere);
    });
  }

  private tabs(): Tabs {
    const list = this.features.flatMap(({ tab }) => tab ?? []);
    return tabs(this.place('.side'), 'Panels', list, () => this.refresh());
  }

  private focusGame(): void {
    this.gameContainer.focus({ preventScroll: true });
  }

  private showHelp(): void {
    const { shown } = this;
    if (shown === null) return;
    const pause = pausedToRead(shown);
    if (pause !== null) this.emit(pause);
    void showHelp(this.root, shown, this.state$, this.emit, this.shortcuts);
  }

  /** Files, clicks and keys, wherever on the page. */
  private listen(): void {
    const { root, all } = this;
    // Anywhere, since a browser would open in place of the page what is dropped a little beside a panel.
    takeDrops(root, (file) => this.emit(fileIntent(file, 'importRun')));
    root.addEventListener('click', this.clicked);
    all.add(() => root.removeEventListener('click', this.clicked));
    all.add(mountExplanations(root));
    all.add(
      onKeys(
        (event) => this.present && keyToCommand(keyPress(event), this.present, this.shortcuts),
        (command) => (command.kind === 'help' ? this.showHelp() : this.emit(command)),
      ),
    );
  }

  /** Else keys would move or press in place of playing what was clicked last. */
  private readonly clicked = ({ detail, target }: MouseEvent) => {
    const isPointer = detail > 0;
    const isTyped = target instanceof Element && target.closest(typedOrChosen) !== null;
    if (isPointer && !isTyped && this.shown !== null && handsOn(this.shown)) this.focusGame();
  };

  private follow(): void {
    const { state$ } = this;
    this.all.add(state$.subscribe((state) => (this.present = state)));
    this.all.add(
      state$.pipe(auditTime(0, animationFrameScheduler)).subscribe((next) => {
        const mayWait = this.shown !== null && onlyFiguresDiffer(this.shown, next);
        this.shown = next;
        if (mayWait) this.beat.request(this.refresh);
        else this.refresh();
      }),
    );
  }

  private readonly refresh = () => {
    const { shown } = this;
    if (shown === null) return;
    keepFocus(this.root, this.gameContainer, () => {
      for (const panel of this.panels) panel.update(shown);
    });
  };
}

/** What wants the focus after a click: what is typed in, and what opens to be chosen from. */
const typedOrChosen =
  'dialog, select, textarea, input:not([type="checkbox"], [type="radio"], [type="range"], [type="file"])';

/** Keeps the document in the chosen theme and size of type. */
function documentTheme(): Panel {
  const changed = changeDetector(({ theme, large }) => [theme, large]);
  return {
    update(state) {
      if (!changed(state)) return;
      applyTheme(state.theme);
      applyLargeType(state.large);
    },
  };
}

/** Listens for the page's shortcuts; returns a function that ends it. */
function onKeys(
  commandOf: (event: KeyboardEvent) => KeyCommand | null,
  run: (command: KeyCommand) => void,
): () => void {
  const listener = (event: KeyboardEvent) => {
    const command = event.defaultPrevented ? null : commandOf(event);
    if (command === null) return;
    // Space would scroll the page.
    event.preventDefault();
    run(command);
  };
  document.addEventListener('keydown', listener);
  return () => document.removeEventListener('keydown', listener);
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
        <div class="transport" role="group" aria-label="Transport" translate="no"></div>
        <div class="arena-bar" role="group" aria-label="Arena" translate="no"></div>
        <div class="match-bar" role="group" aria-label="Match" translate="no" hidden></div>
      </section>
      <section class="side" aria-label="Charts and settings">
        <div class="lesson-place"></div>
        <div class="guide-place"></div>
      </section>
    </main>`;
}
