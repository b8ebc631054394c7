import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeTrainingState } from '../agent/checkpoint';
import { Learner } from '../agent/learner';
import { policyLayout } from '../agent/policy';
import { learnerSettings, sizes } from '../agent/testing/learner-properties';
import { syntheticRollout } from '../agent/testing/synthetic-rollout';
import { testSpaces, testSpec } from '../agent/testing/training-cases';
import { hostBackends } from '../agent/update-backend';
import type { Hyperparameters } from '../contract';
import { LearnerHost } from './learner-host';
import type { KeptCheckpoint, LearnerStart } from './protocol';

const spec = testSpec(testSpaces['discrete']!);
const small = { ...learnerSettings, hiddenSizes: [4], epochs: 1 };
const layout = policyLayout(spec, small);
const pauses = {
  setPriority: () => {},
  setTogether: () => {},
  report: () => null,
  updateBegins: () => {},
  updateEnds: () => 1,
};
/** A policy is judged by so many of each arena's last episodes, at least 20 in all. */
const judgedOfEach = 20 / sizes.arenas;

/** A run as the page keeps it: its last checkpoint, its best, and workers that can be lost. */
class Run {
  private best: LearnerStart['best'] = null;
  private told: KeptCheckpoint | null = null;
  private checkpoint: Uint8Array<ArrayBuffer> | null = null;
  private wished: Hyperparameters = small;
  private nowMs = 0;
  private learner!: Learner;
  private host!: LearnerHost;

  constructor() {
    this.restart();
  }

  get version(): number {
    return this.learner.version;
  }

  /** The learner is lost; another one goes on from what is kept. */
  restart(): void {
    const { checkpoint, wished } = this;
    this.learner = Learner.create({
      spec,
      hyperparameters: wished,
      ...(checkpoint !== null && { state: decodeTrainingState(checkpoint, spec) }),
      clock: () => 0,
      breathe: async () => {},
      backend: hostBackends.cpu,
    });
    this.host = new LearnerHost({
      learner: this.learner,
      actor: { postMessage: () => {} },
      collectors: [],
      page: {
        postMessage: (message) => {
          if (message.kind === 'checkpoint') this.keep(message.checkpoint);
        },
      },
      pauses,
      best: this.best,
      nowMs: () => this.nowMs,
      lost: (error) => {
        throw error;
      },
      later: () => {},
    });
  }

  wish(weight: number): void {
    this.wished = { ...this.wished, rewardWeights: { reward: weight } };
    this.host.setHyperparameters(this.wished);
  }

  /** An episode of every arena, all of one return; none without. @returns the checkpoint that came of it, if one did. */
  async update(
    weight: number,
    episodeReturn: number | null,
    passedMs: number,
  ): Promise<KeptCheckpoint | null> {
    this.told = null;
    this.nowMs += passedMs;
    const { rollout, ...notes } = syntheticRollout(spec, layout, this.learner.snapshot(), sizes, 1);
    const { buffer, shape } = rollout;
    const episodes = Array.from({ length: episodeReturn === null ? 0 : sizes.arenas }, (_, arena) => ({
      arena,
      return: episodeReturn!,
      length: 10,
      truncated: false,
    }));
    await this.host.rollout({ ...notes, buffer, shape, episodes, rewardWeights: [weight] });
    return this.told;
  }

  private keep(checkpoint: KeptCheckpoint): void {
    this.checkpoint = checkpoint.bytes;
    this.told = checkpoint;
    if (checkpoint.isBest) this.best = checkpoint;
  }
}

const events = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('update' as const),
        episodeReturn: fc.option(fc.integer({ min: 0, max: 9 }), { freq: 3 }),
        passedMs: fc.constantFrom(0, 1_000, 1_000),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('wish' as const), weight: fc.constantFrom(1, 0.5, 2) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('heard' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  ),
  { minLength: 15, maxLength: 40 },
);

/** An update, as far as what is best depends on it. */
interface Noted {
  readonly version: number;
  readonly weight: number;
  readonly episodeReturn: number | null;
  /** By which learner, and its return where it was the best. */
  readonly life: number;
  readonly best: number | null;
}

/** What the next update is judged by, and whether that is the best under its weights: worked out from all there were. */
function expectedBest(history: readonly Noted[], next: Omit<Noted, 'best'>): number | null {
  const lastOther = history.findLastIndex(({ weight }) => weight !== next.weight);
  const comparable = history.slice(lastOther + 1);
  if (next.episodeReturn === null) return null;
  const returns = [...comparable, next].flatMap(({ life, episodeReturn }) =>
    life === next.life && episodeReturn !== null ? episodeReturn : [],
  );
  const judged = returns.slice(-judgedOfEach);
  const mean = judged.reduce((sum, value) => sum + value, 0) / judged.length;
  return comparable.every(({ best }) => best === null || best < mean) ? mean : null;
}

it('is the one with the highest return under the weights in force, whatever was lost or changed between', async () => {
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(events, async (all) => {
      const run = new Run();
      const told: (number | null)[] = [];
      const expected: (number | null)[] = [];
      let history: Noted[] = [];
      let [wished, acting, life] = [1, 1, 0];
      for (const event of all) {
        if (event.kind === 'wish') {
          wished = event.weight;
          run.wish(wished);
        } else if (event.kind === 'heard') acting = wished;
        else if (event.kind === 'restart') {
          run.restart();
          life += 1;
          acting = wished;
          // What was not kept is undone.
          history = history.filter(({ version }) => version <= run.version);
        } else {
          const { episodeReturn, passedMs } = event;
          const checkpoint = await run.update(acting, episodeReturn, passedMs);
          told.push(checkpoint?.isBest === true ? checkpoint.meanReturn : null);
          const next = { version: run.version, weight: acting, episodeReturn, life };
          const best = expectedBest(history, next);
          expected.push(best);
          if (history.at(-1)?.weight !== acting) changes += 1;
          history = [...history, { ...next, best }];
        }
      }
      expect(told).toEqual(expected);
    }),
    { numRuns: 100 },
  );
  expect(changes).toBeGreaterThan(50);
});
