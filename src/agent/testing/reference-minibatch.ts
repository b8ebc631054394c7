import { type ActionPart, actionLayout, maskSize, policyOutputSize } from '../../contract';
import type { EstimatedBatch, StepSettings } from '../minibatch';
import type { StatisticsRow, TrainerState } from '../minibatch-trainer';
import { logStdName, networkLayers, type PolicyLayout } from '../policy';

/**
 * One PPO minibatch in float64 and plain loops: the slow twin of `createAutodiffTrainer`. The loss of a step is
 * written as a formula of the nets' outputs and differentiated numerically; only the nets are run backwards by hand.
 */

/** Those that only actions of several parts show. */
export const partMistakes = [
  'log-probability of the first part only',
  'entropy of the first part only',
  'flags read where logits are',
  'one log σ for all axes',
] as const;

/** Mistakes that are easily made, so that tests can show that each would be noticed. */
export const mistakes = [
  'advantage std with n',
  'no advantage normalisation',
  'advantage mean not subtracted',
  'clipped policy term only',
  'policy max instead of min',
  'clipped value term only',
  'value min instead of max',
  'value not clipped',
  'value without the half',
  'entropy sign flipped',
  'sum instead of mean',
  'gradient without the last rows',
  'gradient with the last rows twice',
  'no gradient clipping',
  'actor and critic clipped apart',
  'each block clipped apart',
  'gradient clipped by value',
  'Adam epsilon 1e-8',
  'Adam epsilon 1e-7',
  'Adam epsilon inside the root',
  'Adam epsilon before bias correction',
  'Adam without bias correction',
  'log σ without bounds',
  ...partMistakes,
] as const;
export type Mistake = (typeof mistakes)[number];

export interface ReferenceResult {
  readonly loss: number;
  readonly statistics: StatisticsRow;
  readonly gradient: Float64Array; // [P], before clipping
  readonly parameters: Float64Array; // [P]
  readonly adamMean: Float64Array; // [P]
  readonly adamVariance: Float64Array; // [P]
}

/** The loss, gradient and step of the batch's rows at `indices`, with one deliberate mistake if named. */
export function referenceMinibatch(
  layout: PolicyLayout,
  state: Pick<TrainerState, 'parameters' | 'adamMean' | 'adamVariance' | 'adamSteps'>,
  batch: EstimatedBatch,
  indices: Int32Array,
  settings: StepSettings,
  mistake?: Mistake,
): ReferenceResult {
  const parameters = Float64Array.from(state.parameters);
  const count = indices.length;
  const share = mistake === 'sum instead of mean' ? 1 : 1 / count;
  const advantages = normalised(
    Array.from(indices, (row) => batch.estimates.advantages[row]!),
    mistake,
  );
  const gradient = new Float64Array(layout.parameterCount);
  const totals = { policyLoss: 0, valueLoss: 0, entropy: 0, approximateKl: 0, clipFraction: 0 };
  let ratioDeviation = 0;
  let loss = 0;
  for (let i = 0; i < count; i++) {
    const row = indices[i]!;
    const observation = rowOf(batch.observations, row, layout.observationSize);
    const actor = runNetwork(layout, parameters, 'actor', observation);
    const critic = runNetwork(layout, parameters, 'critic', observation);
    const logStdBlock = layout.blocks.find(({ name }) => name === logStdName);
    const logStd =
      logStdBlock === undefined
        ? []
        : Array.from(parameters.subarray(logStdBlock.offset, logStdBlock.offset + logStdBlock.size));
    const step: StoredStep = {
      action: rowOf(batch.actions, row, batch.actions.length / batch.size),
      mask: rowOf(batch.masks, row, maskSize(layout.actionSpace)),
      logProbability: batch.logProbabilities[row]!,
      value: batch.values[row]!,
      advantage: advantages[i]!,
      return: batch.estimates.returns[row]!,
    };
    const head = [...actor.output, ...critic.output, ...logStd];
    const outputs = policyOutputSize(layout.actionSpace);
    const evaluate = (numbers: readonly number[]) =>
      stepLoss(
        layout,
        numbers.slice(0, outputs),
        numbers[outputs]!,
        numbers.slice(outputs + 1),
        step,
        settings,
        mistake,
      );
    const terms = evaluate(head);
    loss += share * terms.loss;
    totals.policyLoss += share * terms.policyLoss;
    totals.valueLoss += share * terms.valueLoss;
    totals.entropy += share * terms.entropy;
    const logRatio = Math.log(terms.ratio);
    totals.approximateKl += (Math.expm1(logRatio) - logRatio) / count;
    totals.clipFraction += (Math.abs(terms.ratio - 1) > settings.clipRange ? 1 : 0) / count;
    if (batch.onVersion[row] !== 0) ratioDeviation = Math.max(ratioDeviation, Math.abs(terms.ratio - 1));
    const weight = share * timesAdded(i, count, mistake);
    const slopes = head.map((_, k) => weight * slope((numbers) => evaluate(numbers).loss, head, k));
    backpropagate(layout, parameters, 'actor', actor, slopes.slice(0, outputs), gradient);
    backpropagate(layout, parameters, 'critic', critic, slopes.slice(outputs, outputs + 1), gradient);
    if (logStdBlock !== undefined) {
      slopes.slice(outputs + 1).forEach((value, k) => {
        gradient[logStdBlock.offset + k] = gradient[logStdBlock.offset + k]! + value;
      });
    }
  }
  const gradientNorm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
  const clipped = clipGradient(layout, gradient, settings.maxGradientNorm, mistake);
  return {
    loss,
    statistics: { ...totals, gradientNorm, ratioDeviation },
    gradient,
    ...adam(layout, parameters, clipped, state, settings, mistake),
  };
}

/** How often a row's part is added to the gradient; the last quarter of the rows are the last rows. */
function timesAdded(i: number, count: number, mistake: Mistake | undefined): number {
  if (4 * i < 3 * count) return 1;
  if (mistake === 'gradient without the last rows') return 0;
  return mistake === 'gradient with the last rows twice' ? 2 : 1;
}

// ---- Loss of one step -----------------------------------------------------------------------------------------------

interface StoredStep {
  readonly action: readonly number[];
  readonly mask: readonly number[];
  readonly logProbability: number;
  readonly value: number;
  readonly advantage: number;
  readonly return: number;
}

function normalised(advantages: readonly number[], mistake: Mistake | undefined): number[] {
  const count = advantages.length;
  if (mistake === 'no advantage normalisation' || count < 2) return [...advantages];
  const mean = advantages.reduce((sum, value) => sum + value, 0) / count;
  const squares = advantages.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const std = Math.sqrt(squares / (mistake === 'advantage std with n' ? count : count - 1));
  const centre = mistake === 'advantage mean not subtracted' ? 0 : mean;
  return advantages.map((value) => (value - centre) / (std + 1e-8));
}

function stepLoss(
  layout: PolicyLayout,
  outputs: readonly number[],
  value: number,
  logStd: readonly number[],
  step: StoredStep,
  settings: StepSettings,
  mistake: Mistake | undefined,
) {
  const { logProbability, entropy } = referenceProbabilities(
    layout,
    outputs,
    logStd,
    step.action,
    step.mask,
    mistake,
  );
  const ratio = Math.exp(logProbability - step.logProbability);
  const { clipRange, valueClipRange } = settings;
  const plain = -step.advantage * ratio;
  const clippedTerm = -step.advantage * clamp(ratio, 1 - clipRange, 1 + clipRange);
  let policyLoss = Math.max(plain, clippedTerm);
  if (mistake === 'clipped policy term only') policyLoss = clippedTerm;
  // The paper takes the smaller objective, which is the larger loss.
  if (mistake === 'policy max instead of min') policyLoss = Math.min(plain, clippedTerm);

  let valueLoss = (value - step.return) ** 2;
  if (settings.valueClip && mistake !== 'value not clipped') {
    const clippedValue = step.value + clamp(value - step.value, -valueClipRange, valueClipRange);
    const clippedSquare = (clippedValue - step.return) ** 2;
    if (mistake === 'clipped value term only') valueLoss = clippedSquare;
    else if (mistake === 'value min instead of max') valueLoss = Math.min(valueLoss, clippedSquare);
    else valueLoss = Math.max(valueLoss, clippedSquare);
  }
  if (settings.valueLoss === 'halfMeanSquared' && mistake !== 'value without the half') valueLoss /= 2;

  const bonus = settings.entropyCoefficient * entropy * (mistake === 'entropy sign flipped' ? -1 : 1);
  return {
    loss: policyLoss + settings.valueCoefficient * valueLoss - bonus,
    policyLoss,
    valueLoss,
    entropy,
    ratio,
  };
}

/** Log-probability of one action, and entropy, of one step. Forbidden choices take no part in any sum. */
export function referenceProbabilities(
  layout: PolicyLayout,
  outputs: readonly number[],
  logStd: readonly number[],
  action: readonly number[],
  mask: readonly number[],
  mistake?: Mistake,
): { logProbability: number; entropy: number } {
  const { parts } = actionLayout(layout.actionSpace);
  const ofParts = parts.map((part) =>
    partProbabilities(part, outputs, logStd, action.slice(part.action), mask, mistake),
  );
  const sum = (numbers: readonly number[], firstOnly: boolean) =>
    firstOnly ? numbers[0]! : numbers.reduce((total, number) => total + number, 0);
  return {
    logProbability: sum(
      ofParts.map((part) => part.logProbability),
      mistake === 'log-probability of the first part only',
    ),
    entropy: sum(
      ofParts.map((part) => part.entropy),
      mistake === 'entropy of the first part only',
    ),
  };
}

/** The same of one part. @param action from its first number on. */
function partProbabilities(
  part: ActionPart,
  outputs: readonly number[],
  logStd: readonly number[],
  action: readonly number[],
  mask: readonly number[],
  mistake: Mistake | undefined,
): { logProbability: number; entropy: number } {
  let logProbability = 0;
  let entropy = 0;
  part.components.forEach((component, i) => {
    const start = component.output;
    if (component.kind === 'axis') {
      const own = logStd[mistake === 'one log σ for all axes' ? 0 : component.logStd]!;
      const deviation = (action[i]! - outputs[start]!) / Math.exp(own);
      logProbability -= 0.5 * deviation ** 2 + own + 0.5 * Math.log(2 * Math.PI);
      entropy += own + 0.5 * Math.log(2 * Math.PI * Math.E);
      return;
    }
    const { mask: ownFlags } = component;
    const flags = ownFlags !== null && mistake === 'flags read where logits are' ? start : ownFlags;
    const allowed = Array.from({ length: component.count }, (_, k) => k).filter(
      (k) => flags === null || mask[flags + k] !== 0,
    );
    const total = allowed.reduce((sum, k) => sum + Math.exp(outputs[start + k]!), 0);
    for (const k of allowed) {
      const logP = outputs[start + k]! - Math.log(total);
      entropy -= Math.exp(logP) * logP;
      if (k === action[i]) logProbability += logP;
    }
  });
  return { logProbability, entropy };
}

/**
 * The k-th partial derivative, by the five-point stencil. Wrong only where the loss has a kink within two widths, so
 * test batches must hold no ratio or value that lies on a clip's edge.
 */
function slope(of: (numbers: readonly number[]) => number, at: readonly number[], k: number): number {
  const width = 1e-5;
  const shifted = (steps: number) => of(at.map((number, i) => (i === k ? number + steps * width : number)));
  return (shifted(-2) - 8 * shifted(-1) + 8 * shifted(1) - shifted(2)) / (12 * width);
}

// ---- Networks -------------------------------------------------------------------------------------------------------

interface NetworkRun {
  /** Input of each layer; the observation first. */
  readonly inputs: readonly (readonly number[])[];
  /** What each layer gives before its activation. */
  readonly sums: readonly (readonly number[])[];
  readonly output: readonly number[];
}

const activations = {
  tanh: { value: Math.tanh, slope: (x: number) => 1 - Math.tanh(x) ** 2 },
  relu: { value: (x: number) => Math.max(0, x), slope: (x: number) => (x > 0 ? 1 : 0) },
  swish: {
    value: (x: number) => x / (1 + Math.exp(-x)),
    slope: (x: number) => (1 + Math.exp(-x) + x * Math.exp(-x)) / (1 + Math.exp(-x)) ** 2,
  },
} as const;

function runNetwork(
  layout: PolicyLayout,
  parameters: Float64Array,
  network: 'actor' | 'critic',
  observation: readonly number[],
): NetworkRun {
  const inputs: (readonly number[])[] = [];
  const sums: (readonly number[])[] = [];
  let current = observation;
  for (const { kernel, bias, isHead } of networkLayers(layout, network)) {
    inputs.push(current);
    const input = current;
    const width = kernel.shape[1]!;
    current = Array.from({ length: width }, (_, out) => {
      let sum = parameters[bias.offset + out]!;
      for (let i = 0; i < input.length; i++) sum += input[i]! * parameters[kernel.offset + i * width + out]!;
      return sum;
    });
    sums.push(current);
    if (!isHead) current = current.map((sum) => activations[layout.activation].value(sum));
  }
  return { inputs, sums, output: current };
}

/** Adds the gradient of one step's loss to `gradient`, given its slopes at the network's output. */
function backpropagate(
  layout: PolicyLayout,
  parameters: Float64Array,
  network: 'actor' | 'critic',
  run: NetworkRun,
  outputSlopes: readonly number[],
  gradient: Float64Array,
): void {
  const layers = networkLayers(layout, network);
  let slopes = outputSlopes;
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const { kernel, bias } = layers[layer]!;
    const input = run.inputs[layer]!;
    const width = kernel.shape[1]!;
    const below = input.map(() => 0);
    for (let out = 0; out < width; out++) {
      gradient[bias.offset + out] = gradient[bias.offset + out]! + slopes[out]!;
      for (let i = 0; i < input.length; i++) {
        const place = kernel.offset + i * width + out;
        gradient[place] = gradient[place]! + input[i]! * slopes[out]!;
        below[i] = below[i]! + parameters[place]! * slopes[out]!;
      }
    }
    const sums = run.sums[layer - 1];
    if (sums !== undefined) {
      slopes = below.map((value, i) => value * activations[layout.activation].slope(sums[i]!));
    }
  }
}

// ---- Step -----------------------------------------------------------------------------------------------------------

function clipGradient(
  layout: PolicyLayout,
  gradient: Float64Array,
  maxNorm: number,
  mistake: Mistake | undefined,
): Float64Array {
  if (mistake === 'no gradient clipping') return gradient;
  if (mistake === 'gradient clipped by value')
    return gradient.map((value) => clamp(value, -maxNorm, maxNorm));
  const groupOf = (name: string) =>
    mistake === 'actor and critic clipped apart'
      ? name.split('.')[0]
      : mistake === 'each block clipped apart'
        ? name
        : 'all';
  const clipped = gradient.slice();
  for (const group of new Set(layout.blocks.map(({ name }) => groupOf(name)))) {
    const parts = layout.blocks
      .filter(({ name }) => groupOf(name) === group)
      .map(({ offset, size }) => clipped.subarray(offset, offset + size));
    const norm = Math.sqrt(parts.reduce((sum, part) => part.reduce((s, value) => s + value * value, sum), 0));
    const coefficient = Math.min(1, maxNorm / (norm + 1e-6));
    for (const part of parts) part.set(part.map((value) => value * coefficient));
  }
  return clipped;
}

function adam(
  layout: PolicyLayout,
  parameters: Float64Array,
  gradient: Float64Array,
  state: Pick<TrainerState, 'adamMean' | 'adamVariance' | 'adamSteps'>,
  settings: Pick<StepSettings, 'learningRate' | 'adamEpsilon'>,
  mistake: Mistake | undefined,
) {
  const steps = state.adamSteps + 1;
  const firstLogStd =
    layout.blocks.find(({ name }) => name === logStdName)?.offset ?? Number.POSITIVE_INFINITY;
  const corrected = mistake !== 'Adam without bias correction';
  const meanCorrection = corrected ? 1 - 0.9 ** steps : 1;
  const varianceCorrection = corrected ? 1 - 0.999 ** steps : 1;
  const epsilon =
    mistake === 'Adam epsilon 1e-8' ? 1e-8 : mistake === 'Adam epsilon 1e-7' ? 1e-7 : settings.adamEpsilon;
  const adamMean = gradient.map((value, i) => 0.9 * state.adamMean[i]! + 0.1 * value);
  const adamVariance = gradient.map((value, i) => 0.999 * state.adamVariance[i]! + 0.001 * value * value);
  const stepped = parameters.map((parameter, i) => {
    const mean = adamMean[i]! / meanCorrection;
    const variance = adamVariance[i]! / varianceCorrection;
    let denominator = Math.sqrt(variance) + epsilon;
    if (mistake === 'Adam epsilon inside the root') denominator = Math.sqrt(variance + epsilon);
    if (mistake === 'Adam epsilon before bias correction') {
      denominator = (Math.sqrt(adamVariance[i]!) + epsilon) / Math.sqrt(varianceCorrection);
    }
    const next = parameter - (settings.learningRate * mean) / denominator;
    return mistake !== 'log σ without bounds' && i >= firstLogStd ? clamp(next, -5, 2) : next;
  });
  return { parameters: stepped, adamMean, adamVariance };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function rowOf(numbers: ArrayLike<number>, row: number, width: number): number[] {
  return Array.from({ length: width }, (_, i) => numbers[row * width + i]!);
}
