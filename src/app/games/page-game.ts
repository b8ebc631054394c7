import type Phaser from 'phaser';
import type { Questions } from '../../agent/greedy-policy';
import type { EnvironmentSpec, GameAbout, GamePresets, SceneSenses, Simulation } from '../../contract';
import type { VisibleGame } from '../../phaser/visible-game';
import type { Poster } from '../../ui/gallery/poster';
import type { FramedGame } from './frame/frame-door';

interface PageGameBasics {
  readonly about: GameAbout;
  readonly presets: GamePresets;
  readonly spec: EnvironmentSpec;
}

/** A game that is a simulation: copied, seen from the side, and repeated to the bit. */
export interface SimulatedGame extends PageGameBasics {
  readonly kind: 'simulated';
  readonly simulation: Simulation;
}

/** Somebody's Phaser game: seen as it is, and learned in a twin. */
export interface LiveGame extends PageGameBasics {
  readonly kind: 'live';
  readonly visible: VisibleGame;
  /** Fetches where what its agent sees lies, besides what its sensors draw. */
  readonly senses?: () => Promise<SceneSenses<Phaser.Scene>>;
  readonly twin: (name: string) => Worker;
}

/** A game as the page knows it. */
export type PageGame = SimulatedGame | LiveGame;

/** What a view of a run shows of its game. */
export type ShownGame = PageGameBasics & { readonly kind: PageGame['kind'] };

/** What a game is called and says of itself, before any of it is fetched. */
export interface ListedGame {
  readonly id: string;
  readonly about: GameAbout;
}

/** A game for a while. */
export interface BorrowedGame {
  readonly game: PageGame;
  /** Ends what was begun for this alone. */
  readonly giveBack: () => void;
}

/** Fills in what every agent does. */
export type Answer = (questions: Questions) => void;

/** What a page has to show its games as cards. */
export interface GameCards {
  /** By game; those without one have a plain card. */
  readonly posters: Readonly<Record<string, Poster>>;
  /** The game with this id for a while. @throws as `PageGames.load`. */
  borrow(id: string): Promise<BorrowedGame>;
  /** How the policy that ships for a game’s card plays it; null where none does. @throws PlaytrainError `not-loaded`. */
  policy(id: string, spec: EnvironmentSpec): Promise<Answer | null>;
}

/** Every game that a page offers, in the order in which people see them. */
export interface PageGames {
  readonly list: readonly [ListedGame, ...ListedGame[]];
  /**
   * The game with this id, its rules fetched; a live game runs from then on, and stands still until it is played.
   *
   * @throws PlaytrainError `bad-settings` where there is none, `not-loaded` where it does not come.
   */
  load(id: string): Promise<PageGame>;
  /** Left out where there is nothing to choose among. */
  readonly cards?: GameCards;
  /**
   * A live game once more, in `place`, stepped from outside. Left out where a game cannot be begun twice.
   *
   * @throws PlaytrainError where it does not come, or does not begin.
   */
  again?(id: string, place: HTMLElement): Promise<FramedGame>;
  /** What stands for it until it is there. @throws as `load`. */
  before(id: string): Promise<ShownGame>;
  /** Its named settings, without the game being begun. @throws as `load`. */
  presets(id: string): Promise<GamePresets>;
}
