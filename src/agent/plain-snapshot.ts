import { policyOutputSize, type SnapshotData } from '../contract';
import { paddedWidth } from './kernels/kernels';
import { addProduct } from './kernels/plain/product';
import { networkLayers, type PolicyLayout, readLogStd } from './policy';
import type { PolicySnapshot } from './policy-snapshot';

/** A policy snapshot in plain arithmetic, float64 inside. */
export class PlainSnapshot implements PolicySnapshot {
  readonly version: number;
  readonly logStd: Float32Array;
  private readonly layout: PolicyLayout;
  private readonly outputSize: number;
  private readonly actor: readonly DenseLayer[];
  private readonly critic: readonly DenseLayer[];
  private scratch: Scratch;

  /** Copies the weights, which must be as many as the layout's. */
  constructor(layout: PolicyLayout, data: SnapshotData) {
    this.layout = layout;
    this.version = data.version;
    this.outputSize = policyOutputSize(layout.actionSpace);
    this.actor = denseLayers(layout, data.parameters, 'actor');
    this.critic = denseLayers(layout, data.parameters, 'critic');
    this.logStd = readLogStd(layout, data.parameters);
    this.scratch = new Scratch(layout, this.outputSize, 1);
  }

  forward(observations: Float32Array, count: number, outputs: Float32Array, values: Float32Array): void {
    const scratch = this.load(observations, 0, count);
    const head = run(this.actor, scratch, count);
    const width = paddedWidth(this.outputSize);
    for (let row = 0; row < count; row++) {
      for (let output = 0; output < this.outputSize; output++) {
        outputs[row * this.outputSize + output] = head[row * width + output]!;
      }
    }
    const valueWidth = paddedWidth(1);
    const valueHead = run(this.critic, scratch, count);
    for (let row = 0; row < count; row++) values[row] = valueHead[row * valueWidth]!;
  }

  value(observations: Float32Array, row: number): number {
    return run(this.critic, this.load(observations, row, 1), 1)[0]!;
  }

  /** Copies `count` rows from `firstRow` on into scratch, which grows to the most rows ever asked for. */
  private load(observations: Float32Array, firstRow: number, count: number): Scratch {
    if (count > this.scratch.rows) this.scratch = new Scratch(this.layout, this.outputSize, count);
    const size = this.layout.observationSize;
    const { inputs } = this.scratch;
    for (let i = 0; i < count * size; i++) inputs[i] = observations[firstRow * size + i]!;
    return this.scratch;
  }
}

/** Space for the activations of `rows` rows. */
class Scratch {
  readonly rows: number;
  readonly inputs: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;

  constructor(layout: PolicyLayout, outputSize: number, rows: number) {
    this.rows = rows;
    this.inputs = new Float64Array(this.rows * layout.observationSize);
    const width = paddedWidth(Math.max(...layout.hiddenSizes, outputSize));
    this.first = new Float64Array(this.rows * width);
    this.second = new Float64Array(this.rows * width);
  }
}

/** One layer, its columns padded with zeros to whole tiles. Rows of its inputs are `inputStride` apart. */
interface DenseLayer {
  readonly inputSize: number;
  readonly inputStride: number;
  readonly width: number;
  readonly kernel: Float64Array; // [inputSize, width]
  readonly bias: Float64Array; // [width]
  readonly activation: 'tanh' | 'relu' | 'none';
}

function denseLayers(
  layout: PolicyLayout,
  parameters: Float32Array,
  network: 'actor' | 'critic',
): DenseLayer[] {
  const layers: DenseLayer[] = [];
  for (const { kernel: tight, bias, isHead } of networkLayers(layout, network)) {
    const [inputSize, columns] = tight.shape as readonly [number, number];
    const width = paddedWidth(columns);
    const kernel = new Float64Array(inputSize * width);
    for (let i = 0; i < tight.size; i++) {
      kernel[Math.floor(i / columns) * width + (i % columns)] = parameters[tight.offset + i]!;
    }
    const padded = new Float64Array(width);
    padded.set(parameters.subarray(bias.offset, bias.offset + columns));
    layers.push({
      inputSize,
      inputStride: layers.at(-1)?.width ?? inputSize,
      width,
      kernel,
      bias: padded,
      activation: isHead ? 'none' : layout.activation,
    });
  }
  return layers;
}

/** Runs the layers one after another; the result's rows are the last layer's width apart. */
function run(layers: readonly DenseLayer[], scratch: Scratch, count: number): Float64Array {
  let inputs = scratch.inputs;
  let outputs = scratch.first;
  for (let layer = 0; layer < layers.length; layer++) {
    dense(layers[layer]!, inputs, outputs, count);
    inputs = outputs;
    outputs = inputs === scratch.first ? scratch.second : scratch.first;
  }
  return inputs;
}

/** `outputs = activation(inputs · kernel + bias)`. A row's result does not depend on the rows beside it. */
function dense(layer: DenseLayer, inputs: Float64Array, outputs: Float64Array, count: number): void {
  const { inputSize, inputStride, width, kernel, bias, activation } = layer;
  for (let row = 0; row < count; row++) outputs.set(bias, row * width);
  addProduct(count, width, inputSize, inputs, inputStride, 1, kernel, outputs);
  const cells = count * width;
  if (activation === 'tanh') {
    for (let i = 0; i < cells; i++) outputs[i] = Math.tanh(outputs[i]!);
  } else if (activation === 'relu') {
    for (let i = 0; i < cells; i++) outputs[i] = Math.max(0, outputs[i]!);
  }
}
