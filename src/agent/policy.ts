import {
  type ActionSpace,
  actionLayout,
  type EnvironmentSpec,
  type Hyperparameters,
  PlaytrainError,
  type TrainingState,
} from '../contract';
import type { SeededRandom } from '../random/seeded-random';
import { type PolicyGraph, sameGraph } from './graph/graph';
import { mlpGraph } from './graph/mlp';
import { graphBlocks, type ParameterBlock } from './graph/parameter-blocks';

/** Where each of a policy's parameters lies in one flat array. */
export interface PolicyLayout {
  readonly observationSize: number;
  readonly actionSpace: ActionSpace;
  readonly hiddenSizes: readonly number[];
  readonly activation: 'tanh' | 'relu' | 'swish';
  /** What is computed with them. */
  readonly graph: PolicyGraph;
  readonly blocks: readonly ParameterBlock[];
  readonly parameterCount: number;
}

/** One layer of a policy's two nets. */
export interface PolicyLayer {
  readonly kernel: ParameterBlock; // [inputs, outputs]
  readonly bias: ParameterBlock; // [outputs]
  /** The head is linear; all others end in the layout's activation. */
  readonly isHead: boolean;
}

/** The layers of the actor, or of the critic, from the observation on. */
export function networkLayers(layout: PolicyLayout, network: 'actor' | 'critic'): readonly PolicyLayer[] {
  const named = (name: string) => layout.blocks.find((block) => block.name === `${network}.${name}`)!; // laid out so
  return [...layout.hiddenSizes.keys(), 'head'].map((layer) => ({
    kernel: named(`${layer}.kernel`),
    bias: named(`${layer}.bias`),
    isHead: layer === 'head',
  }));
}

/** Whether weights of the one are weights of the other: the same is computed with them, for the same kind of action. */
export function sameLayout(left: PolicyLayout, right: PolicyLayout): boolean {
  const actions = ({ actionSpace }: PolicyLayout) =>
    actionLayout(actionSpace)
      .components.map((component) => (component.kind === 'choice' ? component.count : 'axis'))
      .join();
  return actions(left) === actions(right) && sameGraph(left.graph, right.graph);
}

/** @throws PlaytrainError `bad-settings` where a saved policy's weights are not weights of this layout. */
export function refuseOtherNet(
  layout: PolicyLayout,
  { spec, hyperparameters, parameters }: Pick<TrainingState, 'spec' | 'hyperparameters' | 'parameters'>,
): void {
  const saved = policyLayout(spec, hyperparameters);
  if (sameLayout(saved, layout) && parameters.length === layout.parameterCount) return;
  const net = ({ hiddenSizes, activation }: PolicyLayout) => `${hiddenSizes.join(', ')} with ${activation}`;
  throw new PlaytrainError(
    'bad-settings',
    `The saved policy’s net (hidden layers ${net(saved)}; ${parameters.length} weights) is not the one of these settings (${net(layout)}; ${layout.parameterCount} weights); use its hidden layers and activation, and its game.`,
  );
}

/** The name of the block that holds a Gaussian policy's log standard deviations `[A]`. */
export const logStdName = 'actor.logStd';

/**
 * Lays out a separate actor and critic over the same hidden sizes.
 *
 * Blocks in order: `actor.0.kernel`, `actor.0.bias`, …, `actor.head.kernel`, `actor.head.bias`, the same for
 * `critic` (its head is one number wide), and last, for continuous actions only, `actor.logStd`: standard deviations
 * that do not depend on the observation.
 */
export function policyLayout(
  spec: EnvironmentSpec,
  { hiddenSizes, activation }: Pick<Hyperparameters, 'hiddenSizes' | 'activation'>,
): PolicyLayout {
  const { actionSpace } = spec;
  const { outputs, logStds } = actionLayout(actionSpace);
  const observationSize = spec.observationSpace.size;
  const graph = mlpGraph({
    observationSize,
    hiddenSizes,
    activation,
    policyOutputs: outputs,
    vectors: logStds > 0 ? [{ name: logStdName, size: logStds }] : [],
  });
  const blocks = graphBlocks(graph);
  return {
    observationSize,
    actionSpace,
    hiddenSizes: [...hiddenSizes],
    activation,
    graph,
    blocks,
    parameterCount: blocks.reduce((sum, { size }) => sum + size, 0),
  };
}

/**
 * What a Gaussian policy's log standard deviations stay within: every step that would lead out of it ends on the bound.
 * Without bounds an entropy bonus drives them up for ever, until actions are nothing but noise and then infinite, and
 * a sure policy drives them down until its log-probabilities are nothing but rounding.
 */
export const logStdBounds = { low: -5, high: 2 } as const;

/** Brings log standard deviations back within their bounds, in place. */
export function boundLogStd(logStd: Float32Array): void {
  for (let i = 0; i < logStd.length; i++) {
    logStd[i] = Math.min(logStdBounds.high, Math.max(logStdBounds.low, logStd[i]!));
  }
}

/** The same of a policy's parameters `[P]`, such as an older file's. @returns them. */
export function boundParameters<Parameters extends Float32Array>(
  layout: PolicyLayout,
  parameters: Parameters,
): Parameters {
  const block = layout.blocks.find(({ name }) => name === logStdName);
  if (block) boundLogStd(parameters.subarray(block.offset, block.offset + block.size));
  return parameters;
}

/** @returns a copy of a Gaussian policy's log standard deviations `[A]`; empty for choices. */
export function readLogStd(layout: PolicyLayout, parameters: Float32Array): Float32Array {
  const block = layout.blocks.find(({ name }) => name === logStdName);
  return block ? parameters.slice(block.offset, block.offset + block.size) : new Float32Array(0);
}

/**
 * First weights, as both reference implementations start: orthogonal kernels with gain √2 in hidden layers, 0.01 in
 * the policy head (so that the first policy is near uniform), 1 in the value head; biases 0; log standard deviations
 * `initialLogStd` (Saxe et al. 2014; Andrychowicz et al. 2021, "What matters in on-policy RL", §3.2).
 *
 * @returns every parameter in the layout's order, `[parameterCount]`.
 */
export function initialiseParameters(
  layout: PolicyLayout,
  random: SeededRandom,
  initialLogStd: number,
): Float32Array<ArrayBuffer> {
  const parameters = new Float32Array(layout.parameterCount);
  for (const { name, shape, offset, size } of layout.blocks) {
    if (name === logStdName) {
      parameters.fill(initialLogStd, offset, offset + size);
    } else if (name.endsWith('.kernel')) {
      const gain = name === 'actor.head.kernel' ? 0.01 : name === 'critic.head.kernel' ? 1 : Math.SQRT2;
      const [inputs, outputs] = shape as readonly [number, number];
      const kernel = orthogonalMatrix(inputs, outputs, random);
      for (let i = 0; i < size; i++) parameters[offset + i] = gain * kernel[i]!;
    }
  }
  return parameters;
}

/**
 * A random matrix `[rows, columns]`, row-major, whose columns are orthonormal, or its rows where there are fewer rows
 * than columns. Drawn evenly from all such matrices: Gram–Schmidt over normal deviates, each vector cleaned twice so
 * that rounding leaves nothing of the earlier ones.
 */
export function orthogonalMatrix(rows: number, columns: number, random: SeededRandom): Float64Array {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors = new Float64Array(count * length);
  for (let i = 0; i < vectors.length; i++) vectors[i] = random.normal();
  for (let v = 0; v < count; v++) {
    const vector = vectors.subarray(v * length, (v + 1) * length);
    for (let pass = 0; pass < 2; pass++) {
      for (let u = 0; u < v; u++) {
        const earlier = vectors.subarray(u * length, (u + 1) * length);
        const overlap = dot(vector, earlier);
        for (let i = 0; i < length; i++) vector[i] = vector[i]! - overlap * earlier[i]!;
      }
      const norm = Math.sqrt(dot(vector, vector));
      for (let i = 0; i < length; i++) vector[i] = vector[i]! / norm;
    }
  }
  if (rows < columns) return vectors;
  const matrix = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      matrix[row * columns + column] = vectors[column * length + row]!;
    }
  }
  return matrix;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i]! * right[i]!;
  return sum;
}
