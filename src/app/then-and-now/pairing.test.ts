import { describe, expect, it } from 'vitest';
import { balanceRules } from '../../game/balance/rules';
import { SeededSimulation } from '../../game/engine/seeded-worlds';
import { Pairing } from './pairing';
import type { SidePicture } from './side-picture';

const frameMs = 1_000 / 60;

/** Two that push the cart one way, as a choice of each; drawn nowhere. */
function pairing(choices: readonly [number, number]) {
  const pictureOf = (): SidePicture => ({
    worlds: new SeededSimulation(balanceRules.simulation),
    show: async () => {},
    draws: () => {},
    end: () => {},
  });
  const weights = balanceRules.simulation.rewardTerms.map(({ defaultWeight }) => defaultWeight);
  const pair = new Pairing({
    pictures: [pictureOf(), pictureOf()],
    weights,
    opponents: [null, null],
    seed: 5,
  });
  for (const [side, round] of pair.rounds.entries()) {
    round.seat(({ actions }) => actions.fill(choices[side] ?? 0), 1);
  }
  return pair;
}

/** Lets frames pass until `isThere`. @returns how many. */
function until(pair: Pairing, isThere: () => boolean, fromMs = 0): number {
  for (let frame = 0; frame < 10_000; frame++) {
    if (isThere()) return frame;
    pair.frame(fromMs + frame * frameMs);
  }
  throw new Error('It does not come.');
}

describe('two beside each other', () => {
  it('come to the same at each moment where they play alike', async () => {
    const pair = pairing([1, 1]);
    await pair.show();
    const [left, right] = pair.rounds;
    until(pair, () => {
      expect(left.score).toBe(right.score);
      expect(left.ticks).toBe(right.ticks);
      return left.isOver;
    });
    expect(left.ticks).toBeGreaterThan(5);
  });

  it('wait for each other, and begin anew together from the next seed, with what they came to', async () => {
    const pair = pairing([0, 1]);
    await pair.show();
    expect(pair.seed).toBe(5);
    const [left, right] = pair.rounds;
    const frames = until(pair, () => left.isOver && right.isOver);
    const scores = [left.score, right.score];
    until(pair, () => pair.seed === 6, frames * frameMs);
    expect(pair.results).toEqual(scores.map((score) => [score]));
    expect([left.ticks, right.ticks]).toEqual([0, 0]);
  });

  it('stand still while they are paused, and forget what they came to where somebody chooses a seed', async () => {
    const pair = pairing([0, 1]);
    await pair.show();
    until(pair, () => pair.seed === 6);
    pair.isRunning = false;
    const before = pair.rounds.map(({ ticks }) => ticks);
    for (let frame = 0; frame < 100; frame++) pair.frame(1e6 + frame * frameMs);
    expect(pair.rounds.map(({ ticks }) => ticks)).toEqual(before);
    pair.beginFrom(42);
    expect(pair.seed).toBe(42);
    expect(pair.results).toEqual([[], []]);
  });
});
