import { describe, expect, it } from 'vitest';
import { type Earning, each, gain, when } from './earnings';

interface Scene {
  score: number;
  isDead: boolean;
}

/** What an earning pays for each of some scenes in a row, after an episode that began with the first. */
function paid(
  earning: Earning<Scene>,
  [start, ...scenes]: readonly [Scene, ...Scene[]],
  every = 4,
): number[] {
  const meter = earning.meter(start, every, 0);
  return scenes.map(meter);
}

const at = (score: number, isDead = false): Scene => ({ score, isDead });

describe('an earning', () => {
  it('by gain pays what a counter rises by, and costs what it falls by', () => {
    expect(
      paid(
        gain((s) => s.score),
        [at(7), at(7), at(9), at(8)],
      ),
    ).toEqual([0, 2, -1]);
  });

  it('by when pays once each time that something becomes true', () => {
    const dead = when((s: Scene) => s.isDead, -1);
    expect(dead.weight).toBe(-1);
    const lives = [at(0, true), at(0, true), at(0), at(0, true), at(0, true), at(0), at(0, true)] as const;
    expect(paid(dead, lives)).toEqual([0, 0, 1, 0, 0, 1]);
  });

  it('by each pays a decision’s amount over its steps', () => {
    const alive = each<Scene>(0.01);
    // Four steps a decision, a quarter each; a hundredth is its weight.
    expect([alive.weight, ...paid(alive, [at(0), at(0), at(0)])]).toEqual([0.01, 0.25, 0.25]);
    expect(
      paid(
        each((s) => s.score),
        [at(1), at(2), at(8)],
      ),
    ).toEqual([0.5, 2]);
  });
});
