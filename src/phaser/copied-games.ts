import type { Worlds } from '../game/engine/arena-environment';

/** A game as arenas, as many as it says. */
export interface GameWorlds extends Worlds {
  readonly arenas: number;
  move(actions: Float32Array, isMoving: (arena: number) => boolean): void;
  readonly settle: () => Promise<void>;
}

/**
 * Several copies of one game as one environment's arenas: those of the first, then those of the next. What goes wrong in
 * one is a fault of its own arenas.
 */
export class CopiedGames implements Worlds {
  readonly arenas: number;
  private readonly games: readonly GameWorlds[];
  private readonly each: number;
  private readonly wrong: unknown[];
  /** Made once, so that a step makes none. */
  private isMoving: (arena: number) => boolean = () => false;
  private readonly movesOf: readonly ((arena: number) => boolean)[];

  /** @param games all with as many arenas. */
  constructor(games: readonly GameWorlds[]) {
    this.games = games;
    this.each = games[0]!.arenas;
    this.arenas = games.length * this.each;
    this.wrong = games.map(() => null);
    this.movesOf = games.map((_, game) => (arena: number) => this.isMoving(game * this.each + arena));
  }

  begin(arena: number): void {
    this.gameOf(arena).begin(arena % this.each);
  }

  move(actions: Float32Array, isMoving: (arena: number) => boolean): void {
    const { games, each, wrong } = this;
    this.isMoving = isMoving;
    const size = actions.length / games.length;
    for (let game = 0; game < games.length; game++) {
      wrong[game] = null;
      const moves = this.movesOf[game]!;
      let arena = 0;
      while (arena < each && !moves(arena)) arena++;
      // A game of which nothing moves waits: a step would be one that no decision knows of.
      if (arena === each) continue;
      try {
        games[game]!.move(actions.subarray(game * size, (game + 1) * size), moves);
      } catch (error) {
        wrong[game] = error;
      }
    }
  }

  step(arena: number, actions: Float32Array, terms: Float64Array): boolean {
    const error = this.wrong[Math.floor(arena / this.each)];
    if (error !== null) throw error;
    return this.gameOf(arena).step(arena % this.each, actions, terms);
  }

  observe(arena: number, observations: Float32Array): void {
    this.gameOf(arena).observe(arena % this.each, observations);
  }

  /** Live games forbid nothing. */
  mask(): void {}

  readonly settle = async (): Promise<void> => {
    for (const game of this.games) await game.settle();
  };

  private gameOf(arena: number): GameWorlds {
    return this.games[Math.floor(arena / this.each)]!;
  }
}
