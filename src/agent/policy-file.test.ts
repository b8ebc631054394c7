import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EnvironmentSpec,
  PlaytrainError,
  type ProductPart,
  sb3Hyperparameters,
  type TrainingState,
} from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { encodeTrainingState } from './checkpoint';
import { initialiseParameters, policyLayout } from './policy';
import { decodePolicy, encodePolicy, type PolicyData, policyOf } from './policy-file';
import { editedFile, withMetadata } from './testing/edited-file';

const spec: EnvironmentSpec = {
  game: 'test',
  seats: 2,
  winTerm: 'won',
  observationSpace: { size: 2, names: ['x', 'v'], low: [-1, -Infinity], high: [1, Infinity] },
  actionSpace: {
    kind: 'multiDiscrete',
    counts: [3, 2],
    labels: [
      ['a', 'b', 'c'],
      ['d', 'e'],
    ],
  },
  rewardTerms: [{ name: 'won', description: 'Winning.', defaultWeight: 1 }],
  tickMs: 20,
  timeLimitTicks: 500,
};
const statistics = { count: 12, mean: [1 / 3, -2], variance: [0.1, 4] };

function policy(changes: Partial<PolicyData> = {}): PolicyData {
  const sizes = { hiddenSizes: [3], activation: 'tanh' as const, ...changes };
  return {
    spec,
    name: 'Champion',
    version: 7,
    decisions: 14_336,
    seed: 3,
    parameters: initialiseParameters(policyLayout(spec, sizes), SeededRandom.fromSeed(5), 0),
    observations: null,
    ...sizes,
  };
}

function state(): TrainingState {
  const { hiddenSizes, parameters, version, decisions, seed } = policy();
  return {
    spec,
    hyperparameters: { ...sb3Hyperparameters, hiddenSizes, seed, normaliseObservations: true },
    version,
    decisions,
    updates: 7,
    parameters,
    adamMean: parameters.slice(),
    adamVariance: new Float32Array(parameters.length),
    adamSteps: 10,
    normalisation: { observations: statistics, rewards: null },
    annealedFrom: null,
    rewardsSince: { version: 0, weights: [1] },
    shuffleRandom: SeededRandom.fromSeed(1).state(),
    recentEpisodes: [],
    curve: [],
    past: [],
    outcomes: {},
  };
}

/** A policy's file with its metadata changed. */
const changed = (key: string, change: (text: string) => string) =>
  withMetadata(encodePolicy(policy()), key, change);

/** The policy that is read; null where the file is refused with a sentence. Throws whatever else happens. */
function readOrRefused(bytes: Uint8Array): PolicyData | null {
  try {
    return decodePolicy(bytes);
  } catch (error) {
    if (error instanceof PlaytrainError && error.code === 'bad-file') return null;
    throw error;
  }
}

describe('a policy’s file', () => {
  it('gives the policy back, to the bit', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        sizes,
        fc.constantFrom('tanh', 'relu'),
        fc.boolean(),
        (hiddenSizes, activation, normalised) => {
          const written = policy({
            hiddenSizes,
            activation,
            observations: normalised ? statistics : null,
            ...(normalised ? { note: 'npm run train' } : {}),
          });
          expect(decodePolicy(encodePolicy(written), spec)).toEqual(written);
        },
      ),
    );
  });

  it('says the parts of actions of several, and is refused where they do not fit together or are others', () => {
    const stick = { name: 'stick', kind: 'continuous', size: 1, names: ['x'], low: [-1], high: [1] } as const;
    const jump = {
      name: 'jump',
      kind: 'discrete',
      count: 2,
      labels: ['stay', 'jump'],
      masked: true,
    } as const;
    const product = (...parts: ProductPart[]) => ({
      ...spec,
      actionSpace: { kind: 'product', parts } as const,
    });
    const written = (own: EnvironmentSpec) => ({
      ...policy(),
      spec: own,
      parameters: initialiseParameters(policyLayout(own, policy()), SeededRandom.fromSeed(5), 0),
    });
    const both = product(stick, jump);
    const file = encodePolicy(written(both));
    expect(decodePolicy(file, both)).toEqual(written(both));
    expect(() => decodePolicy(file, product(jump, stick))).toThrow('chose among other actions');
    expect(() => decodePolicy(file, product(stick, { ...jump, masked: false }))).toThrow('other actions');
    const without = (is: string, becomes: string) => () =>
      decodePolicy(withMetadata(file, 'policy', (text) => text.replace(is, becomes)));
    expect(without('"names":["x"],"low":[-1],"high":[1]', '"names":[],"low":[-1],"high":[1]')).toThrow(
      'names and bounds are not as many',
    );
    expect(without('"kind":"continuous"', '"kind":"product"')).toThrow(PlaytrainError);
    expect(without('"count":2', '"count":3')).toThrow(PlaytrainError);
    // One part is as the plain space is.
    const plain = { ...spec, actionSpace: stick };
    expect(decodePolicy(encodePolicy(written(plain)), product(stick)).parameters).toEqual(
      written(product(stick)).parameters,
    );
  });

  it('is smaller than the run’s, since optimiser and pool are not in it', () => {
    const wide = { ...policy({ hiddenSizes: [64, 64] }) };
    const whole = { ...state(), parameters: wide.parameters, adamMean: wide.parameters };
    const run = encodeTrainingState({
      ...whole,
      adamVariance: new Float32Array(wide.parameters.length),
      hyperparameters: { ...whole.hyperparameters, hiddenSizes: [64, 64] },
    });
    expect(encodePolicy(wide).length).toBeLessThan(run.length / 2);
  });

  it('may be the whole run’s', () => {
    const read = decodePolicy(encodeTrainingState(state()), spec);
    expect(read).toEqual(policyOf(state(), 'Update 7'));
    expect(read).toMatchObject({ seed: 3, decisions: 14_336, observations: statistics });
  });

  it('is refused with a sentence in another game, and for other observations or actions', () => {
    const bytes = encodePolicy(policy());
    expect(() => decodePolicy(bytes, { ...spec, game: 'other' })).toThrow('made for the game “test”');
    const low = [-2, -Infinity];
    const seesMore = { ...spec, observationSpace: { ...spec.observationSpace, low } };
    expect(() => decodePolicy(bytes, seesMore)).toThrow('saw other observations');
    const actionSpace = { kind: 'discrete', count: 6, labels: [] } as const;
    expect(() => decodePolicy(bytes, { ...spec, actionSpace })).toThrow('chose among other actions');
    expect(() => decodePolicy(encodeTrainingState(state()), { ...spec, game: 'other' })).toThrow(
      'made for the game “test”',
    );
  });

  it('is refused with a sentence when it is of another version, another’s, or damaged', () => {
    expect(() => decodePolicy(changed('formatVersion', () => '3'))).toThrow('format version 3');
    expect(() => decodePolicy(changed('format', () => 'other'))).toThrow('not exported by Playtrain');
    expect(() => decodePolicy(changed('policy', () => '{'))).toThrow('not readable JSON');
    const renamed = (text: string) => text.replace('"tanh"', '"sine"');
    expect(() => decodePolicy(changed('policy', renamed))).toThrow('“activation” is wrong');
    const other = (text: string) => text.replace('"hiddenSizes":[3]', '"hiddenSizes":[4]');
    expect(() => decodePolicy(changed('policy', other))).toThrow('“policy.actor.0.kernel”');
    const normalised = (text: string) => text.replace('"normalised":false', '"normalised":true');
    expect(() => decodePolicy(changed('policy', normalised))).toThrow('statistics');
    expect(() => decodePolicy(encodePolicy(policy()).slice(0, -4))).toThrow('cut short');
  });

  it('says what is computed with its weights, is refused where that is not known here, and read where it says nothing', () => {
    const file = encodePolicy(policy());
    const graph = (change: (text: string) => string) => decodePolicy(withMetadata(file, 'graph', change));
    expect(graph((text) => text)).toEqual(policy());
    for (const [is, becomes] of [
      ['"tanh"', '"relu"'],
      ['"kind":"dense"', '"kind":"gru"'],
      ['"value":"critic.head"', '"value":"actor.head"'],
    ] as const) {
      expect(() => graph((text) => text.replace(is, becomes))).toThrow(/not known here/);
    }
    const without = editedFile(file, (_, metadata) => metadata.delete('graph'));
    expect(decodePolicy(without)).toEqual(policy());
  });

  it('is refused where its net is larger than any that can be set, before memory is taken for it', () => {
    for (const sizes of ['[8192,8192]', '[513]', '[4,4,4,4]', '[]', '[0]']) {
      const larger = (text: string) => text.replace('"hiddenSizes":[3]', `"hiddenSizes":${sizes}`);
      expect(() => decodePolicy(changed('policy', larger))).toThrow('“hiddenSizes');
    }
  });

  it('is refused where any byte of it was changed, or else read as it was', () => {
    const bytes = encodePolicy(policy({ observations: statistics }));
    const written = decodePolicy(bytes);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (place, byte) => {
        const spoilt = bytes.slice();
        spoilt[place] = byte;
        expect([null, written]).toContainEqual(readOrRefused(spoilt));
      }),
      { numRuns: 2000 },
    );
  });

  it('is not written with numbers that are not finite', () => {
    const { parameters } = policy();
    parameters[1] = Number.NaN;
    expect(() => encodePolicy(policy({ parameters }))).toThrow('NaN');
  });
});
