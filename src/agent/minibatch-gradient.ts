import type { ActionSpace } from '../contract';
import type { Memory, Rows } from './graph/layer-kind';
import type { Plan } from './graph/plan';
import { arrayAt, bindCalls, type Run } from './graph/run-plan';
import type { Kernels, Numbers } from './kernels/kernels';
import type { LossMinibatch, LossTermKind } from './loss/loss-term';
import { type HeadBlock, MinibatchLoss } from './loss/minibatch-loss';
import { ppoTerms } from './loss/ppo-terms';
import type { StatisticsRow } from './minibatch-trainer';
import { logStdName } from './policy';

/**
 * The gradient of one minibatch's loss with respect to a policy's parameters: the graph forward, slopes of the loss at
 * its outputs, the graph backward. A block of rows at a time: `begin`, `addBlock` for each, `end`.
 */
export class MinibatchGradient<Array extends Numbers = Float32Array> {
  /** Of a Gaussian, among the parameters, `[A]`; empty for choices. */
  readonly logStd: Array;
  private readonly plan: Plan;
  private readonly kernels: Kernels<Array>;
  private readonly gradient: Array;
  private readonly logStdSlopes: Array;
  private readonly observations: Array;
  private readonly head: HeadBlock;
  private readonly loss: MinibatchLoss;
  private readonly forward: Run;
  private readonly refresh: Run;
  private readonly backward: Run;
  private minibatch: LossMinibatch | null = null;

  /**
   * @param arrays that the kernels work on. What is in `parameters` is what the gradient is taken at; it ends up in
   * `gradient`, which is laid out as they are.
   */
  constructor(
    plan: Plan,
    kernels: Kernels<Array>,
    arrays: Readonly<Record<Memory, Array>>,
    space: ActionSpace,
    terms: readonly LossTermKind[] = ppoTerms,
  ) {
    const { policy, value } = plan.outputs;
    this.plan = plan;
    this.kernels = kernels;
    this.gradient = arrays.gradient;
    this.logStd = logStdIn(plan, arrays, 'parameters');
    this.logStdSlopes = logStdIn(plan, arrays, 'gradient');
    this.observations = arrayAt(arrays, plan.input);
    this.head = {
      outputs: arrayAt(arrays, policy.rows),
      values: arrayAt(arrays, value.rows),
      logStd: this.logStd,
      outputSlopes: arrayAt(arrays, policy.slopes),
      valueSlopes: arrayAt(arrays, value.slopes),
    };
    this.loss = new MinibatchLoss(space, terms);
    this.forward = bindCalls(kernels, plan.forward, arrays);
    this.refresh = bindCalls(kernels, plan.refresh, arrays);
    this.backward = bindCalls(kernels, [...plan.backward, ...plan.accumulate], arrays);
  }

  /** Begins a minibatch, once the parameters are what they are to be. */
  begin(minibatch: LossMinibatch): void {
    this.minibatch = minibatch;
    this.gradient.fill(0);
    this.refresh(this.plan.rows);
    this.loss.begin(minibatch);
  }

  /** Adds what the minibatch's rows from `first` on, as many as the plan runs on at once, add to the gradient. */
  addBlock(first: number): void {
    const { batch, indices } = this.minibatch!;
    const count = Math.min(this.plan.rows, indices.length - first);
    gatherRows(this.plan.input, batch.observations, indices, first, count, this.observations);
    this.forward(count);
    this.loss.addBlock(first, count, this.head);
    this.backward(count);
  }

  /** The gradient is complete. @returns what the minibatch reports. */
  end(): StatisticsRow {
    this.logStdSlopes.set(this.loss.logStdSlopes);
    return {
      ...this.loss.statistics(),
      gradientNorm: Math.sqrt(this.kernels.squaredNorm(this.gradient)),
    };
  }

  /** The loss itself, once every block is in. */
  lossOfMinibatch(): number {
    return this.loss.loss();
  }
}

function logStdIn<Array extends Numbers>(
  { parameters }: Plan,
  arrays: Readonly<Record<Memory, Array>>,
  memory: 'parameters' | 'gradient',
): Array {
  const block = parameters.blocks.find((padded) => padded.block.name === logStdName);
  return arrayAt(arrays, { memory, offset: block?.offset ?? 0, count: block?.size ?? 0 });
}

/** Copies `count` rows of `table` `[M, size]`, those at `indices` from `first` on, into `into` `[count, width]`. */
function gatherRows(
  { size, width }: Rows,
  table: Float32Array,
  indices: Int32Array,
  first: number,
  count: number,
  into: Numbers,
): void {
  for (let row = 0; row < count; row++) {
    const start = indices[first + row]! * size;
    for (let i = 0; i < size; i++) into[row * width + i] = table[start + i]!;
  }
}
