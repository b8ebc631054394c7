import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random';
import { aloneWith, createAnalyticTrainer, createSimdTrainer } from './analytic-trainer';
import { compile } from './graph/plan';
import { createSharedKernels, createSimdKernels } from './kernels/simd/kernels';
import { type CreateTrainer, takeStep } from './minibatch-trainer';
import { Board, type Wave } from './shards/board';
import { bindWave } from './shards/bound-wave';
import { layOutShards, type ShardStart } from './shards/shard';
import { type ShardThreads, Team } from './shards/team';
import { type LedWork, takeOne } from './shards/wave';
import { cleanrlStep } from './testing/trainer-properties';
import { testSpaces, type TrainingCase, trainingCase } from './testing/training-cases';

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

/** Lets some of the helpers do something before whatever the one that leads does. */
class InterleavedTeam extends Team {
  private readonly letHelp: () => void;

  constructor(letHelp: () => void, ...given: ConstructorParameters<typeof Team>) {
    super(...given);
    this.letHelp = letHelp;
  }

  override isWorthwhile(): boolean {
    return true;
  }

  override lead(wave: Wave, work: LedWork): void {
    const after =
      <Given extends unknown[]>(piece: (...given: Given) => void) =>
      (...given: Given) => {
        this.letHelp();
        piece(...given);
      };
    super.lead(wave, {
      gather: after(work.gather),
      forward: after(work.forward),
      loss: after(work.loss),
      backward: after(work.backward),
      accumulate: after(work.accumulate),
    });
  }
}

/** A trainer whose helpers take pieces as chance has it. */
function interleavedTrainer(threads: LetThreads, seed: number): CreateTrainer {
  const random = SeededRandom.fromSeed(seed);
  const letHelp = () => {
    for (const help of threads.helpers) for (let pieces = random.below(4); pieces > 0; pieces--) help();
  };
  return (layout, state) =>
    createAnalyticTrainer(
      (plan) => {
        const made = createSharedKernels('plain', (allocate) => layOutShards(allocate, plan, blocks));
        const start = { simd: 'plain', graph: plan.graph, blocks, memory: made.memory } as const;
        return {
          kernels: made.kernels,
          ...made.arrays,
          team: new InterleavedTeam(letHelp, threads, start, plan, 1, 10),
        };
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

/** All that 20 minibatches come to. */
async function trained(createTrainer: CreateTrainer, given: TrainingCase, minibatch: number) {
  const { layout, state, batch } = given;
  const order = Int32Array.from({ length: batch.size }, (_, row) => row);
  const random = SeededRandom.fromSeed(1);
  const minibatches = Array.from({ length: 20 }, () => {
    random.shuffle(order);
    return order.slice(0, minibatch);
  });
  const trainer = createTrainer(layout, state);
  trainer.begin({ batch, minibatches, settings: cleanrlStep });
  for (const _ of minibatches) takeStep(trainer);
  const { estimates: _, ...result } = await trainer.finish();
  trainer.dispose();
  return result;
}

const net = { hiddenSizes: [40, 33], activation: 'tanh' } as const;

describe.each(Object.keys(testSpaces))('a gradient that threads share: %s', (space) => {
  it('is the same to the bit, whoever does what of it and when', async () => {
    const given = trainingCase(testSpaces[space]!, 260, 12, net);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 1, 3),
        fc.integer({ min: 8, max: 260 }),
        fc.integer(),
        async (helpers, minibatch, seed) => {
          const shared = interleavedTrainer(new LetThreads(helpers, helpful), seed);
          expect(await trained(shared, given, minibatch)).toEqual(
            await trained(createSimdTrainer, given, minibatch),
          );
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
