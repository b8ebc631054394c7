import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTrainingState, encodeTrainingState } from '../../agent/checkpoint';
import { firstTrainingState } from '../../agent/first-state';
import { encodePolicy, policyOf } from '../../agent/policy-file';
import { editedFile, withMetadata } from '../../agent/testing/edited-file';
import { type MetricPoint, PlaytrainError } from '../../contract';
import { loadGame } from '../../game/catalogue';
import { environmentSpec } from '../../game/engine/vector-environment';
import { historyBound } from '../../storage/history';
import { ourGames } from '../games/our-games';
import { readRunFile, writeRunFile } from './run-file';

const entry = await loadGame('balance');
const spec = environmentSpec(entry.simulation);
const first = firstTrainingState(spec, { ...entry.presets.fast, hiddenSizes: [2] });
/** A run's state after so many updates. */
const stateAt = (version: number) => encodeTrainingState({ ...first, version, updates: version });

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
/** What changed is written as text, which has no negative zero. */
const written = finite.map((each) => each + 0);
const change = fc.record({
  key: fc.constantFrom('learningRate' as const, 'epochs' as const),
  from: written,
  to: fc.option(written),
});
const pointOf = (version: number): fc.Arbitrary<MetricPoint> =>
  fc.record({
    version: fc.constant(version),
    decisions: fc.nat(),
    values: fc.dictionary(
      fc.constantFrom('meanReturn', 'entropy', 'winRate.past', 'wentBack'),
      fc.option(finite),
    ),
    returnSpread: fc.option(finite),
    changed: fc.array(change, { maxLength: 2 }),
  });
const histories = fc
  .uniqueArray(fc.nat(1000), { maxLength: 20 })
  .chain((versions) => fc.tuple(...versions.sort((a, b) => a - b).map(pointOf)));
const point = (version: number): MetricPoint => ({
  version,
  decisions: 64 * version,
  values: { meanReturn: version / 3 },
  returnSpread: 0.5,
  changed: [],
});

describe('a run’s file', () => {
  it('gives every series, the spread and each mark back as they were, and whether it is a selection', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.boolean(), async (points, thinned) => {
        const bytes = writeRunFile(stateAt(1000), { points, thinned });
        expect((await readRunFile(bytes, ourGames)).history).toEqual({ points, thinned });
      }),
      { numRuns: 50 },
    );
  });

  it('has the state as it was, which can be read by who knows of no history', async () => {
    const state = stateAt(7);
    const bytes = writeRunFile(state, { points: [point(6), point(7)], thinned: false });
    expect((await readRunFile(bytes, ourGames)).checkpoint).toEqual(state);
    expect(decodeTrainingState(bytes)).toEqual(decodeTrainingState(state));
  });

  it('ends its history with its state', async () => {
    const bytes = writeRunFile(stateAt(7), { points: [point(6), point(7), point(8)], thinned: false });
    expect((await readRunFile(bytes, ourGames)).history).toEqual({
      points: [point(6), point(7)],
      thinned: false,
    });
  });

  it('holds a selection of a history that is longer than what is kept of a run, and says so', async () => {
    const total = historyBound + 2;
    const points = Array.from({ length: total }, (_, index) => point(index + 1));
    const { history } = await readRunFile(writeRunFile(stateAt(total), { points, thinned: false }), ourGames);
    expect(history.points.length).toBeLessThanOrEqual(historyBound);
    expect(history.thinned).toBe(true);
    expect(history.points.at(-1)).toEqual(point(total));
  });

  it('of a time when it had no history has the curve that its state remembers', async () => {
    const curve = [{ version: 1, decisions: 64, meanReturn: 21, meanLength: 20 }];
    const { history } = await readRunFile(encodeTrainingState({ ...first, version: 1, curve }), ourGames);
    expect(history).toMatchObject({ points: [{ version: 1, values: { meanReturn: 21 } }], thinned: true });
  });

  it('of a policy alone is the beginning of a run that acts and sees as the policy did', async () => {
    const observations = { count: 64, mean: [0, 1, 2, 3], variance: [1, 2, 3, 4] };
    const policy = policyOf({ ...first, version: 9, normalisation: { observations, rewards: null } }, 'Nine');
    const { state, entry: game, history, checkpoint } = await readRunFile(encodePolicy(policy), ourGames);
    expect(game.spec.game).toBe('balance');
    expect(history).toEqual({ points: [], thinned: false });
    expect(decodeTrainingState(checkpoint, spec)).toEqual(state);
    expect(state).toMatchObject({
      version: 0,
      decisions: 0,
      parameters: policy.parameters,
      normalisation: { observations, rewards: null },
    });
    const { hiddenSizes, normaliseObservations, learningRate } = state.hyperparameters;
    expect({ hiddenSizes, normaliseObservations }).toEqual({ hiddenSizes: [2], normaliseObservations: true });
    expect(learningRate).toBe(entry.presets.fast.learningRate);
    const elsewhere = { ...policy, spec: { ...spec, game: 'chess' } };
    await expect(readRunFile(encodePolicy(elsewhere), ourGames)).rejects.toThrow('“chess”');
  });

  const good = () => writeRunFile(stateAt(7), { points: [point(6), point(7)], thinned: false });
  const column = (name: string, ...numbers: number[]) =>
    editedFile(good(), (tensors) => {
      tensors.set(`history.${name}`, {
        dtype: 'F64',
        shape: [numbers.length],
        data: Float64Array.from(numbers),
      });
    });
  it.each([
    ['versions that do not ascend', () => column('versions', 7, 6)],
    ['versions that are no numbers', () => column('versions', Number.NaN, 7)],
    ['versions after its state', () => column('versions', 7, 8)],
    ['decisions that are no numbers', () => column('decisions', 1, Number.NaN)],
    ['columns of other lengths', () => column('values.meanReturn', 1, 2, 3)],
    ['a column less', () => editedFile(good(), (tensors) => void tensors.delete('history.returnSpread'))],
    [
      'a column that is none',
      () =>
        editedFile(good(), (tensors) => {
          tensors.set('history.decisions', { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) });
        }),
    ],
    ['changes that are none', () => withMetadata(good(), 'history', () => '{"thinned":false,"changes":[1]}')],
    ['notes that are none', () => withMetadata(good(), 'history', () => 'no JSON')],
  ])('is refused with a sentence where its history has %s', async (_what, broken) => {
    const reading = readRunFile(broken(), ourGames);
    await expect(reading).rejects.toThrow(PlaytrainError);
    await expect(reading).rejects.toThrow('This file was not loaded');
  });
});
