import { choiceCounts, maskSize } from '../contract';
import type { TrainingBatch } from './minibatch';
import { networkLayers, type PolicyLayout, readLogStd } from './policy';

/** Half the distance from 1 to the next float32. */
const unit = 2 ** -24;
/** A tanh, an exponential or a logarithm is right to so many units, on graphics processors too. */
const functionUnits = 16;

/**
 * How far a stored action's log-probability may be off by rounding where its net runs in float32: a running error
 * analysis to the first order (Higham 2002, “Accuracy and Stability of Numerical Algorithms”, §3.3), in which the
 * rounding errors of a sum of n numbers are taken to add up as √n of them.
 *
 * It grows with what the policy makes of its numbers: a mean of 1,000 with a deviation of 0.01 leaves nothing of a
 * log-probability in float32, however right everything is computed.
 *
 * @param row of the batch.
 * @returns nats; about 1e-6 for a policy whose outputs are of the size of 1.
 */
export function logProbabilityRounding(
  layout: PolicyLayout,
  parameters: Float32Array,
  batch: Pick<TrainingBatch, 'observations' | 'actions' | 'masks'>,
  row: number,
): number {
  const { observationSize, actionSpace } = layout;
  const observation = batch.observations.subarray(row * observationSize, (row + 1) * observationSize);
  const outputs = roundedOutputs(layout, parameters, observation);
  return actionSpace.kind === 'continuous'
    ? gaussianRounding(outputs, readLogStd(layout, parameters), batch.actions, row)
    : categoricalRounding(outputs, layout, batch, row);
}

/** Numbers, and how far each may be off. */
interface Rounded {
  readonly values: Float64Array;
  readonly errors: Float64Array;
}

/** The policy head's outputs for one observation. */
function roundedOutputs(layout: PolicyLayout, parameters: Float32Array, observation: Float32Array): Rounded {
  let inputs: Rounded = {
    values: Float64Array.from(observation),
    errors: new Float64Array(observation.length),
  };
  for (const { kernel, bias, isHead } of networkLayers(layout, 'actor')) {
    const width = bias.size;
    const values = new Float64Array(width);
    const errors = new Float64Array(width);
    const perSum = unit * (2 + Math.sqrt(inputs.values.length));
    for (let out = 0; out < width; out++) {
      let sum = parameters[bias.offset + out]!;
      let size = Math.abs(sum);
      let error = 0;
      for (let i = 0; i < inputs.values.length; i++) {
        const weight = parameters[kernel.offset + i * width + out]!;
        sum += weight * inputs.values[i]!;
        size += Math.abs(weight * inputs.values[i]!);
        error += Math.abs(weight) * inputs.errors[i]!;
      }
      values[out] = sum;
      errors[out] = error + perSum * size;
    }
    if (!isHead) activate(layout.activation, values, errors);
    inputs = { values, errors };
  }
  return inputs;
}

function activate(activation: 'tanh' | 'relu', values: Float64Array, errors: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    if (activation === 'tanh') {
      values[i] = Math.tanh(values[i]!);
      errors[i] = errors[i]! * (1 - values[i]! * values[i]!) + functionUnits * unit * Math.abs(values[i]!);
    } else if (values[i]! < 0) {
      errors[i] = Math.max(0, errors[i]! + values[i]!);
      values[i] = 0;
    }
  }
}

/** Of −z²/2 − log σ, z = (a − μ)/σ, each component's. */
function gaussianRounding(
  { values: means, errors }: Rounded,
  logStd: Float32Array,
  actions: Float32Array,
  row: number,
): number {
  let rounding = 0;
  for (let i = 0; i < logStd.length; i++) {
    const action = actions[row * logStd.length + i]!;
    const deviation = Math.exp(logStd[i]!);
    const z = Math.abs(action - means[i]!) / deviation;
    const zError = (errors[i]! + unit * (Math.abs(action) + Math.abs(means[i]!))) / deviation;
    const ofLogStd = functionUnits * unit * (1 + Math.abs(logStd[i]!));
    rounding += z * zError + 0.5 * zError * zError + (z * z + 1) * ofLogStd;
  }
  return rounding;
}

/** Of a logit less the logarithm of the sum of all exponentials, each choice's: no more than twice the largest logit's. */
function categoricalRounding(
  { values: logits, errors }: Rounded,
  { actionSpace }: PolicyLayout,
  { masks }: Pick<TrainingBatch, 'masks'>,
  row: number,
): number {
  const masked = maskSize(actionSpace) > 0;
  let rounding = 0;
  let first = 0;
  for (const count of choiceCounts(actionSpace)) {
    let largest = 0;
    for (let k = first; k < first + count; k++) {
      if (masked && masks[row * logits.length + k] === 0) continue;
      largest = Math.max(largest, errors[k]! + functionUnits * unit * (1 + Math.abs(logits[k]!)));
    }
    rounding += 2 * largest;
    first += count;
  }
  return rounding;
}
