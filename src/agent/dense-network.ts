import {
  type Activation,
  type Allocate,
  type DenseShape,
  type Kernels,
  paddedWidth,
} from './kernels/kernels';
import { networkLayers, type ParameterBlock, type PolicyLayout } from './policy';

/** The most rows that are run at once: more gain nothing, and these many activations stay in the processor's cache. */
export const blockRows = 64;

/** A parameter block as kernels want it: each row padded with zeros to a multiple of four numbers. */
export interface PaddedBlock {
  readonly block: ParameterBlock;
  readonly rows: number;
  readonly columns: number;
  /** From one row to the next. */
  readonly width: number;
  readonly offset: number;
  readonly size: number;
}

/** All of a policy's blocks in the layout's order. What is 0 in the padding stays 0 through any gradient step. */
export interface PaddedLayout {
  readonly blocks: readonly PaddedBlock[];
  /** Padding included. */
  readonly size: number;
}

export function paddedLayout(layout: PolicyLayout): PaddedLayout {
  let offset = 0;
  const blocks = layout.blocks.map((block) => {
    const columns = block.shape.at(-1)!; // blocks are matrices or vectors
    const rows = block.size / columns;
    const width = paddedWidth(columns);
    const padded = { block, rows, columns, width, offset, size: rows * width };
    offset += padded.size;
    return padded;
  });
  return { blocks, size: offset };
}

/** Copies `tight` `[P]` into `padded` `[size]`, whose padding is left as it is. */
export function pad({ blocks }: PaddedLayout, tight: Float32Array, padded: Float32Array): void {
  for (const { block, rows, columns, width, offset } of blocks) {
    for (let row = 0; row < rows; row++) {
      const start = block.offset + row * columns;
      padded.set(tight.subarray(start, start + columns), offset + row * width);
    }
  }
}

/** @returns a copy of `padded` `[size]` without its padding, `[P]`. */
export function unpad({ blocks }: PaddedLayout, padded: Float32Array): Float32Array<ArrayBuffer> {
  const tight = new Float32Array(blocks.reduce((sum, { block }) => sum + block.size, 0));
  for (const { block, rows, columns, width, offset } of blocks) {
    for (let row = 0; row < rows; row++) {
      const start = offset + row * width;
      tight.set(padded.subarray(start, start + columns), block.offset + row * columns);
    }
  }
  return tight;
}

/** The part of `numbers` `[size]` that holds a block. */
export function view({ offset, size }: PaddedBlock, numbers: Float32Array): Float32Array {
  return numbers.subarray(offset, offset + size);
}

/** One of a policy's two nets: its layers, each with room for what a block of rows makes of them. */
export interface DenseNetwork {
  readonly layers: readonly DenseLayer[];
  readonly activation: Activation;
}

export interface DenseLayer {
  readonly shape: DenseShape;
  readonly kernel: Float32Array; // [inputs, width], of the parameters
  readonly bias: Float32Array; // [width], of the parameters
  /** After the activation; of the last layer, which has none, the net's outputs. */
  readonly outputs: Float32Array; // [blockRows, width]
}

/** What running a net backwards takes besides, a layer each. */
export interface LayerSlopes {
  readonly kernel: Float32Array; // [inputs, width], of the gradient
  readonly bias: Float32Array; // [width], of the gradient
  /** Before the activation. */
  readonly outputs: Float32Array; // [blockRows, width]
  /** Empty for the first layer, whose inputs are given. */
  readonly transposedKernel: Float32Array; // [outputs, inputWidth]
}

/** Lays out a net over the policy's padded parameters. */
export function layOutNetwork(
  allocate: Allocate,
  layout: PolicyLayout,
  network: 'actor' | 'critic',
  parameters: Float32Array,
): DenseNetwork {
  const layers = layerBlocks(layout, network).map(({ shape, kernel, bias }) => ({
    shape,
    kernel: view(kernel, parameters),
    bias: view(bias, parameters),
    outputs: allocate(blockRows * shape.width),
  }));
  return { layers, activation: layout.activation };
}

/** Lays out a net's slopes; those of its weights lie in `gradient` as the weights do in the parameters. */
export function layOutSlopes(
  allocate: Allocate,
  layout: PolicyLayout,
  network: 'actor' | 'critic',
  gradient: Float32Array,
): LayerSlopes[] {
  return layerBlocks(layout, network).map(({ shape, kernel, bias }, layer) => ({
    kernel: view(kernel, gradient),
    bias: view(bias, gradient),
    outputs: allocate(blockRows * shape.width),
    transposedKernel: allocate(layer === 0 ? 0 : shape.outputs * shape.inputWidth),
  }));
}

function layerBlocks(layout: PolicyLayout, network: 'actor' | 'critic') {
  const { blocks } = paddedLayout(layout);
  const padded = ({ offset }: ParameterBlock) => blocks.find(({ block }) => block.offset === offset)!; // all are padded
  let inputWidth = layout.observationSize;
  return networkLayers(layout, network).map((layer) => {
    const kernel = padded(layer.kernel);
    const shape = { inputs: kernel.rows, inputWidth, outputs: kernel.columns, width: kernel.width };
    inputWidth = kernel.width;
    return { shape, kernel, bias: padded(layer.bias) };
  });
}

/**
 * Runs a net on the first `rows` of `inputs` `[blockRows, obs]`, at most a block.
 *
 * @returns the last layer's outputs `[blockRows, width]`, valid until the net runs again.
 */
export function runForward(
  kernels: Kernels,
  { layers, activation }: DenseNetwork,
  inputs: Float32Array,
  rows: number,
): Float32Array {
  let current = inputs;
  for (let layer = 0; layer < layers.length; layer++) {
    const { shape, kernel, bias, outputs } = layers[layer]!;
    kernels.dense(shape, rows, current, kernel, bias, outputs);
    if (layer < layers.length - 1) kernels.activate(activation, rows * shape.width, outputs);
    current = outputs;
  }
  return current;
}

/** Transposes the kernels, once they have changed and before the net is run backwards. */
export function transposeKernels(
  kernels: Kernels,
  { layers }: DenseNetwork,
  slopes: readonly LayerSlopes[],
): void {
  for (let layer = 1; layer < layers.length; layer++) {
    const { shape, kernel } = layers[layer]!;
    kernels.transpose(shape, kernel, slopes[layer]!.transposedKernel);
  }
}

/**
 * Runs a net backwards that has just run forward on the same rows: adds to the gradient, given the slopes at the last
 * layer's outputs.
 */
export function runBackward(
  kernels: Kernels,
  { layers, activation }: DenseNetwork,
  slopes: readonly LayerSlopes[],
  inputs: Float32Array,
  rows: number,
): void {
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const { shape } = layers[layer]!;
    const { kernel, bias, outputs, transposedKernel } = slopes[layer]!;
    const below = layers[layer - 1];
    const layerInputs = below?.outputs ?? inputs;
    kernels.denseWeightSlopes(shape, rows, layerInputs, outputs, kernel, bias);
    if (below === undefined) continue;
    const inputSlopes = slopes[layer - 1]!.outputs;
    kernels.denseInputSlopes(shape, rows, outputs, transposedKernel, inputSlopes);
    kernels.activationSlopes(activation, rows * shape.inputWidth, layerInputs, inputSlopes);
  }
}
