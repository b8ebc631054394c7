import '../src/phaser/stand-ins';
import type Phaser from 'phaser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { liveGames } from '../examples/live-games';
import type { LiveParts } from '../src/app/games/live-listings';
import { Round } from '../src/app/then-and-now/round';
import { actionLayout, seatsOf } from '../src/contract';
import { Ambience } from '../src/phaser/ambience';
import { startHeadless } from '../src/phaser/headless-game';
import { SeededLive } from '../src/phaser/seeded-live';
import { SeededRandom } from '../src/random/seeded-random';

/** Seconds of a game are enough to see whether two part. */
const mostTicks = 600;

let open: Phaser.Game[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const game of open) {
    game.destroy(true);
    game.headlessStep(0, 0);
  }
  open = [];
});

/** A copy of a game, of which nobody knows how long it took to start. */
async function copyOf({ config, definition }: LiveParts, seed: number): Promise<Round> {
  const ambience = new Ambience(SeededRandom.fromSeed(seed));
  const game = await startHeadless(config, seed, ambience);
  open.push(game);
  const worlds = await SeededLive.open(game, definition, ambience);
  const { components } = actionLayout(worlds.spec.actionSpace);
  const opponent = seatsOf(worlds.spec) === 2 ? (worlds.scripted[0] ?? null) : null;
  const round = new Round(worlds, { weights: worlds.spec.rewardTerms.map(() => 1), opponent });
  const { size } = worlds.spec.observationSpace;
  // By what is seen, so that what differs once differs from then on.
  round.seat(({ observations, actions }) => {
    for (let i = 0; i < actions.length; i++) {
      const component = components[i % components.length]!;
      const agent = Math.floor(i / components.length);
      const row = observations.subarray(agent * size, (agent + 1) * size);
      const sum = row.reduce((total, seen) => total + Math.abs(seen), 0);
      const part = (1_000 * sum + 7 * i) % 1;
      actions[i] =
        component.kind === 'axis'
          ? component.low + part * (component.high - component.low)
          : Math.floor(part * component.count);
    }
  }, definition.every);
  return round;
}

/** What a round comes to, tick by tick. */
function played(round: Round, seed: number): number[] {
  const trace: number[] = [];
  round.begin(seed);
  while (!round.isOver && round.ticks < mostTicks) {
    round.tick();
    trace.push(round.score, ...round.inForce);
  }
  return trace;
}

describe.each(Object.keys(liveGames))('a copy of %s', (name) => {
  it('comes to the same as another that begins from the same seeds and is played alike', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    const parts = (await liveGames[name]!()) as unknown as LiveParts;
    const one = await copyOf(parts, 1);
    const first = [played(one, 7), played(one, 7), played(one, 8)];
    const other = await copyOf(parts, 2);
    expect([played(other, 7), played(other, 7), played(other, 8)]).toEqual(first);
    expect(first[0]!.length).toBeGreaterThan(20);
  });
});
