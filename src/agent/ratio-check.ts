import { PlaytrainError } from '../contract';
import type { TrainingBatch } from './minibatch';
import type { PolicyLayout } from './policy';
import { logProbabilityRounding } from './rounding';

/** A ratio no further than this from 1 is taken for rounding without a closer look. */
const plainDeviation = 1e-3;
/** The estimate of rounding is to the first order, and both who acted and who learns round. */
const roundingFactor = 4;

/**
 * The policy that is trained must be the one that acted: before the first step, every ratio is 1 (and so the KL 0), but
 * for rounding.
 *
 * @param deviation max |ratio − 1| over the first minibatch's steps by the policy that is trained, as the trainer computed it.
 * @param rows `[B]` of the first minibatch. @param parameters `[P]` before the update.
 * @returns the deviation; null where the minibatch held no step by that policy.
 * @throws PlaytrainError `inconsistent-update` where rounding cannot explain it.
 */
export function checkedRatioDeviation(
  deviation: number,
  layout: PolicyLayout,
  parameters: Float32Array,
  batch: TrainingBatch,
  rows: Int32Array,
): number | null {
  const own = rows.filter((row) => batch.onVersion[row] !== 0);
  if (own.length === 0) return null;
  if (deviation > plainDeviation && deviation > explained(layout, parameters, batch, own)) {
    throw new PlaytrainError(
      'inconsistent-update',
      `Acting and learning disagree: before the first step a probability ratio was ${deviation.toPrecision(3)} away from 1. The update was taken back; if this repeats, choose another backend and report it.`,
    );
  }
  return deviation;
}

/** The largest deviation that rounding explains, of all these steps. */
function explained(
  layout: PolicyLayout,
  parameters: Float32Array,
  batch: TrainingBatch,
  rows: Int32Array,
): number {
  let largest = 0;
  for (const row of rows) {
    largest = Math.max(largest, logProbabilityRounding(layout, parameters, batch, row));
  }
  return Math.expm1(roundingFactor * largest);
}
