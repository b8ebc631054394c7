import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random';
import { aloneWith, createAnalyticTrainer, createSimdTrainer } from './analytic-trainer';
import { compile } from './graph/plan';
import { createSharedKernels, createSimdKernels } from './kernels/simd/kernels';
import type { CreateTrainer } from './minibatch-trainer';
import { Board } from './shards/board';
import { bindWave } from './shards/bound-wave';
import { layOutShards, type ShardStart } from './shards/shard';
import { type ShardThreads, Team } from './shards/team';
import { takeOne } from './shards/wave';
import { trained } from './testing/trained-weights';
import { testSpaces, trainingCase } from './testing/training-cases';

const blocks = 3;

/** What another thread does, when it is let: a piece of the wave. */
type Helper = () => unknown;

/** Threads that are none: whoever joined does a piece when it is told to. */
class LetThreads implements ShardThreads {
  count: number;
  readonly helpers: Helper[] = [];
  private readonly createHelper: (start: ShardStart) => Helper;

  constructor(count: number, createHelper: (start: ShardStart) => Helper) {
    this.count = count;
    this.createHelper = createHelper;
  }

  join(start: ShardStart): void {
    for (let i = 0; i < this.count; i++) this.helpers.push(this.createHelper(start));
  }

  giveUp(): void {
    this.count = 0;
  }
}

/** Something happens on it whenever the one that leads looks at it. */
class BusyBoard extends Board {
  private readonly letHelp: () => void;

  constructor({ buffer, slices }: Board, letHelp: () => void) {
    super(buffer, slices);
    this.letHelp = letHelp;
  }

  override get progress(): number {
    this.letHelp();
    return super.progress;
  }

  override get isComplete(): boolean {
    this.letHelp();
    return super.isComplete;
  }

  override get losses(): number {
    this.letHelp();
    return super.losses;
  }

  override isForwardDone(block: number): boolean {
    this.letHelp();
    return super.isForwardDone(block);
  }
}

/** A trainer whose helpers take pieces as chance has it. */
function interleavedTrainer(threads: LetThreads, seed: number): CreateTrainer {
  const random = SeededRandom.fromSeed(seed);
  const letHelp = () => {
    for (const help of threads.helpers) for (let pieces = random.below(3); pieces > 0; pieces--) help();
  };
  return (layout, state) =>
    createAnalyticTrainer(
      (plan) => {
        const made = createSharedKernels('plain', (allocate) => layOutShards(allocate, plan, blocks));
        const start = { simd: 'plain', graph: plan.graph, blocks, memory: made.memory } as const;
        const board = new BusyBoard(Board.create(blocks, plan.accumulate.length), letHelp);
        // Every row is worth it.
        const team = new Team(threads, start, board, Number.POSITIVE_INFINITY, 10);
        return { kernels: made.kernels, ...made.arrays, team };
      },
      layout,
      state,
      aloneWith(createSimdKernels),
    );
}

function helpful({ graph, memory, board: buffer }: ShardStart): Helper {
  const plan = compile(graph);
  const { kernels, arrays } = createSharedKernels(
    'plain',
    (allocate) => layOutShards(allocate, plan, blocks),
    memory,
  );
  const board = new Board(buffer, plan.accumulate.length);
  const work = bindWave(kernels, plan, arrays.blocks);
  return () => takeOne(board, board.wave(), work);
}

const net = { hiddenSizes: [40, 33], activation: 'tanh' } as const;

describe.each(Object.keys(testSpaces))('a gradient that threads share: %s', (space) => {
  it('is the same to the bit, whoever does what of it and when', async () => {
    const given = trainingCase(testSpaces[space]!, 260, 12, net);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 3),
        fc.integer({ min: 8, max: 260 }),
        fc.integer(),
        async (helpers, minibatch, seed) => {
          const threads = new LetThreads(helpers, helpful);
          expect(await trained(interleavedTrainer(threads, seed), given, minibatch)).toEqual(
            await trained(createSimdTrainer, given, minibatch),
          );
          expect(threads.count).toBe(helpers);
        },
      ),
      { numRuns: 8 },
    );
  });
});

it.each(['forward', 'slice'] as const)(
  'a thread that ends in mid-%s is left behind, and nothing of the gradient is',
  async (share) => {
    const given = trainingCase(testSpaces['continuous']!, 200, 12, net);
    let claims = 0;
    const dying = ({ graph, board: buffer }: ShardStart): Helper => {
      const board = new Board(buffer, compile(graph).accumulate.length);
      return () => {
        const wave = board.wave();
        const isDue = share === 'forward' || board.isBackwardComplete(wave);
        const limit = share === 'forward' ? board.gathered : board.slices;
        if (claims === 0 && isDue && board.claim(share, wave, limit) !== null) claims += 1;
      };
    };
    const threads = new LetThreads(1, dying);
    const result = await trained(interleavedTrainer(threads, 3), given, 200);
    expect(claims).toBe(1);
    expect(threads.count).toBe(0);
    expect(result).toEqual(await trained(createSimdTrainer, given, 200));
  },
);
