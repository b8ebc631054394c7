import { type AxesPart, actionLayout, type ChoicesPart } from '../contract';
import { tanh } from './kernels/plain/tanh';
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
  const { parts, actions: width, masks: maskWidth } = actionLayout(actionSpace);
  const action = batch.actions.subarray(row * width, (row + 1) * width);
  const mask = batch.masks.subarray(row * maskWidth, (row + 1) * maskWidth);
  const logStd = readLogStd(layout, parameters);
  return parts.reduce(
    (sum, part) =>
      sum +
      (part.kind === 'axes'
        ? gaussianRounding(part, outputs, logStd, action)
        : categoricalRounding(part, outputs, mask)),
    0,
  );
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

function activate(activation: 'tanh' | 'relu' | 'swish', values: Float64Array, errors: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    if (activation === 'tanh') {
      values[i] = tanh(values[i]!);
      errors[i] = errors[i]! * (1 - values[i]! * values[i]!) + functionUnits * unit * Math.abs(values[i]!);
    } else if (activation === 'swish') {
      const share = 0.5 + 0.5 * tanh(0.5 * values[i]!);
      const slope = share * (1 + values[i]! * (1 - share));
      // The share itself is right to so many units of 1.
      const rounding = functionUnits * unit * Math.abs(values[i]!);
      values[i] = values[i]! * share;
      errors[i] = errors[i]! * Math.abs(slope) + rounding;
    } else if (values[i]! < 0) {
      errors[i] = Math.max(0, errors[i]! + values[i]!);
      values[i] = 0;
    }
  }
}

/** Of −z²/2 − log σ, z = (a − μ)/σ, each component's. */
function gaussianRounding(
  part: AxesPart,
  { values: means, errors }: Rounded,
  logStds: Float32Array,
  actions: Float32Array,
): number {
  let rounding = 0;
  part.components.forEach((axis, i) => {
    const action = actions[part.action + i]!;
    const mean = means[axis.output]!;
    const logStd = logStds[axis.logStd]!;
    const deviation = Math.exp(logStd);
    const z = Math.abs(action - mean) / deviation;
    const zError = (errors[axis.output]! + unit * (Math.abs(action) + Math.abs(mean))) / deviation;
    const ofLogStd = functionUnits * unit * (1 + Math.abs(logStd));
    rounding += z * zError + 0.5 * zError * zError + (z * z + 1) * ofLogStd;
  });
  return rounding;
}

/** Of a logit less the logarithm of the sum of all exponentials, each choice's: no more than twice the largest logit's. */
function categoricalRounding(
  part: ChoicesPart,
  { values: logits, errors }: Rounded,
  flags: Uint8Array,
): number {
  let rounding = 0;
  for (const { count, output, mask } of part.components) {
    let largest = 0;
    for (let k = 0; k < count; k++) {
      if (mask !== null && flags[mask + k] === 0) continue;
      const logit = Math.abs(logits[output + k]!);
      largest = Math.max(largest, errors[output + k]! + functionUnits * unit * (1 + logit));
    }
    rounding += 2 * largest;
  }
  return rounding;
}
