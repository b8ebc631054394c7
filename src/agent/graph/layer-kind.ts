import type { LayerKernels, Numbers } from '../kernels/kernels';
import type { GraphNode } from './graph';

/**
 * All that is known of one kind of layer: how large its outputs are, which parameters it has, and which kernels compute
 * it, forwards and backwards. A kind is one file; what it needs of arithmetic is in `kernels/`, in two forms.
 */
export interface LayerKind<Node extends GraphNode = GraphNode> {
  /** Numbers in each row of its output, given those of its inputs. */
  size(node: Node, inputSizes: readonly number[]): number;
  /** Its parameters in the order in which they are stored. */
  parameters(node: Node, inputSizes: readonly number[]): readonly LayerParameter[];
  /** Says what is computed, in calls of kernels. */
  lower(node: Node, at: Lowering): void;
}

/** A matrix or vector of weights: of `[inputs, outputs]`, row-major, or `[outputs]`. */
export interface LayerParameter {
  /** After the node's name: `kernel` of `actor.0` is `actor.0.kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * Which array a number lies in. Activations are all that a plan needs besides parameters to run forward only. A block of
 * rows has activations and slopes of its own; all blocks share the others, `prepared` being made of the parameters.
 */
export type Memory = 'parameters' | 'prepared' | 'activations' | 'gradient' | 'slopes';

/** A run of numbers in one of a plan's arrays. */
export interface Place {
  readonly memory: Memory;
  readonly offset: number;
  readonly count: number;
}

/** A matrix of a row an observation, padded with zeros to `width` numbers a row. */
export interface Rows extends Place {
  readonly size: number;
  readonly width: number;
}

/** The sizes that a kernel takes, and its arrays as places. */
type SizesOf<Name extends keyof LayerKernels> = Parameters<LayerKernels[Name]>[0];
type OperandsOf<Name extends keyof LayerKernels> =
  Parameters<LayerKernels[Name]> extends [unknown, number, ...infer Arrays extends Numbers[]]
    ? { [Index in keyof Arrays]: Place }
    : never;

/** Adds a call of a kernel, for however many rows the plan is run on. */
export type Emit = <Name extends keyof LayerKernels>(
  kernel: Name,
  sizes: SizesOf<Name>,
  ...operands: OperandsOf<Name>
) => void;

/** What a layer is lowered with. */
export interface Lowering {
  /** The outputs of the node's inputs. */
  readonly inputs: readonly Rows[];
  parameter(name: string): Place;
  /** Where the loss's slopes at a parameter are added up. */
  gradient(name: string): Place;
  /** Room for the node's outputs. */
  output(): Rows;
  /**
   * For a layer that changes its only input in place: the input's own numbers. Their slopes are the same numbers, too.
   * Only where nothing else reads the input.
   */
  outputInPlace(): Rows;
  /** The slopes at the node's outputs, complete once its backward calls run. */
  outputSlopes(): Rows;
  /**
   * Where the slopes at an input are to be added; null where nobody asks for them. They are cleared in time by
   * whichever reader of the input runs backwards first.
   */
  inputSlopes(input: number): Rows | null;
  /** Numbers of the layer's own that `refresh` makes of its parameters. */
  prepared(count: number): Place;
  /** Calls that make the outputs. */
  readonly forward: Emit;
  /** Calls that are due once parameters have changed, before any backward one. */
  readonly refresh: Emit;
  /** Calls that add to the inputs' slopes. */
  readonly backward: Emit;
  /**
   * Calls that add to the gradient. They run once all backward calls have, and each adds what a row gives before what
   * the next gives: so they may be run apart from each other, and on several blocks of rows one after the other.
   */
  readonly accumulate: Emit;
}
