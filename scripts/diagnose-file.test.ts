import { expect, it } from 'vitest';
import { encodeTrainingState } from '../src/agent/checkpoint';
import { withHistory } from '../src/agent/history-file';
import { Learner } from '../src/agent/learner';
import { hostBackends } from '../src/agent/update-backend';
import { madeUpRun, madeUpSpec } from '../src/doctor/made-up-run';
import { packChunk } from '../src/storage/history-chunk';
import { diagnoseFile } from './diagnose-file';

it('a run’s file is judged by the history in it, and by the settings of its state', async () => {
  const { points, settings } = madeUpRun({
    settings: { discount: 0.5 },
    values: () => ({ meanReturn: 20 }),
  });
  const learner = Learner.create({
    spec: madeUpSpec,
    hyperparameters: settings,
    clock: () => 0,
    breathe: async () => {},
    backend: hostBackends.cpu,
  });
  const state = encodeTrainingState(learner.trainingState());
  learner.dispose();
  const judged = (bytes: Uint8Array<ArrayBuffer>) => diagnoseFile(bytes, async () => null);
  const whole = withHistory(state, { ...packChunk(points), thinned: false });
  expect(await judged(whole)).toMatchObject([
    {
      rule: 'discountShort',
      evidence: { metric: 'discount', value: 0.5, fromVersion: 1, toVersion: 60 },
      sentence: 'With a discount of 0.50 the agent looks 2.00 decisions ahead, and no further.',
      advice: 'Discount γ 0.5 → 0.99',
      patch: { discount: 0.99 },
    },
  ]);
  // Of a run that has not begun nothing can be told.
  expect(await judged(state)).toEqual([]);
});
