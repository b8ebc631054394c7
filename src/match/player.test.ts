import { describe, expect, it } from 'vitest';
import { isSimdAvailable } from '../agent/analytic-trainer';
import { GreedyPolicy } from '../agent/greedy-policy';
import { initialiseParameters, policyLayout } from '../agent/policy';
import type { PolicyData } from '../agent/policy-file';
import type { ScriptedPlayer } from '../contract';
import { environmentSpec } from '../game/engine/vector-environment';
import { volley } from '../game/volley/simulation';
import { SeededRandom } from '../random/seeded-random';
import { playMatch } from './play-match';
import { policyPlayer, scriptedMatchPlayer } from './player';
import { verifyRecord } from './replay';
import { duel } from './testing/duel';
import { puller, wildPlayer } from './testing/pullers';

function randomPolicy(seed: number): PolicyData {
  const spec = environmentSpec(volley);
  const sizes = { hiddenSizes: [16], activation: 'tanh' as const };
  const random = SeededRandom.fromSeed(seed);
  const parameters = initialiseParameters(policyLayout(spec, sizes), random, 0);
  // Policies are drawn nearly indifferent; these ones have opinions.
  for (let i = 0; i < parameters.length; i++) parameters[i] = parameters[i]! + 0.5 * random.normal();
  const size = spec.observationSpace.size;
  const observations = {
    count: 100,
    mean: Array.from({ length: size }, () => random.normal()),
    variance: Array.from({ length: size }, () => 0.5 + random.uniform()),
  };
  return { spec, ...sizes, name: `Random ${seed}`, version: 1, decisions: 0, seed, parameters, observations };
}

describe('a policy as a player', () => {
  it('answers for each seat from its own row, by the likeliest action', () => {
    const policy = randomPolicy(1);
    const player = policyPlayer('random', policy);
    const greedy = new GreedyPolicy(policy.spec, policy, policy, 2);
    const random = SeededRandom.fromSeed(9);
    const seen = new Set<string>();
    for (let decision = 0; decision < 50; decision++) {
      const observations = Float32Array.from({ length: 2 * 17 }, () => random.normal());
      const actions = new Float32Array(4);
      greedy.act({ observations, masks: new Uint8Array(0), actions }, Int32Array.of(0, 1), 2);
      for (const seat of [0, 1] as const) {
        const action = new Float32Array(2);
        player.act(observations, seat, action);
        expect([...action]).toEqual([...actions.subarray(2 * seat, 2 * seat + 2)]);
        seen.add(action.join());
      }
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it('plays matches that repeat, and whose records lead to the same score', () => {
    const play = () =>
      playMatch(volley, [policyPlayer('a', randomPolicy(1)), policyPlayer('b', randomPolicy(2))], 4, 3);
    const { score, record } = play();
    expect(play().record).toEqual(record);
    expect(verifyRecord(volley, record)).toEqual(score);
  });

  it.runIf(isSimdAvailable())('plays alike in WebAssembly and in JavaScript', () => {
    const seats = (acting: 'wasm' | 'cpu') =>
      playMatch(volley, [policyPlayer('a', randomPolicy(3), acting), wildPlayer(1)], 4, 2);
    expect(seats('wasm').record.actions).toBe(seats('cpu').record.actions);
  });
});

describe('a scripted player', () => {
  const dice: ScriptedPlayer = {
    id: 'dice',
    name: 'Dice',
    summary: 'Throws a dice.',
    act(observation, random, action) {
      action[0] = Math.floor(3 * random.uniform());
      action[1] = observation[0]! > 0 ? 1 : 0;
    },
  };

  it('draws its chance from its own seed', () => {
    const play = (seed: number) =>
      playMatch(duel, [scriptedMatchPlayer(dice, seed), puller(1)], 1, 3).record.actions;
    expect(play(1)).toBe(play(1));
    expect(play(1)).not.toBe(play(2));
  });

  it('sees its own seat’s row', () => {
    const player = scriptedMatchPlayer(dice, 1);
    const action = new Float32Array(2);
    const observations = Float32Array.of(5, 0, -5, 0);
    player.act(observations, 0, action);
    expect(action[1]).toBe(1);
    player.act(observations, 1, action);
    expect(action[1]).toBe(0);
  });
});
