import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ActionSpace,
  type EnvironmentSpec,
  type Hyperparameters,
  PlaytrainError,
  type Policy,
  sb3Hyperparameters,
  type TrainingState,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import {
  decodeTrainingState,
  encodeCheckpoint,
  encodeTrainingState,
  joinPast,
  leaveOutPast,
  namedPast,
  splitPast,
} from './checkpoint';
import { GreedyPolicy } from './greedy-policy';
import { Learner } from './learner';
import { type PastFile, pastName } from './past-file';
import { initialiseParameters, policyLayout } from './policy';
import { decodePolicy } from './policy-file';
import { readSafetensors, writeSafetensors } from './safetensors';
import { editedFile, withMetadata } from './testing/edited-file';
import { hostBackends } from './update-backend';

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
  const seen = hyperparameters.normaliseObservations
    ? { count: 8, mean: [0.25, 1], variance: [2, 0.5] }
    : null;
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
    annealedFrom: hyperparameters.learningRateAnnealing ? 4096 : null,
    rewardsSince: { version: 3, weights: [0.5] },
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
        observations: seen,
      },
      { version: 6, parameters: initialiseParameters(layout, random, 0), observations: seen },
    ],
    outcomes: { self: [1, -1], 'bot-easy': [0] },
  };
}

/** The state's file with one number of one tensor changed. */
function withNumber(name: string, index: number, number: number): Uint8Array {
  return editedFile(encodeTrainingState(stateOf({ normaliseRewards: true })), (tensors) => {
    const tensor = tensors.get(name);
    expect(tensor).toBeDefined();
    if (tensor) tensor.data[index] = number;
  });
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
    ['with annealing that was switched on', stateOf({ learningRateAnnealing: true })],
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

  it('comes back with log standard deviations within their bounds, in it and in its past', () => {
    const actionSpace = {
      kind: 'continuous',
      size: 2,
      names: ['u', 'v'],
      low: [-2, -2],
      high: [2, 2],
    } as const;
    const state = stateOf({}, { ...spec, actionSpace });
    const wild = (parameters: Float32Array<ArrayBuffer>, logStd: readonly number[]) => {
      const changed = parameters.slice();
      changed.set(logStd, parameters.length - 2);
      return changed;
    };
    const [first, second] = state.past as [Policy, Policy];
    const past = [{ ...first, parameters: wild(first.parameters, [-80, 1]) }, second];
    const whole = encodeTrainingState({ ...state, parameters: wild(state.parameters, [89, -0.5]), past });
    // As an older version kept them.
    const { bytes, past: files } = encodeCheckpoint({
      ...state,
      parameters: wild(state.parameters, [89, -0.5]),
      past,
    });
    const find = (name: string) => files.find((file) => file.name === name)?.bytes ?? null;
    for (const read of [decodeTrainingState(whole), decodeTrainingState(bytes, undefined, find)]) {
      expect(Array.from(read.parameters.slice(-2))).toEqual([2, -0.5]);
      expect(read.parameters.slice(0, -2)).toEqual(state.parameters.slice(0, -2));
      expect(Array.from(read.past[0]!.parameters.slice(-2))).toEqual([-5, 1]);
    }
    expect(joinPast(bytes, find).leftOut).toEqual([]);
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
      withMetadata(bytes, 'formatVersion', () => '3'),
      /format version 3, and versions 1 to 2 are read/,
    );
  });

  it('when its metadata cannot be understood', () => {
    expectRefusal(
      withMetadata(bytes, 'state', () => '{'),
      /not readable JSON/,
    );
    expectRefusal(
      withMetadata(bytes, 'state', (json) => json.replace('"adamSteps":2240', '"adamSteps":-1')),
      /“adamSteps” is wrong/,
    );
    expectRefusal(
      withMetadata(bytes, 'state', (json) => json.replace('"discount":0.99', '"discount":1e999')),
      /“hyperparameters.discount” is wrong/,
    );
    expectRefusal(
      withMetadata(bytes, 'state', (json) => json.replace('"names":["x","v"]', '"names":["x"]')),
      /not as many as its size/,
    );
  });

  it('when its settings cannot work together', () => {
    expectRefusal(
      withMetadata(bytes, 'state', (json) => json.replace('"minibatchSize":64', '"minibatchSize":100')),
      /minibatch-does-not-divide \(minibatchSize 100, /,
    );
  });

  it('when a tensor is missing or of another size than its settings say', () => {
    const cut = editedFile(bytes, (tensors) => tensors.delete('policy.critic.0.bias'));
    expectRefusal(cut, /“policy.critic.0.bias” is missing/);
    expectRefusal(
      withMetadata(bytes, 'state', (json) => json.replace('"hiddenSizes":[3]', '"hiddenSizes":[4]')),
      /“policy.actor.0.kernel” is F32 \[2,3\] and should be F32 \[2,4\]/,
    );
  });

  it('when it was cut at any length', () => {
    for (let length = 0; length < bytes.length; length++) expectRefusal(bytes.slice(0, length), /./);
  });

  it('or else read as it was, whatever bytes in it are changed', () => {
    const written = decodeTrainingState(bytes);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        (changes) => {
          const changed = bytes.slice();
          for (const [place, byte] of changes) changed[place] = byte;
          expect([null, written]).toContainEqual(readOrRefused(changed));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('or else of use, whatever its metadata says', () => {
    const state = stateOf({ normaliseObservations: true, normaliseRewards: true });
    const json = readSafetensors(encodeTrainingState(state)).metadata.get('state')!;
    const places = placesIn(JSON.parse(json));
    const oddities = [undefined, null, -1, 0, 0.5, 3, 1e300, '', 'Infinity', [], {}, [1, 2], true];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom(...oddities), (place, oddity) => {
        const changed = withMetadata(encodeTrainingState(state), 'state', () =>
          replaced(json, place, oddity),
        );
        const read = readOrRefused(changed);
        if (read !== null) expectUsable(read);
      }),
      { numRuns: 1500 },
    );
  });

  it('when an earlier policy in it could not be met', () => {
    const normalised = encodeTrainingState(stateOf({ normaliseObservations: true }));
    const seen = '"observations":{"count":8,"mean":[0.25,1],"variance":[2,0.5]}';
    for (const other of [
      '"observations":{"count":8,"mean":[0.25],"variance":[2]}',
      '"observations":{"count":0,"mean":[0.25,1],"variance":[2,0.5]}',
      '"observations":{"count":8,"mean":[0.25,1],"variance":[2,-0.5]}',
      '"observations":null',
    ]) {
      expectRefusal(
        withMetadata(normalised, 'state', (json) => json.replace(seen, other)),
        /its policy of update 5|earlier policies saw otherwise/,
      );
    }
    const renamed = (json: string) => json.replace('{"version":6,', '{"version":5,');
    expectRefusal(withMetadata(bytes, 'state', renamed), /earlier policies are not in order/);
  });

  it('when it is of our format but without its checksum', () => {
    expectRefusal(
      editedFile(bytes, (_, metadata) => metadata.set('formatVersion', '2')),
      /damaged or changed/,
    );
  });
});

/** Paths to everything in a value of JSON. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const below =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, key]))
      : [];
  return path.length === 0 ? below : [path, ...below];
}

/** The JSON with another value at a place; with none there for undefined. */
function replaced(json: string, place: readonly string[], value: unknown): string {
  const root = JSON.parse(json) as Record<string, unknown>;
  const parent = place
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, root);
  parent[place.at(-1)!] = value; // no place is the root
  return JSON.stringify(root);
}

/** The state that is read; null where the file is refused with a sentence. Throws whatever else happens. */
function readOrRefused(bytes: Uint8Array): TrainingState | null {
  try {
    return decodeTrainingState(bytes, spec);
  } catch (error) {
    if (error instanceof PlaytrainError && error.code === 'bad-file') return null;
    throw error;
  }
}

/** A run can go on from the state and meet its earlier policies, and the state can be saved again. */
function expectUsable(state: TrainingState): void {
  const { hyperparameters } = state;
  const learner = Learner.create({
    spec,
    hyperparameters,
    state,
    clock: () => 0,
    breathe: async () => {},
    backend: hostBackends.cpu,
  });
  learner.dispose();
  for (const policy of state.past) {
    const greedy = new GreedyPolicy(spec, hyperparameters, policy, 1);
    const actions = Float32Array.of(-1);
    const questions = { observations: Float32Array.of(0.3, -2), masks: new Uint8Array(0), actions };
    greedy.act(questions, Int32Array.of(0), 1);
    expect([0, 1]).toContain(actions[0]);
  }
  expect(decodeTrainingState(encodeTrainingState(state), spec)).toEqual(state);
}

describe('a checkpoint', () => {
  const normalised = () => stateOf({ normaliseObservations: true });
  const finder = (files: readonly PastFile[]) => {
    const byName = new Map(files.map(({ name, bytes }) => [name, bytes]));
    return (name: string) => byName.get(name) ?? null;
  };

  it.each([
    ['of choices', stateOf()],
    ['with statistics', normalised()],
  ])('%s names its earlier policies, and is the whole state with them', (_what, state) => {
    const { bytes, past } = encodeCheckpoint(state);
    expect(past.map(({ version }) => version)).toEqual([5, 6]);
    expect(namedPast(bytes)).toEqual(past.map(({ name, version }) => ({ name, version })));
    expect([...readSafetensors(bytes).tensors.keys()].filter((name) => name.startsWith('past'))).toEqual([]);
    expect(decodeTrainingState(bytes, spec, finder(past))).toEqual(state);
    const joined = joinPast(bytes, finder(past));
    expect(joined.leftOut).toEqual([]);
    expect(decodeTrainingState(joined.bytes)).toEqual(state);
  });

  it('comes out of a whole file, and goes back into it', () => {
    const whole = encodeTrainingState(normalised());
    const { bytes, past } = splitPast(whole);
    const written = decodeTrainingState(whole);
    expect(decodeTrainingState(joinPast(bytes, finder(past)).bytes)).toEqual(written);
    expect(namedPast(whole)).toEqual([]);
    expect(decodeTrainingState(joinPast(whole, leaveOutPast).bytes)).toEqual(written);
  });

  it('does not write again what is kept', () => {
    const [first, second] = encodeCheckpoint(stateOf()).past as [PastFile, PastFile];
    const kept = new Set([first.name]);
    expect(encodeCheckpoint(stateOf(), (name) => kept.has(name)).past).toEqual([second]);
  });

  it('names policies of one version apart that differ in a weight or in what they see by', () => {
    const names = new Set<string>();
    const state = normalised();
    const [policy] = state.past as [Policy, Policy];
    names.add(pastName(policy));
    for (let i = 0; i < policy.parameters.length; i++) {
      const parameters = policy.parameters.slice();
      parameters[i] = Math.fround(parameters[i]! + 1e-7 * (1 + Math.abs(parameters[i]!)));
      names.add(pastName({ ...policy, parameters }));
    }
    names.add(pastName({ ...policy, observations: { count: 8, mean: [0.25, 1], variance: [2, 0.25] } }));
    names.add(pastName({ ...policy, version: 4 }));
    expect(names.size).toBe(policy.parameters.length + 3);
    expect(pastName(structuredClone(policy))).toBe(pastName(policy));
  });

  it('goes on without earlier policies that are gone, damaged or another’s, and tells which', () => {
    const { bytes, past } = encodeCheckpoint(stateOf());
    const [first, second] = past as [PastFile, PastFile];
    const without = (find: (name: string) => Uint8Array | null) => joinPast(bytes, find);
    for (const spoilt of [null, first.bytes.slice(0, -4), second.bytes, Uint8Array.of(1, 2, 3)]) {
      const { bytes: joined, leftOut } = without((name) => (name === first.name ? spoilt : second.bytes));
      expect(leftOut).toEqual([{ name: first.name, version: 5 }]);
      expect(decodeTrainingState(joined).past.map(({ version }) => version)).toEqual([6]);
    }
  });

  it('is not taken for a run without earlier policies where nobody looks for them', () => {
    const { bytes } = encodeCheckpoint(stateOf());
    expectRefusal(bytes, /its earlier policy “5-[0-9a-f]{16}” lies in a file of its own/);
    expect(decodeTrainingState(bytes, spec, leaveOutPast).past).toEqual([]);
    expect(decodePolicy(bytes, spec).version).toBe(7);
  });

  it('has as many bytes however many earlier policies there are, but for their names', () => {
    const state = stateOf();
    const many = Array.from({ length: 50 }, (_, i): Policy => ({ ...state.past[0]!, version: i }));
    const grown = encodeCheckpoint({ ...state, version: 50, past: many }).bytes.length;
    expect(grown - encodeCheckpoint({ ...state, past: [] }).bytes.length).toBeLessThan(50 * 60);
  });
});
