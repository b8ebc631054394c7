import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ActionSpace,
  type EnvironmentSpec,
  type Hyperparameters,
  PlaytrainError,
  sb3Hyperparameters,
  type TrainingState,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { decodeTrainingState, encodeTrainingState } from './checkpoint';
import { initialiseParameters, policyLayout } from './policy';
import { readSafetensors, writeSafetensors } from './safetensors';

const choices: ActionSpace = { kind: 'discrete', count: 2, labels: ['left', 'right'] };
const spec: EnvironmentSpec = {
  game: 'test',
  observationSpace: { size: 2, names: ['x', 'v'], low: [-1, -Infinity], high: [1, Infinity] },
  actionSpace: choices,
  rewardTerms: [{ name: 'alive', description: 'Staying up.', defaultWeight: 1 }],
  tickMs: 20,
  timeLimitTicks: 500,
};

function stateOf(changes: Partial<Hyperparameters> = {}, stateSpec = spec): TrainingState {
  const hyperparameters = { ...sb3Hyperparameters, hiddenSizes: [3], ...changes };
  const layout = policyLayout(stateSpec, hyperparameters);
  const random = SeededRandom.fromSeed(5);
  return {
    spec: stateSpec,
    hyperparameters,
    version: 7,
    decisions: 14_336,
    updates: 7,
    parameters: initialiseParameters(layout, random, 0),
    adamMean: Float32Array.from({ length: layout.parameterCount }, () => random.normal()),
    adamVariance: Float32Array.from({ length: layout.parameterCount }, () => random.uniform()),
    adamSteps: 2240,
    normalisation: {
      observations: hyperparameters.normaliseObservations
        ? { count: 1e-4 + 3, mean: [1 / 3, -2], variance: [0.1, 4] }
        : null,
      rewards: hyperparameters.normaliseRewards ? { count: 9, mean: [0.5], variance: [2] } : null,
    },
    shuffleRandom: random.state(),
    recentEpisodes: [{ arena: 0, return: 21.5, length: 21, truncated: false }],
    curve: [
      { version: 1, decisions: 2048, meanReturn: null, meanLength: null },
      { version: 2, decisions: 4096, meanReturn: 21.5, meanLength: 21 },
    ],
    past: [
      {
        version: 5,
        parameters: Float32Array.from({ length: layout.parameterCount }, () => random.normal()),
        observations: { count: 8, mean: [0.25, 1], variance: [2, 0.5] },
      },
      { version: 6, parameters: initialiseParameters(layout, random, 0), observations: null },
    ],
    outcomes: { self: [1, -1], 'bot-easy': [0] },
  };
}

/** The state's file with one number of one tensor changed. */
function withNumber(name: string, index: number, number: number): Uint8Array {
  const file = readSafetensors(encodeTrainingState(stateOf({ normaliseRewards: true })));
  const tensor = file.tensors.get(name);
  expect(tensor).toBeDefined();
  if (tensor) tensor.data[index] = number;
  return writeSafetensors(file);
}

/** The state's file with its metadata changed. */
function withMetadata(key: string, change: (text: string) => string): Uint8Array {
  const file = readSafetensors(encodeTrainingState(stateOf()));
  const metadata = new Map(file.metadata);
  metadata.set(key, change(metadata.get(key) ?? ''));
  return writeSafetensors({ tensors: file.tensors, metadata });
}

/** What reading the file throws; null when it is read. */
function failureOf(bytes: Uint8Array, expected?: EnvironmentSpec): unknown {
  try {
    decodeTrainingState(bytes, expected);
    return null;
  } catch (error) {
    return error;
  }
}

function expectRefusal(bytes: Uint8Array, sentence: RegExp, expected?: EnvironmentSpec): void {
  const error = failureOf(bytes, expected);
  expect(error).toBeInstanceOf(PlaytrainError);
  expect((error as PlaytrainError).code).toBe('bad-file');
  expect((error as PlaytrainError).message).toMatch(sentence);
}

describe('a saved training state', () => {
  it.each<[string, TrainingState]>([
    ['of choices', stateOf()],
    ['with normalisation statistics', stateOf({ normaliseObservations: true, normaliseRewards: true })],
    [
      'with no statistics yet',
      {
        ...stateOf({ normaliseObservations: true, normaliseRewards: true }),
        normalisation: { observations: null, rewards: null },
      },
    ],
    ['with reward weights', stateOf({ rewardWeights: { alive: 0.5 } })],
    [
      'of continuous actions',
      stateOf(
        {},
        { ...spec, actionSpace: { kind: 'continuous', size: 1, names: ['u'], low: [-2], high: [2] } },
      ),
    ],
    [
      'of several masked choices',
      stateOf(
        {},
        {
          ...spec,
          actionSpace: {
            kind: 'multiDiscrete',
            counts: [2, 3],
            labels: [
              ['a', 'b'],
              ['c', 'd', 'e'],
            ],
            masked: true,
          },
        },
      ),
    ],
  ])('%s comes back exactly', (_what, state) => {
    expect(decodeTrainingState(encodeTrainingState(state), state.spec)).toEqual(state);
  });

  it('names its tensors by parameter block, kernels [in, out]', () => {
    const { tensors } = readSafetensors(encodeTrainingState(stateOf()));
    const state = stateOf();
    const kernel = tensors.get('policy.actor.0.kernel');
    expect(kernel?.shape).toEqual([2, 3]);
    expect(kernel?.data).toEqual(state.parameters.slice(0, 6));
    expect(tensors.get('adam.mean.actor.0.kernel')?.data).toEqual(state.adamMean.slice(0, 6));
    expect(tensors.get('adam.variance.critic.head.bias')?.shape).toEqual([1]);
  });

  it('is not written while it holds NaN', () => {
    const state = stateOf();
    state.adamMean[0] = Number.NaN;
    expect(() => encodeTrainingState(state)).toThrow(/“adam.mean.actor.0.kernel” holds NaN or Infinity/);
  });
});

describe('a file is refused with a sentence', () => {
  const bytes = encodeTrainingState(stateOf());

  it('when it is for another game', () => {
    expectRefusal(bytes, /game “test”, and the running game is “swing”/, { ...spec, game: 'swing' });
  });

  it('when the observations differ, though not when only their names do', () => {
    const { observationSpace } = spec;
    const named = { ...spec, observationSpace: { ...observationSpace, names: ['position', 'velocity'] } };
    expect(decodeTrainingState(bytes, named).version).toBe(7);
    const wider = { ...spec, observationSpace: { ...observationSpace, high: [2, Infinity] } };
    expectRefusal(bytes, /other observations/, wider);
  });

  it('when the actions differ, though not when only their labels do', () => {
    const labelled = { ...spec, actionSpace: { ...choices, labels: ['push', 'pull'] } };
    expect(decodeTrainingState(bytes, labelled).version).toBe(7);
    expectRefusal(bytes, /other actions/, { ...spec, actionSpace: { ...choices, count: 3 } });
    expectRefusal(bytes, /other actions/, { ...spec, actionSpace: { ...choices, masked: true } });
  });

  it.each([
    ['policy.actor.0.bias', Number.NaN],
    ['policy.critic.head.kernel', Infinity],
    ['adam.variance.actor.head.bias', -Infinity],
    ['normalisation.rewards.mean', Number.NaN],
  ])('when its %s holds %d, by name', (name, number) => {
    expectRefusal(withNumber(name, 0, number), new RegExp(`“${name}” holds NaN or Infinity`));
  });

  it('when a variance in it is negative', () => {
    expectRefusal(withNumber('normalisation.rewards.variance', 0, -1), /negative count or variance/);
    expectRefusal(withNumber('adam.variance.actor.0.bias', 0, -1), /variances are not all positive/);
  });

  it('when it is not ours, or of another version', () => {
    expectRefusal(writeSafetensors({ tensors: new Map(), metadata: new Map() }), /not exported by Playtrain/);
    expectRefusal(
      withMetadata('formatVersion', () => '2'),
      /format version 2/,
    );
  });

  it('when its metadata cannot be understood', () => {
    expectRefusal(
      withMetadata('state', () => '{'),
      /not readable JSON/,
    );
    expectRefusal(
      withMetadata('state', (json) => json.replace('"adamSteps":2240', '"adamSteps":-1')),
      /“adamSteps” is wrong/,
    );
    expectRefusal(
      withMetadata('state', (json) => json.replace('"discount":0.99', '"discount":1e999')),
      /“hyperparameters.discount” is wrong/,
    );
    expectRefusal(
      withMetadata('state', (json) => json.replace('"names":["x","v"]', '"names":["x"]')),
      /not as many as its size/,
    );
  });

  it('when its settings cannot work together', () => {
    expectRefusal(
      withMetadata('state', (json) => json.replace('"minibatchSize":64', '"minibatchSize":100')),
      /does not divide into minibatches of 100/,
    );
  });

  it('when a tensor is missing or of another size than its settings say', () => {
    const file = readSafetensors(bytes);
    const without = new Map(file.tensors);
    without.delete('policy.critic.0.bias');
    const cut = writeSafetensors({ tensors: without, metadata: file.metadata });
    expectRefusal(cut, /“policy.critic.0.bias” is missing/);
    expectRefusal(
      withMetadata('state', (json) => json.replace('"hiddenSizes":[3]', '"hiddenSizes":[4]')),
      /“policy.actor.0.kernel” is F32 \[2,3\] and should be F32 \[2,4\]/,
    );
  });

  it('when it was cut at any length', () => {
    for (let length = 0; length < bytes.length; length++) expectRefusal(bytes.slice(0, length), /./);
  });

  it('or else read, whatever bytes in it are changed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        (changes) => {
          const changed = bytes.slice();
          for (const [place, byte] of changes) changed[place] = byte;
          const error = failureOf(changed, spec);
          expect(error === null || (error instanceof PlaytrainError && error.code === 'bad-file')).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
