import { describe, expect, it } from 'vitest';
import { DecisionBatch, decisionShape, interruptions, PlaytrainError, type Simulation } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { balance } from '../balance/simulation';
import { swing } from '../swing/simulation';
import { counting } from './counting-simulation';
import { endingsKept } from './ending-ring';
import { heapGrowthPerCall } from './heap-growth';
import { createVectorEnvironment, environmentSpec } from './vector-environment';

function setUp(simulation: Simulation, arenas: number, seed = 1) {
  const environment = createVectorEnvironment(simulation, { arenas, seed });
  const batch = new DecisionBatch(decisionShape(environment.spec, arenas));
  return { environment, batch };
}

/** The counting simulation's counts, an arena each. */
function counts(environment: { readonly states: Float64Array }): number[] {
  return [...environment.states].filter((_, i) => i % 2 === 0);
}

describe('a vector environment', () => {
  it('gives an arena the same worlds whichever share of the run’s arenas it is in', () => {
    const together = createVectorEnvironment(balance, { arenas: 3, seed: 40 });
    for (let arena = 0; arena < 3; arena++) {
      const alone = createVectorEnvironment(balance, { arenas: 1, seed: 40, firstArena: arena });
      expect([...together.states.subarray(arena * 4, arena * 4 + 4)]).toEqual([...alone.states]);
    }
  });

  it('stands still until actions are in force', () => {
    const { environment } = setUp(counting, 2);
    environment.tick();
    expect(counts(environment)).toEqual([0, 0]);
    environment.applyActions(Float32Array.of(1, 2));
    environment.tick();
    environment.tick();
    expect(counts(environment)).toEqual([2, 4]);
    expect([...environment.episodeTicks]).toEqual([2, 2]);
  });

  it('sums each reward term over the ticks of a decision and starts anew with the next', () => {
    const { environment, batch } = setUp(counting, 2);
    environment.applyActions(Float32Array.of(1, -0.5));
    for (let tick = 0; tick < 3; tick++) environment.tick();
    environment.takeDecision(batch);
    expect([...batch.rewardTerms]).toEqual([3, 3, 3, -1.5]);
    environment.tick();
    environment.takeDecision(batch);
    expect([...batch.rewardTerms]).toEqual([1, 1, 1, -0.5]);
  });

  it('clips continuous actions to the space', () => {
    const { environment } = setUp(counting, 2);
    environment.applyActions(Float32Array.of(-7, 9));
    expect([...environment.actions]).toEqual([-1, 4]);
    environment.applyAction(0, Float32Array.of(Infinity));
    expect([...environment.actions]).toEqual([4, 4]);
  });

  it('resets an ended arena at once and reports its end until the decision is taken', () => {
    const { environment, batch } = setUp(counting, 2);
    environment.applyActions(Float32Array.of(4, 1));
    // 4, 8, 12: arena 0 terminates at the third tick; then it waits.
    for (let tick = 0; tick < 5; tick++) environment.tick();
    expect(counts(environment)).toEqual([0, 5]);
    expect([...environment.episodeTicks]).toEqual([0, 5]);
    environment.takeDecision(batch);
    expect([...batch.terminated]).toEqual([1, 0]);
    expect([...batch.truncated]).toEqual([0, 0]);
    expect(batch.finalObservations[0]).toBe(12);
    expect(batch.observations[0]).toBe(0);
    expect([...batch.rewardTerms]).toEqual([3, 12, 5, 5]);
    expect(batch.lengthTicks[0]).toBe(3);
    expect([...batch.interrupted]).toEqual([interruptions.none, interruptions.none]);
    environment.takeDecision(batch);
    expect([...batch.terminated]).toEqual([0, 0]);
  });

  it('truncates at the time limit, and sets both flags where the episode ends there anyway', () => {
    const { environment, batch } = setUp(counting, 2);
    // After 8 ticks: 8 × 1.25 = 10, which terminates; 8 × 0.5 = 4, which does not.
    environment.applyActions(Float32Array.of(1.25, 0.5));
    for (let tick = 0; tick < 8; tick++) environment.tick();
    environment.takeDecision(batch);
    expect([...batch.terminated]).toEqual([1, 0]);
    expect([...batch.truncated]).toEqual([1, 1]);
    expect([batch.finalObservations[0], batch.finalObservations[2]]).toEqual([10, 4]);
  });

  it('lets no action act in an episode it was not computed for', () => {
    const { environment, batch } = setUp(counting, 2);
    environment.applyActions(Float32Array.of(4, 0));
    environment.takeDecision(batch); // asked in arena 0's first episode
    for (let tick = 0; tick < 3; tick++) environment.tick(); // which ends
    environment.applyActions(Float32Array.of(3, 1)); // the answer: too late for arena 0
    environment.tick();
    expect(counts(environment)).toEqual([0, 1]);
    environment.takeDecision(batch); // asked in its second episode
    environment.tick();
    expect(counts(environment)).toEqual([0, 2]);
    environment.applyActions(Float32Array.of(2, 1));
    environment.tick();
    expect(counts(environment)).toEqual([2, 3]);
  });

  it('is same-step auto-reset in lockstep: no tick is lost, and no decision is empty', () => {
    const { environment, batch } = setUp(counting, 1);
    environment.takeDecision(batch);
    const lengths: number[] = [];
    for (let decision = 0; decision < 12; decision++) {
      environment.applyActions(Float32Array.of(4));
      environment.tick();
      environment.takeDecision(batch);
      expect(batch.rewardTerms[0]).toBe(1);
      if (batch.terminated[0] === 1) lengths.push(decision + 1);
    }
    expect(lengths).toEqual([3, 6, 9, 12]);
  });

  it('lets a person play on at once after an end', () => {
    const { environment } = setUp(counting, 2);
    environment.applyActions(Float32Array.of(4, 0));
    for (let tick = 0; tick < 3; tick++) environment.tick();
    environment.applyAction(0, Float32Array.of(2));
    environment.tick();
    expect(counts(environment)).toEqual([2, 0]);
  });

  it('credits no decision with what a person does before it has seen the episode, nor lets its answer act there', () => {
    const { environment, batch } = setUp(counting, 1);
    environment.applyActions(Float32Array.of(4));
    environment.takeDecision(batch);
    for (let tick = 0; tick < 3; tick++) environment.tick(); // 12: the episode ends
    environment.applyAction(0, Float32Array.of(2));
    environment.tick();
    environment.applyActions(Float32Array.of(3)); // the answer that was meant for the episode before
    environment.tick();
    expect(counts(environment)).toEqual([4]);
    const other = setUp(counting, 1).environment;
    other.restore(environment.save());
    other.takeDecision(batch);
    expect([...batch.rewardTerms]).toEqual([3, 12]);
    expect([batch.terminated[0], batch.lengthTicks[0], batch.finalObservations[0]]).toEqual([1, 3, 12]);
    other.applyActions(Float32Array.of(1));
    other.tick();
    expect(counts(other)).toEqual([5]);
    // Its end before it was seen is the decision’s neither.
    for (let tick = 0; tick < 5; tick++) {
      environment.applyAction(0, Float32Array.of(4));
      environment.tick();
    }
    environment.takeDecision(batch);
    expect([...batch.rewardTerms]).toEqual([3, 12]);
    expect(batch.lengthTicks[0]).toBe(3);
    expect(environment.takeEndings()).toHaveLength(3);
  });

  it('keeps the states before the last tick, equal where an arena was just reset or waits', () => {
    const { environment } = setUp(counting, 2);
    environment.applyActions(Float32Array.of(4, 1));
    environment.tick();
    environment.tick();
    expect([environment.previousStates[0], environment.states[0]]).toEqual([4, 8]);
    environment.tick();
    expect([...environment.previousStates.subarray(0, 2)]).toEqual([...environment.states.subarray(0, 2)]);
    expect([environment.previousStates[2], environment.states[2]]).toEqual([2, 3]);
    environment.tick();
    expect([...environment.previousStates.subarray(0, 2)]).toEqual([...environment.states.subarray(0, 2)]);
  });

  it('hands out each ending once, with the whole episode’s rewards', () => {
    const { environment, batch } = setUp(counting, 2);
    environment.applyActions(Float32Array.of(4, 1));
    for (let tick = 0; tick < 8; tick++) {
      environment.tick();
      // Taking decisions in between does not shorten the sums.
      if (tick === 1) environment.takeDecision(batch);
    }
    expect(environment.takeEndings()).toEqual([
      { arena: 0, terminated: true, truncated: false, lengthTicks: 3, rewardTerms: [3, 12] },
      { arena: 1, terminated: false, truncated: true, lengthTicks: 8, rewardTerms: [8, 8] },
    ]);
    expect(environment.takeEndings()).toEqual([]);
  });

  it('forgets the oldest endings when nobody takes them', () => {
    const { environment } = setUp({ ...counting, timeLimitTicks: 1 }, 1);
    for (let episode = 0; episode <= endingsKept; episode++) {
      // The first count is 0 and each later one tells which episode it was.
      environment.applyAction(0, Float32Array.of(episode === 0 ? 0 : 1));
      environment.tick();
    }
    const endings = environment.takeEndings();
    expect(endings.length).toBe(endingsKept);
    expect(endings[0]?.rewardTerms[1]).toBe(1);
  });

  it('goes on from a saved state exactly as it would have', () => {
    const play = (environment: ReturnType<typeof setUp>['environment'], seed: number) => {
      const random = SeededRandom.fromSeed(seed);
      const batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
      const seen: number[] = [];
      for (let tick = 0; tick < 700; tick++) {
        if (tick % 3 === 0) environment.takeDecision(batch);
        if (tick % 3 === 1) {
          environment.applyActions(batch.actions.map(() => 4 * random.uniform() - 2));
        }
        environment.tick();
        seen.push(environment.hash(), ...batch.rewardTerms, ...batch.truncated, ...batch.finalObservations);
      }
      return seen;
    };
    const { environment } = setUp(swing, 3);
    play(environment, 1);
    environment.tick();
    const saved = environment.save();
    const expected = play(environment, 2);
    const other = setUp(swing, 3, 99).environment;
    other.restore(saved);
    expect(play(other, 2)).toEqual(expected);
  });

  it('refuses a saved state of another shape and keeps its own', () => {
    const { environment } = setUp(balance, 2);
    const hash = environment.hash();
    expect(() => environment.restore(setUp(balance, 3).environment.save())).toThrow(
      'The saved environment’s “states” has 12 numbers where 2 arenas of “balance” need 8',
    );
    expect(environment.hash()).toBe(hash);
  });

  it('hashes alike exactly where seed and actions are alike', () => {
    const run = (seed: number, action: number) => {
      const { environment } = setUp(balance, 4, seed);
      environment.applyActions(new Float32Array(4).fill(action));
      for (let tick = 0; tick < 5; tick++) environment.tick();
      return environment.hash();
    };
    expect(run(1, 0)).toBe(run(1, 0));
    expect(run(1, 0)).not.toBe(run(2, 0));
    expect(run(1, 0)).not.toBe(run(1, 1));
  });

  it('writes masks, one row an arena', () => {
    const masked: Simulation = {
      ...counting,
      actionSpace: { kind: 'discrete', count: 3, labels: ['a', 'b', 'c'], masked: true },
      mask(state, mask) {
        for (let i = 0; i < 3; i++) mask[i] = state[0] === i ? 0 : 1;
      },
    };
    const { environment, batch } = setUp(masked, 2);
    environment.applyActions(Float32Array.of(1, 2));
    environment.tick();
    environment.takeDecision(batch);
    expect([...batch.masks]).toEqual([1, 0, 1, 1, 1, 0]);
  });

  it('puts the parts of an action in force one by one: axes clipped, choices as they are or refused', () => {
    const parts: Simulation = {
      ...counting,
      actionSpace: {
        kind: 'product',
        parts: [
          { name: 'stick', kind: 'continuous', size: 1, names: ['x'], low: [-1], high: [1] },
          { name: 'jump', kind: 'discrete', count: 2, labels: ['stay', 'jump'] },
        ],
      },
    };
    const { environment } = setUp(parts, 2);
    environment.applyActions(Float32Array.of(3, 1, -0.5, 0));
    expect([...environment.actions]).toEqual([1, 1, -0.5, 0]);
    expect(() => environment.applyActions(Float32Array.of(0, 0.5, 0, 0))).toThrow(
      'is choice 0.5 at component 1; the choices are 0 to 1.',
    );
  });

  it('begins one arena anew from a seed as a match of that seed begins, and truncates what ran there', () => {
    const { environment, batch } = setUp(balance, 2);
    environment.applyActions(Float32Array.of(1, 1));
    environment.tick();
    const other = environment.states.slice(balance.stateSize);
    environment.restartArena(0, 77);
    const fresh = new Float64Array(balance.stateSize);
    balance.reset(fresh, SeededRandom.fromSeed(77));
    expect(environment.states.subarray(0, balance.stateSize)).toEqual(fresh);
    expect(environment.states.subarray(balance.stateSize)).toEqual(other);
    expect(environment.takeEndings()).toMatchObject([{ arena: 0, truncated: true, lengthTicks: 1 }]);

    // An answer that was under way was meant for the episode that is gone.
    environment.applyActions(Float32Array.of(1, 1));
    environment.tick();
    expect([...environment.episodeTicks]).toEqual([0, 2]);
    environment.takeDecision(batch);
    expect([...batch.truncated]).toEqual([1, 0]);
    expect([...batch.interrupted]).toEqual([interruptions.restart, interruptions.none]);
    expect(batch.lengthTicks[0]).toBe(1);
    environment.takeDecision(batch);
    expect([...batch.interrupted]).toEqual([interruptions.none, interruptions.none]);
    environment.applyActions(Float32Array.of(1, 1));
    environment.tick();
    expect([...environment.episodeTicks]).toEqual([1, 3]);
    expect(() => environment.restartArena(2, 1)).toThrow('Arena 2 cannot begin anew');
  });

  it('allocates nothing between an episode’s start and its end', () => {
    const endless: Simulation = { ...counting, timeLimitTicks: 1e9 };
    const { environment, batch } = setUp(endless, 4);
    const growth = heapGrowthPerCall(() => {
      environment.tick();
      environment.takeDecision(batch);
      environment.applyActions(batch.actions);
    });
    expect(growth).toBe(0);
  });

  it('refuses what it cannot set up or apply, in a sentence', () => {
    expect(() => createVectorEnvironment(balance, { arenas: 0, seed: 1 })).toThrow(PlaytrainError);
    expect(() => createVectorEnvironment(balance, { arenas: 1, seed: 0.5 })).toThrow(PlaytrainError);
    const unmasked: Simulation = {
      ...counting,
      actionSpace: { kind: 'discrete', count: 1, labels: ['a'], masked: true },
    };
    expect(() => createVectorEnvironment(unmasked, { arenas: 1, seed: 1 })).toThrow('has no mask function');

    const { environment } = setUp(balance, 2);
    expect(() => environment.applyActions(Float32Array.of(1))).toThrow('send 2.');
    expect(() => environment.applyActions(Float32Array.of(0, 2))).toThrow('the choices are 0 to 1.');
    expect(() => environment.applyActions(Float32Array.of(0, Number.NaN))).toThrow(PlaytrainError);
    expect(() => environment.applyAction(2, Float32Array.of(0))).toThrow('There is no agent 2');
    expect(() => environment.applyAction(0, Float32Array.of(0, 0))).toThrow('takes 1.');
    expect(() => setUp(swing, 1).environment.applyActions(Float32Array.of(Number.NaN))).toThrow(
      'it must be a number.',
    );
  });
});

describe('environmentSpec', () => {
  it('is plain data that can be sent to a worker', () => {
    const spec = environmentSpec(balance);
    expect(structuredClone(spec)).toEqual(spec);
    expect(spec.game).toBe('balance');
  });
});
