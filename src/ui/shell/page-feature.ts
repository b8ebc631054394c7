import type { Observable } from 'rxjs';
import type { HyperparameterKey, MetricPoint, RunId } from '../../contract';
import type { Question } from '../kit/dialogs';
import type { Emit, Panel } from '../kit/panel';
import type { RedrawBeat } from '../kit/redraw-beat';
import type { Tab, Tabs } from '../kit/tabs';
import type { Shortcut } from './keys';
import type { FeatureState, PageState } from './page-state';

export interface PageInputs {
  /** Shown as it stands at each drawn frame. */
  readonly state$: Observable<PageState>;
  /** One point an update, added to the charts of its run. */
  readonly points$: Observable<{ readonly run: RunId; readonly point: MetricPoint }>;
  /** Every point of a run so far: when it begins or goes on. */
  readonly histories$: Observable<{ readonly run: RunId; readonly points: readonly MetricPoint[] }>;
}

/** What the page's parts are built of. */
export interface PagePorts extends Omit<PageInputs, 'state$'> {
  /** A place of the page, by its selector. */
  readonly place: (selector: string) => HTMLElement;
  /** A place of that class over the picture, hidden until something is shown there. */
  readonly overGame: (className: string) => HTMLElement;
  readonly tabs: Tabs;
  readonly emit: Emit;
  /** Asks a person; resolves to whether they agreed. */
  readonly ask: (question: Question) => Promise<boolean>;
  /** When figures are drawn that may wait. */
  readonly beat: RedrawBeat;
  /** Puts the focus on the game where a person plays it. */
  readonly focusGame: () => void;
  readonly showHelp: () => void;
  /** Asks for a setting to be shown where it is changed, and tells of such wishes. */
  readonly showSetting: (key: HyperparameterKey) => void;
  readonly shownSettings$: Observable<HyperparameterKey>;
  /** Done when the page goes. */
  readonly atEnd: (end: () => void) => void;
}

/** A part of the page, with a tab and keys of its own where it has some. */
export interface PageFeature {
  /** What the page's state holds of it before anything is known: all that its folder declares of `FeatureState`. */
  readonly initial: Partial<FeatureState>;
  readonly tab?: Tab;
  /** Keys of its own; those of the page come first. */
  readonly shortcuts?: readonly Shortcut[];
  /** @param panel the tab's panel; where there is no tab, an element that is not shown. */
  mount(ports: PagePorts, panel: HTMLElement): readonly Panel[];
}
