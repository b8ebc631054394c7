import { afterEach, describe, expect, it, vi } from 'vitest';
import { Actor } from '../src/agent/actor';
import { settingsOfShare, shareArenas } from '../src/agent/arena-shares';
import { decodeTrainingState, encodeTrainingState } from '../src/agent/checkpoint';
import { Collector } from '../src/agent/collector';
import { Learner } from '../src/agent/learner';
import { trainCollected } from '../src/agent/lockstep';
import { type Hyperparameters, sb3Hyperparameters, type TrainingState } from '../src/contract';
import { createVectorEnvironment, environmentSpec } from '../src/game/engine/vector-environment';
import { volley } from '../src/game/volley/simulation';
import { SeededRandom } from '../src/random/seeded-random';
import { CollectorHost } from '../src/workers/collector-host';
import { simulatedGame } from '../src/workers/simulated-game';

const spec = environmentSpec(volley);
const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  seed: 1,
  arenas: 4,
  rolloutLength: 48,
  minibatchSize: 64,
  epochs: 1,
  hiddenSizes: [8],
  decisionIntervalTicks: 4,
  pastInterval: 1,
  selfShare: 0.3,
  pastShare: 0.3,
  scriptedShare: 0.4,
};

afterEach(() => {
  vi.restoreAllMocks();
});

/** Says, when asked, every number that was drawn since, by whatever generator: of 2^53, so none comes twice by chance. */
function listen(): () => readonly number[] {
  const spy = vi.spyOn(SeededRandom.prototype, 'uniform');
  return () => spy.mock.results.map(({ value }) => value as number);
}

function expectNothingTwice(drawn: readonly number[]): void {
  expect(new Set(drawn).size).toBe(drawn.length);
}

/** Two updates of self-play, from the beginning or from where a run was kept. */
async function play(
  seed: number,
  collectors: number,
  kept?: Uint8Array<ArrayBuffer>,
): Promise<TrainingState> {
  const hyperparameters = { ...settings, seed };
  const state = kept === undefined ? {} : { state: decodeTrainingState(kept, spec) };
  const learner = Learner.create({
    spec,
    hyperparameters,
    ...state,
    clock: () => 0,
    breathe: async () => {},
  });
  const { decisions, normalisation, past } = learner.trainingState();
  let updates = 0;
  await trainCollected({
    learner,
    maxDecisions: Number.POSITIVE_INFINITY,
    onUpdate: () => updates++,
    shouldStop: () => updates === 2,
    collectors: shareArenas(settings.arenas, collectors).map((share) => {
      const { firstArena } = share;
      const own = settingsOfShare(hyperparameters, share);
      return new Collector({
        environment: createVectorEnvironment(volley, { ...own, firstArena, generation: decisions }),
        actor: new Actor({
          spec,
          hyperparameters: own,
          snapshot: learner.snapshot(),
          normalisation,
          decisions,
          firstArena,
          opponents: { past, scripted: volley.scriptedPlayers ?? [] },
        }),
        decisionIntervalTicks: 4,
        firstArena,
        clock: () => 0,
      });
    }),
  });
  learner.dispose();
  return learner.trainingState();
}

describe('chance', () => {
  it('is never drawn twice: by a run, by what goes on with it, or by runs of the next seeds', async () => {
    const draws = listen();
    let state = await play(1, 1);
    for (let resumed = 0; resumed < 3; resumed++) state = await play(1, 1, encodeTrainingState(state));
    for (const seed of [0, 2, 3, 1 + settings.arenas, 1_000_004]) await play(seed, 1);
    const drawn = draws();
    expect(drawn.length).toBeGreaterThan(10_000);
    expectNothingTwice(drawn);
  });

  it('is the same however many collectors share the arenas, and differs between them', async () => {
    const drawn = async (collectors: number) => {
      const draws = listen();
      await play(1, collectors);
      const numbers = draws();
      vi.restoreAllMocks();
      return numbers;
    };
    const [alone, shared] = [await drawn(1), await drawn(3)];
    expectNothingTwice(shared);
    expect(new Set(shared)).toEqual(new Set(alone));
  });

  it('is not drawn again by collectors that take the place of others', () => {
    const draws = listen();
    const learner = Learner.create({
      spec,
      hyperparameters: settings,
      clock: () => 0,
      breathe: async () => {},
    });
    const { normalisation } = learner.trainingState();
    const snapshot = learner.snapshot();
    for (const decisions of [0, 384, 768]) {
      for (const share of shareArenas(settings.arenas, 2)) {
        const start = {
          spec,
          hyperparameters: settings,
          snapshot,
          normalisation,
          past: [],
          decisions,
          share,
        };
        const port = { postMessage: () => {} };
        const game = simulatedGame(volley, start);
        const host = new CollectorHost(game, { ...start, acting: 'cpu' }, port, () => 0);
        host.setRunning(true);
        host.work();
      }
    }
    learner.dispose();
    const drawn = draws();
    expect(drawn.length).toBeGreaterThan(1_000);
    expectNothingTwice(drawn);
  });
});
