import { policyOutputSize } from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { createSimdTrainer } from '../analytic-trainer';
import { takeStep } from '../minibatch-trainer';
import { createSnapshot } from '../snapshot';
import { hashNumbers } from './hash-numbers';
import { cleanrlStep } from './trainer-properties';
import { testSpaces, trainingCase } from './training-cases';

/** What the compiled kernels come to in a run of a fixed seed, in every engine. */
export const fingerprints = { trained: '08f08e8a', acted: '6a46cac8' };

/**
 * Learns from 20 minibatches and acts on 30 rows, on the SIMD kernels, from fixed seeds.
 *
 * @returns hashes of every bit of the weights and moments, and of outputs and values.
 */
export async function simdFingerprints(): Promise<typeof fingerprints> {
  const size = 96;
  const { layout, state, batch } = trainingCase(testSpaces['masked multi-discrete']!, size, 12, {
    hiddenSizes: [64, 33],
    activation: 'tanh',
  });
  const order = Int32Array.from({ length: size }, (_, row) => row);
  const random = SeededRandom.fromSeed(1);
  const minibatches = Array.from({ length: 20 }, () => {
    random.shuffle(order);
    return order.slice(0, 70);
  });
  const trainer = createSimdTrainer(layout, state);
  trainer.begin({ batch, minibatches, settings: cleanrlStep });
  for (const _ of minibatches) takeStep(trainer);
  const { parameters, adamMean, adamVariance } = await trainer.finish();
  trainer.dispose();

  const rows = 30;
  const outputs = new Float32Array(rows * policyOutputSize(layout.actionSpace));
  const values = new Float32Array(rows);
  createSnapshot(layout, { version: 1, parameters }, 'wasm').forward(
    batch.observations,
    rows,
    outputs,
    values,
  );
  return {
    trained: hashNumbers([parameters, adamMean, adamVariance]),
    acted: hashNumbers([outputs, values]),
  };
}
