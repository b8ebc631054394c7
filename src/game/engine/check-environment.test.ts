import { describe, expect, it } from 'vitest';
import type { ProductPart, Simulation } from '../../contract';
import { checkEnvironment } from './check-environment';
import { counting } from './counting-simulation';

const masked: Simulation = {
  ...counting,
  game: 'masked',
  actionSpace: {
    kind: 'multiDiscrete',
    counts: [2, 3],
    labels: [
      ['a', 'b'],
      ['c', 'd', 'e'],
    ],
    masked: true,
  },
  mask(state, mask) {
    mask.fill(1);
    // The second choice's last option is forbidden at the start.
    if (state[0] === 0) mask[4] = 0;
  },
  personAction(_input, _tick, action) {
    action[0] = 1;
    action[1] = 0;
  },
};

const jump: ProductPart = { name: 'jump', kind: 'discrete', count: 2, labels: ['stay', 'jump'] };
const tool: ProductPart = {
  name: 'tool',
  kind: 'discrete',
  count: 2,
  labels: ['rope', 'lamp'],
  masked: true,
};
const stick: ProductPart = { name: 'stick', kind: 'continuous', size: 1, names: ['x'], low: [-1], high: [1] };

function ofParts(parts: readonly ProductPart[], changes: Partial<Simulation> = {}): Simulation {
  return {
    ...counting,
    game: 'parts',
    actionSpace: { kind: 'product', parts },
    mask(state, mask) {
      mask[0] = 1;
      mask[1] = state[0] === 0 ? 0 : 1;
    },
    personAction(input, _tick, action) {
      action[0] = input.primary ? 1 : 0;
      action[1] = 0;
      action[2] = input.horizontal;
    },
    ...changes,
  };
}

/** Something outside any state, as broken simulations keep it. */
const kept: unknown[] = [];
let calls = 0;

/** Each breaks one part of the contract, and the sentence that must come of it. */
const broken: readonly (readonly [sentence: string, simulation: Simulation])[] = [
  ['The id “My Game” must be', { ...counting, game: 'My Game' }],
  ['stateSize is 0;', { ...counting, stateSize: 0 }],
  ['timeLimitTicks is 2.5;', { ...counting, timeLimitTicks: 2.5 }],
  ['decisionIntervalTicks is -1;', { ...counting, decisionIntervalTicks: -1 }],
  ['tickMs is NaN;', { ...counting, tickMs: Number.NaN }],
  ['There is no reward term;', { ...counting, rewardTerms: [] }],
  [
    'The reward terms tick, tick share a name;',
    { ...counting, rewardTerms: [counting.rewardTerms[0]!, counting.rewardTerms[0]!] },
  ],
  [
    'The default weight of “tick” is NaN;',
    {
      ...counting,
      rewardTerms: [{ ...counting.rewardTerms[0]!, defaultWeight: Number.NaN }, counting.rewardTerms[1]!],
    },
  ],
  [
    'observationSpace.names has 1 entries for a size of 2;',
    { ...counting, observationSpace: { ...counting.observationSpace, names: ['count'] } },
  ],
  [
    'observationSpace has bounds 1 to -1 at component 0;',
    { ...counting, observationSpace: { ...counting.observationSpace, low: [1, 0], high: [-1, 1] } },
  ],
  [
    'an action’s bounds must be finite',
    {
      ...counting,
      actionSpace: { kind: 'continuous', size: 1, names: ['step'], low: [-Infinity], high: [1] },
    },
  ],
  [
    'actionSpace has 1 labels for 2 choices at 0;',
    { ...counting, actionSpace: { kind: 'discrete', count: 2, labels: ['one'] } },
  ],
  ['actionSpace has no parts;', ofParts([])],
  ['The parts jump, jump of actionSpace share a name;', ofParts([jump, jump])],
  ['Part 1 of actionSpace has no name;', ofParts([jump, { ...stick, name: '' }])],
  [
    'The part “more” of actionSpace is neither discrete nor continuous;',
    ofParts([{ name: 'more', kind: 'product', parts: [jump] } as unknown as ProductPart]),
  ],
  [
    'In the part “tool”: actionSpace has 1 labels for 2 choices at 0;',
    ofParts([jump, { ...tool, labels: ['rope'] } as ProductPart]),
  ],
  [
    'In the part “stick”: actionSpace has bounds 1 to -1 at component 0;',
    ofParts([jump, tool, { ...stick, low: [1], high: [-1] } as ProductPart]),
  ],
  [
    'The mask forbids every option of choice 1 after a reset;',
    ofParts([jump, tool, stick], { mask: (_state, mask) => mask.fill(0) }),
  ],
  [
    'personAction writes 2 at component 2',
    ofParts([jump, tool, stick], { personAction: (_input, _tick, action) => action.set([0, 1, 2]) }),
  ],
  [
    'there is no mask function;',
    { ...counting, actionSpace: { kind: 'discrete', count: 1, labels: ['one'], masked: true } },
  ],
  [
    'reset leaves numbers of the state unwritten',
    {
      ...counting,
      reset(state) {
        state[0] = 0;
      },
    },
  ],
  [
    'observe changes the state;',
    {
      ...counting,
      observe(state, observation) {
        counting.observe(state, observation);
        state[1] = 0.5 * state[1]!;
      },
    },
  ],
  [
    'Observation 1 (start) is NaN after a reset;',
    {
      ...counting,
      observe(state, observation) {
        observation[0] = state[0]!;
      },
    },
  ],
  [
    'Observation 0 (count) leaves its bounds -3 to 3 after a step;',
    { ...counting, observationSpace: { ...counting.observationSpace, low: [-3, 0], high: [3, 1] } },
  ],
  [
    'step returns 1; it must return whether',
    {
      ...counting,
      step: ((state: Float64Array, action: Float32Array, terms: Float64Array) =>
        counting.step(state, action, terms) ? 1 : 0) as unknown as Simulation['step'],
    },
  ],
  [
    'step changes the action;',
    {
      ...counting,
      step(state, action, rewardTerms) {
        const terminated = counting.step(state, action, rewardTerms);
        action[0] = 0;
        return terminated;
      },
    },
  ],
  [
    'step leaves the reward term “step” at NaN;',
    {
      ...counting,
      step(state, action, rewardTerms) {
        state[0] = state[0]! + action[0]!;
        rewardTerms[0] = 1;
        return state[0]! >= 10;
      },
    },
  ],
  [
    'step makes a number of the state infinite or NaN;',
    {
      ...counting,
      step(state, action, rewardTerms) {
        counting.step(state, action, rewardTerms);
        state[0] = state[0]! / 0;
        return false;
      },
    },
  ],
  [
    'A write landed outside “rewardTerms”;',
    {
      ...counting,
      step(state, action, rewardTerms) {
        new Float64Array(rewardTerms.buffer, rewardTerms.byteOffset + rewardTerms.byteLength, 1)[0] = 1;
        return counting.step(state, action, rewardTerms);
      },
    },
  ],
  [
    'personAction writes 9 at component 0',
    {
      ...counting,
      personAction(_input, _tick, action) {
        action[0] = 9;
      },
    },
  ],
  [
    'personAction writes NaN at component 1',
    {
      ...masked,
      personAction(_input, _tick, action) {
        action[0] = 0;
      },
    },
  ],
  [
    'The mask forbids every option of choice 1 after a step;',
    {
      ...masked,
      mask(state, mask) {
        mask.fill(1);
        if (state[0]! > 0) mask.fill(0, 2);
      },
    },
  ],
  [
    'The mask holds 123 at 4 after a reset;',
    {
      ...masked,
      mask(_state, mask) {
        mask.fill(1, 0, 4);
      },
    },
  ],
  [
    'mask changes the state;',
    {
      ...masked,
      mask(state, mask) {
        mask.fill(1);
        state[0] = state[0]! + 1;
      },
    },
  ],
  [
    'The same seed and actions gave different states;',
    {
      ...counting,
      reset(state) {
        state[0] = 0;
        state[1] = (calls++ % 1000) / 1000;
      },
    },
  ],
  [
    'An arena’s states depend on another arena',
    {
      ...counting,
      reset(state, random) {
        counting.reset(state, random);
        kept[0] = state;
      },
      step(_state, action, rewardTerms) {
        // The last arena that was reset moves, whichever was meant.
        return counting.step(kept[0] as Float64Array, action, rewardTerms);
      },
    },
  ],
  [
    'The simulation threw “not today”;',
    {
      ...counting,
      step() {
        throw new Error('not today');
      },
    },
  ],
  [
    'step, observe or mask allocates: the heap grew by at least',
    {
      ...counting,
      observe(state, observation) {
        kept[0] = { count: state[0] };
        counting.observe(state, observation);
      },
    },
  ],
];

describe('checkEnvironment', () => {
  it('finds nothing wrong with simulations that keep to the contract', () => {
    expect(checkEnvironment(counting)).toEqual([]);
    expect(checkEnvironment(masked)).toEqual([]);
    expect(checkEnvironment(ofParts([jump, tool, stick]))).toEqual([]);
  });

  it.each(broken)('says: %s', (sentence, simulation) => {
    expect(checkEnvironment(simulation).join('\n')).toContain(sentence);
  });

  it('says every sentence once', () => {
    for (const [, simulation] of broken) {
      const problems = checkEnvironment(simulation);
      expect(new Set(problems).size).toBe(problems.length);
    }
  });
});
