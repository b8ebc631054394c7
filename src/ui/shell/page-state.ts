import type {
  BackendReport,
  Bindings,
  EnvironmentSpec,
  GameAbout,
  HyperparameterKey,
  Hyperparameters,
  PresetName,
  RunId,
  SettingsPatch,
  SettingsProblem,
  Speed,
  StorageReason,
} from '../../contract';

export const themes = ['auto', 'dark', 'light'] as const;
export type Theme = (typeof themes)[number];

/** What the agent is doing, in one word. */
export type Phase = 'starting' | 'warming' | 'collecting' | 'updating' | 'eased' | 'paused' | 'failed';

/** A message that stays until it is dismissed or replaced by one with the same id. */
export interface Notice {
  readonly id: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  /** What a person can do about it, each a button. */
  readonly actions?: readonly NoticeAction[];
}

export interface NoticeAction {
  readonly label: string;
  readonly intent: Intent;
}

/** What a person is asked before something is lost. */
export type GateQuestion =
  /** A run that is not saved would be gone. */
  { readonly code: 'leave-unsaved'; readonly name: string };

/** Counters and labels of the status line. */
export interface Status {
  readonly phase: Phase;
  /** Null until a backend is open. */
  readonly backend: BackendReport | null;
  readonly policyVersion: number;
  readonly decisions: number;
  /** Null before the first update. */
  readonly meanReturn: number | null;
  readonly decisionsPerSecond: number;
  readonly decisionsDuringUpdate: number;
  readonly unrecordedDecisions: number;
  /** Decision ticks at which the action was not there in time (1× only). */
  readonly lateDecisions: number;
  readonly policyLag: number;
  /** Of the last update, the share of time in which learning worked and did not rest for frames; null before one. */
  readonly learningShare: number | null;
  /** Of each collector; empty where the visible arenas are learned from. */
  readonly collectorDecisionsPerSecond: readonly number[];
  readonly frameMs: number;
  /** What the learner holds of the graphics processor's memory; 0 where it uses none. */
  readonly gpuBytes: number;
}

/** Whether a run is kept in this browser, and if not, why. A run that is not kept stays so until a person decides otherwise. */
export type Keeping =
  /** Nothing has been learned that could be kept. */
  | { readonly kind: 'nothing-yet' }
  /** It is never kept, whatever it learns: of a lesson. */
  | { readonly kind: 'guest' }
  | { readonly kind: 'kept'; readonly savedAtMs: number }
  /** Saving failed; it is tried again. `reason` is storage's code. */
  | { readonly kind: 'failing'; readonly reason: StorageReason; readonly savedAtMs: number | null }
  /** `elsewhere`: another tab has the run open and saves it. `deleted`: somebody deleted what was kept of it. */
  | { readonly kind: 'unsaved'; readonly reason: 'elsewhere' | 'deleted' };

/** What the page shows of one run. Immutable; a new one a change. */
export interface RunView {
  readonly id: RunId;
  readonly name: string;
  readonly game: string;
  /** Whether it is a simulation, or somebody's Phaser game, which is seen once and goes at its own pace. */
  readonly kind: 'simulated' | 'live';
  readonly spec: EnvironmentSpec;
  readonly running: boolean;
  readonly learning: boolean;
  readonly lockstep: boolean;
  readonly speed: Speed;
  readonly focusedArena: number;
  /** Who plays the focused arena. `frozenBest` and `frozenNow` are frozen policies: the best so far, and the newest when it was frozen. */
  readonly focusPlayer: 'newest' | 'frozenBest' | 'frozenNow' | 'person';
  readonly status: Status;
  /** As last accepted; `pending` names those of them that are not yet in force. */
  readonly hyperparameters: Hyperparameters;
  /** The game's named settings; `fast` holds the defaults. */
  readonly presets: Readonly<Record<PresetName, Hyperparameters>>;
  /** Settings accepted but not yet in force. */
  readonly pending: readonly HyperparameterKey[];
  /** What was wrong with the settings that were refused last. */
  readonly problems: readonly SettingsProblem[];
  readonly best: { readonly meanReturn: number; readonly version: number; readonly decisions: number } | null;
  readonly keeping: Keeping;
  /** The settings that the next undo, and the next redo, would change; empty where there is none. */
  readonly undo: SettingsPatch;
  readonly redo: SettingsPatch;
}

/**
 * What features add to the page's state. Each declares its own in its folder, and says in its entry of
 * `ui/features.ts` how it begins:
 *
 *     declare module '../shell/page-state' {
 *       interface FeatureState { readonly kept: KeptState | null }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: features merge into it.
export interface FeatureState {}

/** What can be asked of features, by feature; each declares its own as it does its state. */
// biome-ignore lint/suspicious/noEmptyInterface: features merge into it.
export interface FeatureIntents {}

/** What the page shows besides its runs. */
export interface ShellState extends FeatureState {
  readonly games: readonly { readonly id: string; readonly about: GameAbout }[];
  readonly theme: Theme;
  /** Whether type, strokes and contrast are for the back of a classroom. */
  readonly large: boolean;
  readonly notices: readonly Notice[];
  /** Every run that is alive on the page. */
  readonly runs: Readonly<Record<RunId, RunView>>;
  /** The one that is shown. */
  readonly front: RunId;
  /** Whether letters and digits alone do something; off for who dictates, or rests a hand on the keys. */
  readonly letterKeys: boolean;
  /** Whether the first visit's guide is done or was put away. */
  readonly hintDismissed: boolean;
  /** Whether all settings are shown, or the basic ones alone. */
  readonly allSettings: boolean;
  /** The keys of play, as the person has them. */
  readonly bindings: Bindings;
  /** What keys write in the layout in use, by `KeyboardEvent.code`; empty where the browser does not tell. */
  readonly keyNames: Readonly<Record<string, string>>;
  /** Whether a run that collapsed goes back to its best policy without being told. */
  readonly returnsByItself: boolean;
}

/**
 * Everything the page shows, apart from the game's canvas and the charts: what belongs to the page, and the run in
 * front. Immutable; a new one a change.
 */
export type PageState = ShellState & Omit<RunView, 'id'>;

export type { MetricPoint } from '../../contract';

/** What a person asked for: of the page itself, and of its features. Each handles its own; see `app/features.ts`. */
export type Intent =
  | TransportIntent
  | SettingsIntent
  | RunsIntent
  | RecoveryIntent
  | ShellIntent
  | OfflineIntent
  | FeatureIntents[keyof FeatureIntents];

/** About how the run in front goes, and who plays. */
export type TransportIntent =
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  /** One tick while paused. */
  | { readonly kind: 'step' }
  | { readonly kind: 'speed'; readonly speed: Speed }
  | { readonly kind: 'learning'; readonly on: boolean }
  | { readonly kind: 'lockstep'; readonly on: boolean }
  | { readonly kind: 'focusArena'; readonly arena: number }
  | { readonly kind: 'focusPlayer'; readonly player: RunView['focusPlayer'] };

export type SettingsIntent =
  /** Settings as a person left them; refused ones come back as `problems`. */
  | { readonly kind: 'settings'; readonly patch: SettingsPatch }
  /** Take the last change of settings back, or do it again. */
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

/** About which run is in front, and what is kept of it. */
export type RunsIntent =
  /** Begin again from nothing, same settings, as another run. */
  | { readonly kind: 'restart' }
  | { readonly kind: 'chooseGame'; readonly game: string }
  | { readonly kind: 'openRun'; readonly run: RunId }
  | { readonly kind: 'exportRun' }
  /** The policy as it is now, for another engine. */
  | { readonly kind: 'exportOnnx'; readonly dialect: 'mlagents' | 'godot' }
  /** Every update so far, as comma-separated values. */
  | { readonly kind: 'exportMetrics' }
  | { readonly kind: 'importRun'; readonly file: File }
  /** Make the best policy so far the learner's own again. */
  | { readonly kind: 'loadBest' }
  /** Keep a run that is not saved, as a run of its own. */
  | { readonly kind: 'keepRun' };

export interface RecoveryIntent {
  /** Whether a run that collapsed goes back by itself. */
  readonly kind: 'returnsByItself';
  readonly on: boolean;
}

/** About the page itself. */
export type ShellIntent =
  | { readonly kind: 'copyLink' }
  | { readonly kind: 'theme'; readonly theme: Theme }
  | { readonly kind: 'large'; readonly on: boolean }
  | { readonly kind: 'letterKeys'; readonly on: boolean }
  | { readonly kind: 'bindings'; readonly bindings: Bindings }
  | { readonly kind: 'allSettings'; readonly on: boolean }
  | { readonly kind: 'dismiss'; readonly notice: string }
  /** What draws a part of the page did not come. */
  | { readonly kind: 'notFetched'; readonly error: unknown };

export interface OfflineIntent {
  /** Save the run in front and open the page anew. */
  readonly kind: 'reload';
}
