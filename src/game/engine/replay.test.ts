import { describe, expect, it } from 'vitest';
import { DecisionBatch, decisionShape, PlaytrainError, type Simulation } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { balance } from '../balance/simulation';
import { swing } from '../swing/simulation';
import { createRecorder, playReplay, type Replay } from './replay';

/** A run with late answers, a person in arena 1 and calls after the last tick. */
function recorded(): { replay: Replay; finalHash: number } {
  const { environment, replay } = createRecorder(balance, { arenas: 3, seed: 5, hashEveryTicks: 50 });
  const batch = new DecisionBatch(decisionShape(environment.spec, 3));
  const random = SeededRandom.fromSeed(6);
  for (let tick = 0; tick < 420; tick++) {
    if (tick % 4 === 0) environment.takeDecision(batch);
    if (tick % 4 === 2) environment.applyActions(batch.actions.map(() => random.below(2)));
    if (tick > 200) environment.applyAction(1, Float32Array.of(tick % 2));
    environment.tick();
  }
  environment.takeDecision(batch);
  return { replay: replay(), finalHash: environment.hash() };
}

describe('a replay', () => {
  it('leads to the same states again, through JSON and back', () => {
    const { replay, finalHash } = recorded();
    const played = playReplay(balance, JSON.parse(JSON.stringify(replay)) as Replay);
    expect(played.hash()).toBe(finalHash);
    expect(replay.hashes.map(({ tick }) => tick)).toEqual([50, 100, 150, 200, 250, 300, 350, 400]);
  });

  it('refuses to be played in another game', () => {
    expect(() => playReplay(swing, recorded().replay)).toThrow(
      'This replay is of “balance” and cannot be played in “swing”; choose that game first.',
    );
  });

  it('finds an action that was altered, at the next hash', () => {
    const { replay } = recorded();
    let seen = 0;
    const calls = replay.calls.map((call) =>
      call.kind === 'actions' && seen++ === 21
        ? { ...call, actions: call.actions.map((action) => 1 - action) }
        : call,
    );
    // Call 21 stands at tick 86.
    expect(() => playReplay(balance, { ...replay, calls })).toThrow('after 100 ticks');
  });

  it('finds rules that changed in the last bit', () => {
    const heavier: Simulation = {
      ...balance,
      step(state, action, rewardTerms) {
        const terminated = balance.step(state, action, rewardTerms);
        state[1] = state[1]! * (1 + Number.EPSILON);
        return terminated;
      },
    };
    expect(() => playReplay(heavier, recorded().replay)).toThrow(PlaytrainError);
    expect(() => playReplay(heavier, recorded().replay)).toThrow('after 50 ticks');
  });

  it('finds calls beyond its end and a final hash that differs', () => {
    const { replay } = recorded();
    const calls = [...replay.calls, { tick: replay.ticks + 1, kind: 'decision' } as const];
    expect(() => playReplay(balance, { ...replay, calls })).toThrow('beyond its 420 ticks');
    expect(() => playReplay(balance, { ...replay, finalHash: 1 })).toThrow('00000001 was recorded');
  });

  it('cannot jump while it is recorded', () => {
    const { environment } = createRecorder(balance, { arenas: 1, seed: 1, hashEveryTicks: 10 });
    expect(() => environment.restore(environment.save())).toThrow(PlaytrainError);
  });
});
