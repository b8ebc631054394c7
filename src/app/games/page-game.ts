import type { EnvironmentSpec, GameAbout, GamePresets, Simulation } from '../../contract';
import type { VisibleGame } from '../../phaser/visible-game';

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

/** Every game that a page offers, in the order in which people see them. */
export interface PageGames {
  readonly list: readonly [ListedGame, ...ListedGame[]];
  /**
   * The game with this id, its rules fetched; a live game runs from then on, and stands still until it is played.
   *
   * @throws PlaytrainError `bad-settings` where there is none, `not-loaded` where it does not come.
   */
  load(id: string): Promise<PageGame>;
  /** What stands for it until it is there. @throws as `load`. */
  before(id: string): Promise<ShownGame>;
  /** Its named settings, without the game being begun. @throws as `load`. */
  presets(id: string): Promise<GamePresets>;
}
