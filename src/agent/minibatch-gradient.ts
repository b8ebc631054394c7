import type { ActionSpace } from '../contract';
import type { Memory, Rows } from './graph/layer-kind';
import type { Plan } from './graph/plan';
import { arrayAt, type BlockArrays, bindCalls, type PlanArrays, type Run } from './graph/run-plan';
import type { Kernels, Numbers } from './kernels/kernels';
import type { LossMinibatch, LossTermKind } from './loss/loss-term';
import { type HeadBlock, MinibatchLoss } from './loss/minibatch-loss';
import { ppoTerms } from './loss/ppo-terms';
import type { StatisticsRow } from './minibatch-trainer';
import { logStdName } from './policy';
import { bindWave } from './shards/bound-wave';
import type { Team } from './shards/team';
import type { WaveWork } from './shards/wave';

/** One block of rows, as the graph takes it and as the loss does. */
interface BlockEnds<Array extends Numbers> {
  readonly observations: Array;
  readonly head: HeadBlock;
}

/**
 * The gradient of one minibatch's loss with respect to a policy's parameters: the graph forward, slopes of the loss at
 * its outputs, the graph backward. `begin`, then `addBlock` for a block of rows at a time, or `addWave` for many with a
 * team, then `end`: the gradient is the same to the bit, since every sum runs over the rows in order.
 */
export class MinibatchGradient<Array extends Numbers = Float32Array> {
  /** Of a Gaussian, among the parameters, `[A]`; empty for choices. */
  readonly logStd: Array;
  private readonly plan: Plan;
  private readonly kernels: Kernels<Array>;
  private readonly gradient: Array;
  private readonly logStdSlopes: Array;
  private readonly blocks: readonly BlockEnds<Array>[];
  private readonly loss: MinibatchLoss;
  private readonly refresh: Run;
  private readonly work: WaveWork;
  /** What the first block gives, to all of the gradient. */
  private readonly accumulate: Run;
  private minibatch: LossMinibatch | null = null;

  /**
   * @param blocks arrays that the kernels work on: one block, or as many as a team takes at once. What is in `parameters`
   * is what the gradient is taken at; it ends up in `gradient`, which is laid out as they are.
   */
  constructor(
    plan: Plan,
    kernels: Kernels<Array>,
    blocks: readonly BlockArrays<Array>[],
    space: ActionSpace,
    terms: readonly LossTermKind[] = ppoTerms,
  ) {
    const shared = blocks[0]!; // there is one at least
    this.plan = plan;
    this.kernels = kernels;
    this.gradient = shared.gradient;
    this.logStd = logStdIn(plan, shared, 'parameters');
    this.logStdSlopes = logStdIn(plan, shared, 'gradient');
    this.blocks = blocks.map((arrays) => blockEnds(plan, arrays, this.logStd));
    this.loss = new MinibatchLoss(space, terms);
    this.refresh = bindCalls(kernels, plan.refresh, shared);
    this.work = bindWave(kernels, plan, blocks);
    this.accumulate = bindCalls(kernels, plan.accumulate, shared);
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
    const { plan, work } = this;
    const rows = Math.min(plan.rows, this.minibatch!.indices.length - first);
    this.gather(0, first, rows);
    work.forward(0, rows);
    this.takeLoss(0, first, rows);
    work.backward(0, rows);
    this.accumulate(rows);
  }

  /**
   * Adds what `rows` rows from `first` on add, with whoever of the team is free.
   *
   * @throws ShardLost where one of them does not come to an end; nothing but the gradient is lost then.
   */
  addWave(first: number, rows: number, team: Team): void {
    const wave = team.open(rows);
    const firstOf = (block: number) => first + block * wave.blockRows;
    team.lead(wave, {
      ...this.work,
      gather: (block, count) => this.gather(block, firstOf(block), count),
      loss: (block, count) => this.takeLoss(block, firstOf(block), count),
    });
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

  private gather(block: number, first: number, rows: number): void {
    const { batch, indices } = this.minibatch!;
    gatherRows(this.plan.input, batch.observations, indices, first, rows, this.blocks[block]!.observations);
  }

  private takeLoss(block: number, first: number, rows: number): void {
    this.loss.addBlock(first, rows, this.blocks[block]!.head);
  }
}

function blockEnds<Array extends Numbers>(
  plan: Plan,
  arrays: BlockArrays<Array>,
  logStd: Array,
): BlockEnds<Array> {
  const { policy, value } = plan.outputs;
  return {
    observations: arrayAt(arrays, plan.input),
    head: {
      outputs: arrayAt(arrays, policy.rows),
      values: arrayAt(arrays, value.rows),
      logStd,
      outputSlopes: arrayAt(arrays, policy.slopes),
      valueSlopes: arrayAt(arrays, value.slopes),
    },
  };
}

function logStdIn<Array extends Numbers>(
  { parameters }: Plan,
  arrays: PlanArrays<Array>,
  memory: Extract<Memory, 'parameters' | 'gradient'>,
): Array {
  const block = parameters.blocks.find((padded) => padded.block.name === logStdName);
  return arrayAt(arrays, { memory, offset: block?.offset ?? 0, count: block?.size ?? 0 });
}

/** Copies `count` rows of `table` `[M, size]`, those at `indices` from `first` on, into `into` `[count, width]`. */
export function gatherRows(
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
