import { GreedyPolicy } from '../agent/greedy-policy';
import type { PolicyData } from '../agent/policy-file';
import {
  type ActingBackend,
  actionSize,
  maskSize,
  type ScriptedPlayer,
  type Simulation,
  seatsOf,
} from '../contract';
import { stream } from '../random/stream';

/** Who answers for a seat, at once. */
export interface MatchPlayer {
  readonly id: string;
  readonly name: string;
  /** Ticks from one of its choices to the next; the game's own where none is named. */
  readonly decisionIntervalTicks?: number;
  /** Writes the action `[actionSize]` of `seat`, which sees its own row of `observations` `[2, obs]`. */
  act(observations: Float32Array, seat: 0 | 1, action: Float32Array): void;
}

/**
 * A policy that takes the likeliest action.
 *
 * @throws PlaytrainError `bad-settings` when its weights do not fit its sizes; `backend-unavailable` for `wasm` where
 * the engine knows no WebAssembly SIMD.
 */
export function policyPlayer(id: string, policy: PolicyData, acting: ActingBackend = 'cpu'): MatchPlayer {
  const { spec, decisionIntervalTicks } = policy;
  const greedy = new GreedyPolicy(spec, policy, policy, 1, acting);
  const seats = seatsOf(spec);
  const width = actionSize(spec.actionSpace);
  const actions = new Float32Array(seats * width);
  const masks = new Uint8Array(seats * maskSize(spec.actionSpace)).fill(1);
  const agent = new Int32Array(1);
  return {
    id,
    name: policy.name,
    ...(decisionIntervalTicks === undefined ? {} : { decisionIntervalTicks }),
    act(observations, seat, action) {
      agent[0] = seat;
      greedy.act({ observations, masks, actions }, agent, 1);
      for (let i = 0; i < width; i++) action[i] = actions[seat * width + i]!;
    },
  };
}

/** A scripted player, whose chance comes from `seed`, and differs from that of another seat. */
export function scriptedMatchPlayer(player: ScriptedPlayer, seed: number, seat = 0): MatchPlayer {
  const random = stream({ seed, purpose: 'matches', seat });
  return {
    id: player.id,
    name: player.name,
    act(observations, row, action) {
      const size = observations.length / 2;
      player.act(observations.subarray(row * size, (row + 1) * size), random, action);
    },
  };
}

/** Whether a player chooses at this tick of a rally, or goes on with what it chose before. */
export function choosesAt(
  tick: number,
  { decisionIntervalTicks }: MatchPlayer,
  simulation: Pick<Simulation, 'decisionIntervalTicks'>,
): boolean {
  return tick % (decisionIntervalTicks ?? simulation.decisionIntervalTicks) === 0;
}
