import * as tf from '@tensorflow/tfjs-core';
import { type AdamState, adamStep, createAdam, disposeAdam } from '../../src/agent/adam';
import { knownEstimates } from '../../src/agent/estimates';
import { paddedWidth } from '../../src/agent/kernels/kernels';
import { type HeadBlock, MinibatchLoss } from '../../src/agent/loss/minibatch-loss';
import type { EstimatedBatch } from '../../src/agent/minibatch';
import {
  type MinibatchTrainer,
  type StatisticsRow,
  type TrainerState,
  type TrainerUpdate,
  untilStopped,
} from '../../src/agent/minibatch-trainer';
import { logStdName, type PolicyLayout } from '../../src/agent/policy';
import { readTensor } from '../../src/agent/tensor-backend';
import { boundedLogStd, joinBlocks, parameterBlocks } from '../../src/agent/tensor-policy';
import { actionLayout, policyOutputSize } from '../../src/contract';

interface Activation {
  readonly of: (sums: tf.Tensor2D) => tf.Tensor2D;
  readonly slope: (sums: tf.Tensor2D, output: tf.Tensor2D) => tf.Tensor;
}

const activations: Readonly<Record<PolicyLayout['activation'], Activation>> = {
  tanh: { of: tf.tanh, slope: (_sums, output) => tf.sub(1, tf.square(output)) },
  relu: { of: tf.relu, slope: (_sums, output) => tf.cast(tf.greater(output, 0), 'float32') },
  swish: {
    of: (sums) => tf.mul(sums, tf.sigmoid(sums)),
    // σ + x σ (1 − σ), in which x σ is the output.
    slope: (sums, output) => {
      const share = tf.sigmoid(sums);
      return tf.add(share, tf.mul(output, tf.sub(1, share)));
    },
  },
};

/**
 * A candidate that is measured and not used: PPO's gradient written out in few large tfjs operations, with Adam on one
 * flat vector. The nets run in tfjs; the loss is `MinibatchLoss`, so a minibatch reads the nets' outputs back, which
 * costs little on WebAssembly and would cost much on WebGL.
 *
 * @param state copied; the trainer owns its tensors until `dispose`.
 */
export function createFewOperationsTrainer(layout: PolicyLayout, state: TrainerState): MinibatchTrainer {
  let adam: AdamState = createAdam(state.parameters, state.adamMean, state.adamVariance, state.adamSteps);
  let update: (TrainerUpdate & { readonly batch: EstimatedBatch }) | null = null;
  let rows: StatisticsRow[] = [];
  let stopped = false;
  const loss = new MinibatchLoss(layout.actionSpace);
  const depth = layout.hiddenSizes.length + 1;
  const activation = activations[layout.activation];

  /** @returns each layer's input, and last the net's outputs; and each layer's sums, before its activation. */
  function runForward(kernels: readonly tf.Tensor[], observations: tf.Tensor2D) {
    const inputs = [observations];
    const sumsOfLayers: tf.Tensor2D[] = [];
    for (let layer = 0; layer < depth; layer++) {
      const sums = tf.fused.matMul({
        a: inputs[layer]!,
        b: kernels[2 * layer] as tf.Tensor2D,
        transposeA: false,
        transposeB: false,
        bias: kernels[2 * layer + 1]!,
      }) as tf.Tensor2D;
      sumsOfLayers.push(sums);
      inputs.push(layer < depth - 1 ? activation.of(sums) : sums);
    }
    return { inputs, sumsOfLayers };
  }

  /** @returns slopes of the net's kernels and biases, in the layout's order. */
  function runBackward(
    kernels: readonly tf.Tensor[],
    { inputs, sumsOfLayers }: ReturnType<typeof runForward>,
    outputSlopes: tf.Tensor2D,
  ) {
    const gradients: tf.Tensor[] = [];
    const ones = tf.ones([1, outputSlopes.shape[0]]) as tf.Tensor2D;
    let slopes = outputSlopes;
    for (let layer = depth - 1; layer >= 0; layer--) {
      const input = inputs[layer]!;
      gradients.unshift(tf.matMul(input, slopes, true, false), tf.matMul(ones, slopes));
      if (layer === 0) break;
      const slope = activation.slope(sumsOfLayers[layer - 1]!, input);
      slopes = tf.mul(tf.matMul(slopes, kernels[2 * layer] as tf.Tensor2D, false, true), slope);
    }
    return gradients;
  }

  function differentiate(indices: Int32Array) {
    const { batch, settings } = update!;
    const size = indices.length;
    return tf.tidy(() => {
      const blocks = parameterBlocks(layout, adam.parameters);
      const actor = blocks.slice(0, 2 * depth);
      const critic = blocks.slice(2 * depth, 4 * depth);
      const observations = gatherRows(batch.observations, layout.observationSize, indices);
      const actorRun = runForward(actor, observations);
      const criticRun = runForward(critic, observations);
      const block = headBlock(layout, size);
      spread(actorRun.inputs[depth]!, block.outputs);
      spread(criticRun.inputs[depth]!, block.values);
      const logStd = layout.blocks.findIndex(({ name }) => name === logStdName);
      if (logStd !== -1) block.logStd.set(blocks[logStd]!.dataSync());
      loss.begin({ batch, indices, settings });
      loss.addBlock(0, size, block);
      const outputs = policyOutputSize(layout.actionSpace);
      const gradient = joinBlocks([
        ...runBackward(actor, actorRun, unspread(block.outputSlopes, size, outputs)),
        ...runBackward(critic, criticRun, unspread(block.valueSlopes, size, 1)),
        ...(logStd === -1 ? [] : [tf.tensor1d(Float32Array.from(loss.logStdSlopes))]),
      ]);
      return gradient;
    });
  }

  return {
    begin(next) {
      const estimates = knownEstimates(next.batch.estimates);
      update = { ...next, batch: { ...next.batch, estimates } };
      rows = [];
      stopped = false;
    },

    step() {
      if (stopped) return true;
      const indices = update!.minibatches.at(rows.length)!;
      const gradient = differentiate(indices);
      const { next: stepped, gradientNorm } = adamStep(adam, gradient, update!.settings);
      const next = { ...stepped, parameters: boundedLogStd(layout, stepped.parameters) };
      stepped.parameters.dispose();
      const statistics = { ...loss.statistics(), gradientNorm: gradientNorm.dataSync()[0]! };
      rows.push(statistics);
      stopped = statistics.approximateKl > update!.settings.largestKl;
      tf.dispose([gradient, gradientNorm]);
      disposeAdam(stopped ? next : adam);
      if (!stopped) adam = next;
      return true;
    },

    settle: async () => 0,

    hasStopped: async () => stopped,

    async finish() {
      const { statistics, stoppedEarly } = untilStopped(rows, update!.settings.largestKl);
      return {
        parameters: await readTensor(adam.parameters),
        adamMean: await readTensor(adam.mean),
        adamVariance: await readTensor(adam.variance),
        adamSteps: adam.steps,
        statistics,
        stoppedEarly,
        estimates: update!.batch.estimates,
      };
    },

    dispose: () => disposeAdam(adam),
  };
}

function gatherRows(table: Float32Array, width: number, indices: Int32Array): tf.Tensor2D {
  const rows = new Float32Array(indices.length * width);
  indices.forEach((index, row) => {
    rows.set(table.subarray(index * width, (index + 1) * width), row * width);
  });
  return tf.tensor2d(rows, [indices.length, width]);
}

/** Room for a whole minibatch at the loss head, whose rows are padded. */
function headBlock(layout: PolicyLayout, rows: number) {
  const width = paddedWidth(policyOutputSize(layout.actionSpace));
  return {
    outputs: new Float32Array(rows * width),
    values: new Float32Array(rows * paddedWidth(1)),
    logStd: new Float32Array(actionLayout(layout.actionSpace).logStds),
    outputSlopes: new Float32Array(rows * width),
    valueSlopes: new Float32Array(rows * paddedWidth(1)),
  } satisfies HeadBlock;
}

/** Copies a matrix into padded rows. */
function spread(matrix: tf.Tensor2D, padded: Float32Array): void {
  const numbers = matrix.dataSync();
  const [rows, columns] = matrix.shape;
  const width = paddedWidth(columns);
  for (let row = 0; row < rows; row++) {
    padded.set(numbers.subarray(row * columns, (row + 1) * columns), row * width);
  }
}

/** The inverse of `spread`. */
function unspread(padded: Float32Array, rows: number, columns: number): tf.Tensor2D {
  const numbers = new Float32Array(rows * columns);
  const width = paddedWidth(columns);
  for (let row = 0; row < rows; row++) {
    numbers.set(padded.subarray(row * width, row * width + columns), row * columns);
  }
  return tf.tensor2d(numbers, [rows, columns]);
}
