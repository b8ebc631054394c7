import { describe, expect, it } from 'vitest';
import type { ScriptedPlayer } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { seats, volleyState } from './court';
import { volleyScriptedPlayers } from './scripted-players';
import { volley } from './simulation';

const [pebble, steady, hawk] = volleyScriptedPlayers as [ScriptedPlayer, ScriptedPlayer, ScriptedPlayer];

interface Tally {
  readonly wonLeft: number;
  readonly wonRight: number;
  readonly wonByServer: number;
  readonly undecided: number;
  readonly crossings: readonly number[];
}

/** Rallies between two players, half of them with `player` on the left, the other half with it on the right. */
function meet(player: ScriptedPlayer, other: ScriptedPlayer, rallies: number, seed: number): Tally {
  const random = SeededRandom.fromSeed(seed);
  const chance = SeededRandom.fromSeed(seed + 1);
  const state = new Float64Array(volley.stateSize);
  const size = volley.observationSpace.size;
  const observations = new Float32Array(2 * size);
  const actions = new Float32Array(4);
  const terms = new Float64Array(2 * volley.rewardTerms.length);
  const won = [0, 0];
  let wonByServer = 0;
  let undecided = 0;
  const crossings: number[] = [];

  for (let rally = 0; rally < rallies; rally++) {
    volley.reset(state, random);
    const own = rally % 2 === 0 ? seats.left : seats.right;
    const server = state[volleyState.ballX]! < 0 ? seats.left : seats.right;
    let ended = false;
    for (let tick = 0; tick < volley.timeLimitTicks && !ended; tick++) {
      if (tick % volley.decisionIntervalTicks === 0) {
        volley.observe(state, observations);
        for (const seat of [seats.left, seats.right]) {
          const observation = observations.subarray(seat * size, (seat + 1) * size);
          const action = actions.subarray(2 * seat, 2 * seat + 2);
          (seat === own ? player : other).act(observation, chance, action);
        }
      }
      ended = volley.step(state, actions, terms);
    }
    crossings.push(state[volleyState.crossings]!);
    const winner = state[volleyState.winner]!;
    if (winner < 0) undecided++;
    if (winner === own) won[own] = won[own]! + 1;
    if (winner === server) wonByServer++;
  }
  crossings.sort((a, b) => a - b);
  return { wonLeft: won[0]!, wonRight: won[1]!, wonByServer, undecided, crossings };
}

describe('The scripted players', () => {
  it.each([
    [steady, pebble],
    [hawk, steady],
  ])('are ordered: $id wins 3 rallies of 4 on either side', (player, other) => {
    const { wonLeft, wonRight } = meet(player, other, 500, 11);
    expect(wonLeft).toBeGreaterThanOrEqual(0.75 * 250);
    expect(wonRight).toBeGreaterThanOrEqual(0.75 * 250);
  });

  it('rally, and their rallies end, the strongest against itself over 4 to 10 crossings', () => {
    const { crossings, undecided, wonByServer } = meet(hawk, hawk, 300, 12);
    const median = crossings[150]!;
    expect(median).toBeGreaterThanOrEqual(4);
    expect(median).toBeLessThanOrEqual(10);
    expect(undecided).toBeLessThan(30);
    // Neither serving nor receiving wins by itself.
    expect(Math.abs(wonByServer / (300 - undecided) - 0.5)).toBeLessThan(0.1);
  });

  it('neither serve nor receive better against an equal of middling strength', () => {
    const { undecided, wonByServer } = meet(steady, steady, 300, 13);
    expect(Math.abs(wonByServer / (300 - undecided) - 0.5)).toBeLessThan(0.1);
  });

  it('choose within the action space and remember nothing', () => {
    const observations = new Float32Array(2 * volley.observationSpace.size);
    const observation = observations.subarray(0, volley.observationSpace.size);
    const { low, high } = volley.observationSpace;
    const random = SeededRandom.fromSeed(14);
    const first = new Float32Array(2);
    const again = new Float32Array(2);
    for (let i = 0; i < 2000; i++) {
      observation.forEach((_, component) => {
        const share = random.uniform();
        observation[component] = low[component]! + share * (high[component]! - low[component]!);
      });
      for (const player of volleyScriptedPlayers) {
        player.act(observation, SeededRandom.fromSeed(i), first);
        expect([0, 1, 2]).toContain(first[0]);
        expect([0, 1]).toContain(first[1]);
        // Other players have been asked about other courts since; equal chance gives an equal answer.
        again.fill(Number.NaN);
        player.act(observation, SeededRandom.fromSeed(i), again);
        expect(again).toEqual(first);
      }
    }
  });

  it('carry ids of their own, weakest first', () => {
    expect(volley.scriptedPlayers?.map(({ id }) => id)).toEqual(['bot-pebble', 'bot-steady', 'bot-hawk']);
  });
});
