import type { ScriptedPlayer } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { stream } from '../random/stream';

/** How large the parts of what is seen and done are. */
export interface SeatSizes {
  /** M. */
  readonly arenas: number;
  readonly seats: number;
  readonly observationSize: number;
  readonly actionSize: number;
}

/** The last seat of every arena, where a scripted player may sit, each with chance of its own. */
export class LastSeats {
  private readonly player: ScriptedPlayer | null;
  private readonly sizes: SeatSizes;
  private readonly randoms: SeededRandom[]; // [M]
  private readonly action: Float32Array; // [actionSize]
  private readonly views: readonly Float32Array[]; // each [obs]

  /**
   * @param player null where the other side plays all seats. @param observations of all seats, `[N, obs]`, as the
   * environment writes them. @param seed where chance begins.
   */
  constructor(player: ScriptedPlayer | null, sizes: SeatSizes, observations: Float32Array, seed: number) {
    const { arenas, seats, observationSize, actionSize } = sizes;
    this.player = player;
    this.sizes = sizes;
    this.action = new Float32Array(actionSize);
    this.randoms = Array.from({ length: arenas }, (_, arena) => randomOf(seed, arena));
    this.views = Array.from({ length: arenas }, (_, arena) => {
      const row = (arena * seats + seats - 1) * observationSize;
      return observations.subarray(row, row + observationSize);
    });
  }

  /** An arena begins at a seed. */
  begin(arena: number, seed: number): void {
    this.randoms[arena] = randomOf(seed, arena);
  }

  /**
   * Places the actions of all seats: those that came from the other side, and the player’s.
   *
   * @param given of the seats that the other side plays. @param actions `[N, actionSize]`.
   */
  place(given: Float32Array, actions: Float32Array): void {
    const { player, action, views, randoms } = this;
    if (player === null) {
      actions.set(given);
      return;
    }
    const { arenas, seats, actionSize: width } = this.sizes;
    const servedFloats = (seats - 1) * width;
    for (let arena = 0; arena < arenas; arena++) {
      const first = arena * seats * width;
      for (let i = 0; i < servedFloats; i++) actions[first + i] = given[arena * servedFloats + i]!;
      const last = arena * seats + seats - 1;
      player.act(views[arena]!, randoms[arena]!, action, last);
      actions.set(action, last * width);
    }
  }

  /** Where the chance of each stands, `[M, 4]`. */
  state(): Int32Array {
    return Int32Array.from(this.randoms.flatMap((random) => [...random.state()]));
  }

  restore(state: Int32Array): void {
    for (let arena = 0; arena < this.randoms.length; arena++) {
      this.randoms[arena] = SeededRandom.fromState(state.subarray(4 * arena, 4 * arena + 4));
    }
  }
}

function randomOf(seed: number, arena: number): SeededRandom {
  return stream({ seed, purpose: 'scripted', arena });
}
