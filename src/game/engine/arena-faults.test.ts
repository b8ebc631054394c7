import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecisionBatch, decisionShape, interruptions, PlaytrainError, type Simulation } from '../../contract';
import { mostFaultsInARow } from './arena-faults';
import { counting } from './counting-simulation';
import { createVectorEnvironment } from './vector-environment';

const ways = ['step', 'observe', 'mask', 'observation', 'reward', 'final observation'] as const;
type Way = (typeof ways)[number];

/** A start that no other arena has tells the rules which arena they are in. */
const startOf = (state: Float64Array) => state[1]!;

/**
 * Counting, masked, whose rules go wrong in the way and at the count that `breaks` says, by an episode's start. What
 * the action adds is choice 0, 1 or 2.
 */
function breaking(
  breaks: (start: number) => { readonly way: Way; readonly count: number } | null,
): Simulation {
  const goesWrong = (state: Float64Array, way: Way) => {
    const plan = breaks(startOf(state));
    return plan !== null && plan.way === way && state[0]! >= plan.count;
  };
  return {
    ...counting,
    actionSpace: { kind: 'discrete', count: 3, labels: ['0', '1', '2'], masked: true },
    timeLimitTicks: 20,
    step(state, action, rewardTerms) {
      const terminated = counting.step(state, action, rewardTerms);
      if (goesWrong(state, 'step')) throw new Error('no such key');
      if (goesWrong(state, 'reward')) rewardTerms[0] = Number.NaN;
      return terminated;
    },
    observe(state, observations) {
      counting.observe(state, observations);
      if (goesWrong(state, 'observe')) throw new Error('no such key');
      if (goesWrong(state, 'observation')) observations[1] = Number.POSITIVE_INFINITY;
      if (state[0]! >= 10 && goesWrong(state, 'final observation')) observations[0] = Number.NaN;
    },
    mask(state, masks) {
      masks.fill(1);
      if (goesWrong(state, 'mask')) throw new Error('no such key');
    },
  };
}

const arenas = 4;
const seed = 8;

/** Plays, taking a decision every other tick, and says what each decision brought and which state followed. */
function play(simulation: Simulation, decisions: number) {
  const environment = createVectorEnvironment(simulation, { arenas, seed });
  const batch = new DecisionBatch(decisionShape(environment.spec, arenas));
  return Array.from({ length: decisions }, (_, decision) => {
    environment.takeDecision(batch);
    const rows = Array.from({ length: arenas }, (_, arena) => ({
      observation: [...batch.observations.subarray(2 * arena, 2 * arena + 2)],
      final: [...batch.finalObservations.subarray(2 * arena, 2 * arena + 2)],
      rewards: [...batch.rewardTerms.subarray(2 * arena, 2 * arena + 2)],
      terminated: batch.terminated[arena],
      truncated: batch.truncated[arena],
      interrupted: batch.interrupted[arena],
      state: [...environment.states.subarray(2 * arena, 2 * arena + 2)],
    }));
    environment.applyActions(batch.actions.map((_, arena) => (decision + arena) % 3));
    environment.tick();
    environment.tick();
    return { rows, faults: environment.takeFaults() };
  });
}

/** Where each arena's first episode begins. */
const starts = Array.from(
  { length: arenas },
  (_, arena) => createVectorEnvironment(counting, { arenas, seed }).states[2 * arena + 1]!,
);

const plans = fc.record({
  arena: fc.nat(arenas - 1),
  way: fc.constantFrom(...ways),
  // Seen at a decision before the episode ends at 10, by steps of at most 4.
  count: fc.integer({ min: 1, max: 5 }),
});

describe('an arena that goes wrong', () => {
  it('is begun anew, told of and marked; no number that is none leaves, and the other arenas never notice', () => {
    const sound = play(
      breaking(() => null),
      30,
    );
    fc.assert(
      fc.property(plans, ({ arena, way, count }) => {
        const begun = starts[arena];
        const broken = play(
          breaking((start) => (start === begun ? { way, count } : null)),
          30,
        );
        const faults = broken.flatMap((decision) => decision.faults);
        expect(faults).toHaveLength(1);
        expect(faults[0]?.arena).toBe(arena);
        expect(faults[0]?.kind).toBe(
          way === 'step' || way === 'observe' || way === 'mask' ? 'threw' : 'notFinite',
        );
        const others = (decisions: typeof sound) =>
          decisions.map(({ rows }) => rows.filter((_, other) => other !== arena));
        expect(others(broken)).toEqual(others(sound));
        const rows = broken.flatMap((decision) => decision.rows);
        const numbers = rows.flatMap((row) => [...row.observation, ...row.final, ...row.rewards]);
        expect(numbers.every(Number.isFinite)).toBe(true);
        const marked = rows.filter(({ interrupted }) => interrupted !== interruptions.none);
        expect(marked).toMatchObject([
          { interrupted: interruptions.fault, terminated: 0, truncated: 1, rewards: [0, 0] },
        ]);
        expect(marked[0]?.observation[0]).toBe(0);
        expect(marked[0]?.state[1]).not.toBe(begun);
      }),
      { numRuns: 200 },
    );
  });

  it('says in a sentence which it was and what it gave', () => {
    const of = (way: Way) => {
      const broken = play(
        breaking((start) => (start === starts[2] ? { way, count: 3 } : null)),
        10,
      );
      return broken.flatMap(({ faults }) => faults)[0]?.message;
    };
    expect(of('step')).toMatch(/^Arena 2 stopped with an error \(no such key\)\. It was begun anew/);
    expect(of('reward')).toMatch(/^Arena 2 gave NaN as reward term “tick”, where numbers must be finite/);
    expect(of('observation')).toContain('gave Infinity as observation component 1 (start)');
    expect(of('final observation')).toContain('gave NaN as final observation’s component 0 (count)');
  });

  it('is given up when it never goes right, but not while episodes end as they should in between', () => {
    const always = breaking(() => ({ way: 'step', count: 2 }));
    expect(() => play(always, 60)).toThrow(PlaytrainError);
    expect(() => play(always, 60)).toThrow(`has gone wrong ${mostFaultsInARow + 1} times in a row`);
    const often = breaking((start) => (start < 0.2 ? { way: 'step', count: 2 } : null));
    const faults = play(often, 600).flatMap((decision) => decision.faults);
    expect(faults.length).toBeGreaterThan(4 * mostFaultsInARow);
  });

  it('is given up at once where even its first observation is none', () => {
    const hopeless = breaking(() => ({ way: 'observation', count: 0 }));
    expect(() => play(hopeless, 1)).toThrow('at an episode’s very start, so it cannot even be begun anew');
  });

  it('keeps no more news than somebody would read where nobody takes them', () => {
    const often = breaking((start) => (start < 0.2 ? { way: 'step', count: 2 } : null));
    const environment = createVectorEnvironment(often, { arenas, seed });
    const batch = new DecisionBatch(decisionShape(environment.spec, arenas));
    for (let decision = 0; decision < 5_000; decision++) {
      environment.takeDecision(batch);
      environment.applyActions(batch.actions.fill(2));
      environment.tick();
    }
    expect(environment.takeFaults()).toHaveLength(256);
    expect(environment.takeFaults()).toEqual([]);
  });
});
