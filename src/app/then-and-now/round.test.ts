import { describe, expect, it } from 'vitest';
import { firstTrainingState } from '../../agent/first-state';
import { GreedyPolicy } from '../../agent/greedy-policy';
import { rewardWeightsOf } from '../../agent/reward-weights';
import { seatsOf } from '../../contract';
import { games, loadGame } from '../../game/catalogue';
import { SeededSimulation } from '../../game/engine/seeded-worlds';
import { createVectorEnvironment } from '../../game/engine/vector-environment';
import { Round } from './round';

/** A round of a game, played by a policy that has learned nothing. */
async function roundOf(game: string) {
  const { simulation, presets } = await loadGame(game);
  const worlds = new SeededSimulation(simulation);
  const { spec } = worlds;
  const state = firstTrainingState(spec, presets.fast);
  const policy = { ...state, observations: null };
  const greedy = new GreedyPolicy(spec, presets.fast, policy, 2);
  const agents = Int32Array.of(0, 1);
  const opponent = seatsOf(spec) === 2 ? (worlds.scripted[0] ?? null) : null;
  const round = new Round(worlds, { weights: rewardWeightsOf(spec, presets.fast), opponent });
  const { size } = spec.observationSpace;
  round.seat(
    (questions) => greedy.act(questions, agents, questions.observations.length / size),
    presets.fast.decisionIntervalTicks,
  );
  return { round, worlds };
}

/** What is seen of a round that is played to its end. */
function played({ round, worlds }: Awaited<ReturnType<typeof roundOf>>, seed: number) {
  round.begin(seed);
  const first = [...worlds.state];
  while (!round.isOver) round.tick();
  return { first, last: [...worlds.state], ticks: round.ticks, score: round.score };
}

describe.each(games.map(({ id }) => id))('a round of %s', (game) => {
  it('is the same from the same seed, however many were played before, and another from another', async () => {
    const one = await roundOf(game);
    const other = await roundOf(game);
    played(other, 2);
    expect(played(other, 7)).toEqual(played(one, 7));
    expect(played(one, 8).first).not.toEqual(played(one, 9).first);
  });

  it('begins where the first arena of a run with that seed does', async () => {
    const { simulation } = await loadGame(game);
    const { round, worlds } = await roundOf(game);
    round.begin(7);
    expect([...worlds.state]).toEqual([
      ...createVectorEnvironment(simulation, { arenas: 1, seed: 7 }).states,
    ]);
  });

  it('stays as it is once it is over, and ends within the game’s time', async () => {
    const both = await roundOf(game);
    const { last, score, ticks } = played(both, 7);
    both.round.tick();
    expect([...both.worlds.state]).toEqual(last);
    expect(both.round.score).toBe(score);
    expect(both.round.ticks).toBe(ticks);
    expect(ticks).toBeLessThanOrEqual(both.worlds.spec.timeLimitTicks);
    expect(Number.isFinite(score)).toBe(true);
  });
});
