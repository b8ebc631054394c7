import type {
  BackendReport,
  EnvironmentSpec,
  GameAbout,
  HyperparameterKey,
  Hyperparameters,
  PresetName,
  SettingsPatch,
  SettingsProblem,
  Speed,
} from '../../contract';
import type { PlayIntent, PlayState } from '../matches/play-state';

export const themes = ['auto', 'dark', 'light'] as const;
export type Theme = (typeof themes)[number];

/** What the agent is doing, in one word. */
export type Phase = 'starting' | 'warming' | 'collecting' | 'updating' | 'eased' | 'paused' | 'failed';

/** A message that stays until it is dismissed or replaced by one with the same id. */
export interface Notice {
  readonly id: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
}

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
}

/** Everything the page shows, apart from the game's canvas and the charts. Immutable; a new one a change. */
export interface PageState {
  readonly games: readonly { readonly id: string; readonly about: GameAbout }[];
  readonly game: string;
  readonly spec: EnvironmentSpec;
  readonly running: boolean;
  readonly learning: boolean;
  readonly lockstep: boolean;
  readonly speed: Speed;
  readonly theme: Theme;
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
  /** Wall-clock time of the last save as text, or null. */
  readonly saved: string | null;
  readonly notices: readonly Notice[];
  /** Null for games in which an agent is alone. */
  readonly play: PlayState | null;
}

export type { MetricPoint } from '../../contract';

/** What a person asked for. */
export type Intent =
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  /** One tick while paused. */
  | { readonly kind: 'step' }
  /** Begin again from nothing, same settings. */
  | { readonly kind: 'restart' }
  | { readonly kind: 'speed'; readonly speed: Speed }
  | { readonly kind: 'learning'; readonly on: boolean }
  | { readonly kind: 'lockstep'; readonly on: boolean }
  | { readonly kind: 'focusArena'; readonly arena: number }
  | { readonly kind: 'focusPlayer'; readonly player: PageState['focusPlayer'] }
  /** Settings as a person left them; refused ones come back as `problems`. */
  | { readonly kind: 'settings'; readonly patch: SettingsPatch }
  | { readonly kind: 'chooseGame'; readonly game: string }
  | { readonly kind: 'exportRun' }
  | { readonly kind: 'importRun'; readonly file: File }
  /** Make the best policy so far the learner's own again. */
  | { readonly kind: 'loadBest' }
  | { readonly kind: 'copyLink' }
  | { readonly kind: 'theme'; readonly theme: Theme }
  | PlayIntent
  | { readonly kind: 'dismiss'; readonly notice: string };
