import { defaultDevice, grad, init, jit, nn, numpy as np } from '@jax-js/jax';
import { adamDecays, normEpsilon } from '../src/agent/adam-constants';
import { knownEstimates } from '../src/agent/estimates';
import type { TrainingBatch } from '../src/agent/minibatch';
import type { MinibatchTrainer, TrainerState, TrainerUpdate } from '../src/agent/minibatch-trainer';
import type { PolicyLayout } from '../src/agent/policy';
import type { Arrays, JaxForm } from './jax-forms';

/** What of the settings the compiled programs know as constants. */
export interface JaxLoss {
  readonly clipRange: number;
  readonly valueCoefficient: number;
  readonly entropyCoefficient: number;
  readonly maxGradientNorm: number;
  readonly adamEpsilon: number;
}

/** Makes jax-js compute on WebAssembly: with threads, where there is shared memory. */
export async function openJax(): Promise<void> {
  await init('wasm');
  defaultDevice('wasm');
}

/** Weights and Adam's running mean and variance. */
type JaxState = [parameters: Arrays, mean: Arrays, variance: Arrays];
type Columns = ReturnType<typeof gather>;

/** A step for nets of one layout; compiled once for every size of a minibatch. */
export interface CompiledJax {
  readonly form: JaxForm;
  readonly layout: PolicyLayout;
  /** Uses up all that it is given. */
  readonly step: (state: JaxState, columns: Columns, stepSize: np.Array, varianceScale: np.Array) => JaxState;
}

/** Gradient and Adam are a compiled call each, as the documentation has it. */
export function compileJax(form: JaxForm, layout: PolicyLayout, settings: JaxLoss): CompiledJax {
  const gradient = jit(grad(lossOf(form, layout, settings)));
  const adam = jit(adamOf(settings));
  return {
    form,
    layout,
    step([parameters, mean, variance], columns, stepSize, varianceScale) {
      const slopes = gradient(referred(parameters), ...columns) as Arrays;
      return adam(parameters, mean, variance, slopes, stepSize, varianceScale) as JaxState;
    },
  };
}

/** The whole step is one compiled call, so that nothing comes back to JavaScript in between. */
export function compileJaxStep(
  form: JaxForm,
  layout: PolicyLayout,
  settings: JaxLoss,
  gradient: GradientOf = grad(lossOf(form, layout, settings)) as GradientOf,
): CompiledJax {
  const adam = adamOf(settings);
  const whole = jit(
    (
      parameters: Arrays,
      mean: Arrays,
      variance: Arrays,
      stepSize: np.Array,
      varianceScale: np.Array,
      ...columns: [...Columns]
    ) =>
      adam(parameters, mean, variance, gradient(referred(parameters), ...columns), stepSize, varianceScale),
  );
  return {
    form,
    layout,
    step: (state, columns, stepSize, varianceScale) =>
      whole(...state, stepSize, varianceScale, ...columns) as JaxState,
  };
}

type GradientOf = (weights: Arrays, ...columns: [...Columns]) => Arrays;

/** The same arrays, to be used once more. */
function referred(arrays: Arrays): Arrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.ref])) as Arrays;
}

/** The loss of `ppo.ts`, without value clipping; advantages come normalised. */
function lossOf(
  form: JaxForm,
  layout: PolicyLayout,
  { clipRange, valueCoefficient, entropyCoefficient }: JaxLoss,
) {
  return (
    weights: Arrays,
    observations: np.Array, // [B, obs]
    chosen: np.Array, // [B, actions], 1 at the action taken
    oldLogProbabilities: np.Array, // [B]
    advantages: np.Array, // [B]
    returns: np.Array, // [B]
  ): np.Array => {
    const [logits, values] = form.forward(layout, weights, observations);
    const logProbabilities = nn.logSoftmax(logits);
    const taken = logProbabilities.ref.mul(chosen).sum(-1);
    const entropy = np.exp(logProbabilities.ref).mul(logProbabilities).sum(-1).mean().neg();
    const ratios = np.exp(taken.sub(oldLogProbabilities));
    const against = advantages.neg();
    const plain = against.ref.mul(ratios.ref);
    const clipped = against.mul(np.clip(ratios, 1 - clipRange, 1 + clipRange));
    const policyLoss = np.maximum(plain, clipped).mean();
    const valueLoss = np.square(values.sub(returns)).mean();
    return policyLoss.add(valueLoss.mul(valueCoefficient)).sub(entropy.mul(entropyCoefficient));
  };
}

/** Adam as PyTorch takes it, the gradient's global norm clipped first. */
function adamOf({ maxGradientNorm, adamEpsilon }: JaxLoss) {
  return (
    parameters: Arrays,
    mean: Arrays,
    variance: Arrays,
    gradient: Arrays,
    stepSize: np.Array,
    varianceScale: np.Array,
  ): [Arrays, Arrays, Arrays] => {
    const squares = Object.values(gradient).map((part) => np.square(part.ref).sum());
    const norm = np.sqrt(squares.reduce((sum, part) => sum.add(part)));
    const scale = np.minimum(np.array(maxGradientNorm).div(norm.add(normEpsilon)), 1);
    const next: [Arrays, Arrays, Arrays] = [{}, {}, {}];
    for (const name of Object.keys(gradient)) {
      const slope = gradient[name]!.mul(scale.ref);
      const first = mean[name]!.mul(adamDecays.mean).add(slope.ref.mul(1 - adamDecays.mean));
      const second = variance[name]!.mul(adamDecays.variance).add(
        np.square(slope).mul(1 - adamDecays.variance),
      );
      const root = np.sqrt(second.ref).mul(varianceScale.ref).add(adamEpsilon);
      next[0][name] = parameters[name]!.sub(first.ref.mul(stepSize.ref).div(root));
      next[1][name] = first;
      next[2][name] = second;
    }
    for (const used of [scale, stepSize, varianceScale]) used.dispose();
    return next;
  };
}

/**
 * The PPO step in jax-js: minibatches are gathered, and advantages normalised, in JavaScript; no statistics are kept.
 * What is queued should be waited for after every step (`settle`), or lists of what waits grow.
 */
export function createJaxTrainer({ form, layout, step }: CompiledJax, state: TrainerState): MinibatchTrainer {
  let parameters = form.load(layout, state.parameters);
  let mean = form.load(layout, state.adamMean);
  let variance = form.load(layout, state.adamVariance);
  let steps = state.adamSteps;
  let update: TrainerUpdate | null = null;
  let taken = 0;
  return {
    begin(next) {
      update = next;
      taken = 0;
    },
    step() {
      const { batch, minibatches, settings } = update!;
      const columns = gather(batch, minibatches.at(taken)!, layout.observationSize);
      taken += 1;
      steps += 1;
      const stepSize = np.array(settings.learningRate / (1 - adamDecays.mean ** steps));
      const varianceScale = np.array(1 / Math.sqrt(1 - adamDecays.variance ** steps));
      [parameters, mean, variance] = step([parameters, mean, variance], columns, stepSize, varianceScale);
      return true;
    },
    // All outputs of a compiled call wait for the same kernels.
    async settle() {
      await Object.values(parameters)[0]!.blockUntilReady();
      return 0;
    },
    hasStopped: async () => false,
    async finish() {
      return {
        parameters: await form.read(layout, parameters),
        adamMean: await form.read(layout, mean),
        adamVariance: await form.read(layout, variance),
        adamSteps: steps,
        statistics: [],
        stoppedEarly: false,
        estimates: knownEstimates(update!.batch.estimates),
      };
    },
    dispose() {
      for (const array of [parameters, mean, variance].flatMap((arrays) => Object.values(arrays))) {
        array.dispose();
      }
    },
  };
}

function gather(batch: TrainingBatch, rows: Int32Array, observationSize: number) {
  const { advantages, returns } = knownEstimates(batch.estimates);
  const observations = new Float32Array(rows.length * observationSize);
  const chosen = new Float32Array(rows.length * 2);
  rows.forEach((row, place) => {
    const from = row * observationSize;
    observations.set(batch.observations.subarray(from, from + observationSize), place * observationSize);
    chosen[place * 2 + batch.actions[row]!] = 1;
  });
  const column = (values: Float32Array) => np.array(Float32Array.from(rows, (row) => values[row]!));
  return [
    np.array(observations).reshape([rows.length, observationSize]),
    np.array(chosen).reshape([rows.length, 2]),
    column(batch.logProbabilities),
    np.array(normalised(Float32Array.from(rows, (row) => advantages[row]!))),
    column(returns),
  ] as const;
}

/** Centred and scaled by their own mean and unbiased standard deviation. */
function normalised(values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1)) + 1e-8;
  return values.map((value) => (value - mean) / deviation);
}
