import { expect, it } from 'vitest';
import type { EnvironmentSpec, ScriptedPlayer } from '../src/contract';
import { SeededRandom } from '../src/random/seeded-random';
import { MetScripted } from './met-scripted';

const rewardTerms = ['hit', 'win'].map((name) => ({ name, description: '', defaultWeight: 1 }));
const spec = { rewardTerms, winTerm: 'win' } as unknown as EnvironmentSpec;
const player = (id: string): ScriptedPlayer => ({
  id,
  name: id,
  summary: '',
  act: (_seen, _random, action) => action.fill(3),
});

it('whoever acted in an episode was met there, and the other seat’s wins are the agent’s', () => {
  const met = new MetScripted([player('easy'), player('hard')], spec);
  const action = new Float32Array(1);
  const play = (who: number, seat: number) =>
    met.players[who]!.act(new Float32Array(1), SeededRandom.fromSeed(1), action, seat);
  // [hit, win] of the first seat, then of the second.
  const firstWins = { rewardTerms: [5, 1, 9, 0] };

  play(1, 1);
  expect(action[0]).toBe(3);
  expect(met.of(firstWins)).toEqual({ against: { opponent: 'hard', outcome: 1 } });
  // Nobody has acted since.
  expect(met.of(firstWins)).toEqual({});
  play(0, 0);
  expect(met.of(firstWins)).toEqual({ against: { opponent: 'easy', outcome: -1 } });
  play(0, 0);
  expect(met.of({ rewardTerms: [5, 0, 9, 0] })).toEqual({ against: { opponent: 'easy', outcome: 0 } });
});
