import { clipAt, varianceFloor } from '../agent/normalisation';
import { networkLayers, type PolicyLayer, policyLayout, readLogStd } from '../agent/policy';
import type { PolicyData } from '../agent/policy-file';
import { type ActionComponent, type Axis, actionLayout, type Choice, PlaytrainError } from '../contract';
import type { GraphWriter } from './graph-writer';

/** How wide a dialect's axes are: a policy's mean at a bound of its game is written as ± this. */
export interface AxisScale {
  readonly atBound: number;
}

/** A policy's head, written as columns of one dense layer. */
export interface HeadColumns {
  readonly kernel: Float32Array; // [inputs, outputs]
  readonly bias: Float32Array; // [outputs]
}

/** A policy's actor, as exports need it. */
export class ExportedActor {
  readonly policy: PolicyData;
  readonly observationSize: number;
  /** In the order in which dialects that have both put them: all choices, and all axes. */
  readonly choices: readonly Choice[];
  readonly axes: readonly Axis[];
  readonly components: readonly ActionComponent[];
  /** In the order of the policy's own axes. */
  readonly logStd: Float32Array;
  private readonly layers: readonly PolicyLayer[];

  /** @throws PlaytrainError `bad-settings` where an axis of its game has no bounds, which no other engine has. */
  constructor(policy: PolicyData) {
    const { spec } = policy;
    const layout = policyLayout(spec, policy);
    this.policy = policy;
    this.observationSize = spec.observationSpace.size;
    this.components = actionLayout(spec.actionSpace).components;
    this.choices = this.components.filter((component) => component.kind === 'choice');
    this.axes = this.components.filter((component) => component.kind === 'axis');
    this.layers = networkLayers(layout, 'actor');
    this.logStd = readLogStd(layout, policy.parameters);
    for (const { name, low, high } of this.axes) {
      if (Number.isFinite(low) && Number.isFinite(high) && high > low) continue;
      throw new PlaytrainError(
        'bad-settings',
        `The policy was not exported: its axis “${name}” has no bounds, and other engines take axes from −1 to 1. Give the axis bounds, and train again.`,
      );
    }
  }

  /** Writes the normaliser, where there is one, and the hidden layers. @returns the name of what the head reads. */
  writeBody(graph: GraphWriter, observation: string, clip: WriteClip): string {
    const { observations, activation } = this.policy;
    let name = observation;
    if (observations !== null) {
      const { mean, variance } = observations;
      const scale = variance.map((each) => 1 / Math.sqrt(each + varianceFloor));
      const size = [1, this.observationSize];
      name = graph.node('Sub', [name, graph.constant('normaliser.mean', size, mean)], 'centred');
      name = graph.node('Mul', [name, graph.constant('normaliser.scale', size, scale)], 'scaled');
      name = clip(graph, name, 'normalised', clipAt);
    }
    for (const [i, { kernel, bias, isHead }] of this.layers.entries()) {
      if (isHead) break;
      const parameters = [kernel, bias].map(({ name: block, shape, offset, size }) =>
        graph.constant(block, [...shape], this.policy.parameters.subarray(offset, offset + size)),
      );
      name = graph.node('Gemm', [name, ...parameters], `hidden.${i}`);
      name = writeActivation(graph, activation, name, `hidden.${i}.${activation}`);
    }
    return name;
  }

  /** The head's columns of some components, side by side: logits as they are, means in the dialect's scale. */
  headColumns(components: readonly ActionComponent[], { atBound }: AxisScale): HeadColumns {
    const { parameters } = this.policy;
    const { kernel, bias } = this.layers.at(-1)!; // the head
    const [inputs, width] = kernel.shape as readonly [number, number];
    const columns = components.flatMap((component) => {
      if (component.kind === 'choice') {
        return Array.from({ length: component.count }, (_, i) => ({
          from: component.output + i,
          scale: 1,
          shift: 0,
        }));
      }
      const { middle, half } = rangeOf(component);
      return [{ from: component.output, scale: atBound / half, shift: -middle * (atBound / half) }];
    });
    const outputs = columns.length;
    const head = { kernel: new Float32Array(inputs * outputs), bias: new Float32Array(outputs) };
    for (const [column, { from, scale, shift }] of columns.entries()) {
      for (let row = 0; row < inputs; row++) {
        head.kernel[row * outputs + column] = parameters[kernel.offset + row * width + from]! * scale;
      }
      head.bias[column] = parameters[bias.offset + from]! * scale + shift;
    }
    return head;
  }

  /** Standard deviations of the axes, in the dialect's scale. */
  deviations({ atBound }: AxisScale): number[] {
    return this.axes.map((axis) => (Math.exp(this.logStd[axis.logStd]!) * atBound) / rangeOf(axis).half);
  }
}

function writeActivation(
  graph: GraphWriter,
  activation: PolicyData['activation'],
  input: string,
  output: string,
): string {
  if (activation !== 'swish') return graph.node(activation === 'tanh' ? 'Tanh' : 'Relu', [input], output);
  return graph.node('Mul', [input, graph.node('Sigmoid', [input], `${output}.share`)], output);
}

/** Writes a clip to ± `bound`, as the dialect's opset has it. @returns the output's name. */
export type WriteClip = (graph: GraphWriter, input: string, output: string, bound: number) => string;

/** Up to opset 10 the bounds are attributes. */
export const clipByAttributes: WriteClip = (graph, input, output, bound) =>
  graph.node('Clip', [input], output, {
    min: { kind: 'float', value: -bound },
    max: { kind: 'float', value: bound },
  });

/** From opset 11 on they are inputs. */
export const clipByInputs: WriteClip = (graph, input, output, bound) => {
  const bounds = [-bound, bound].map((value, i) => graph.constant(`${output}.bound.${i}`, [], [value]));
  return graph.node('Clip', [input, ...bounds], output);
};

/** An axis's middle, and how far its bounds are from there. */
export function rangeOf({ low, high }: Axis): { readonly middle: number; readonly half: number } {
  return { middle: (low + high) / 2, half: (high - low) / 2 };
}
