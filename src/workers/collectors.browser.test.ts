import { afterEach, describe, expect, it } from 'vitest';
import {
  type CollectorChoice,
  type Hyperparameters,
  sb3Hyperparameters,
  type UpdateMetrics,
} from '../contract';
import { balance } from '../game/balance/simulation';
import { Driver } from '../game/engine/driver';
import { createVectorEnvironment, environmentSpec } from '../game/engine/vector-environment';
import { AgentClient } from './agent-client';
import { ownWorkers } from './own-workers';
import type { WorkerFactory } from './worker-factory';

const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  backend: 'cpu',
  arenas: 4,
  rolloutLength: 32,
  minibatchSize: 64,
  epochs: 2,
  hiddenSizes: [16],
};

const clients: AgentClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

/** The game with an agent, as the page has it but for the picture: as fast as answers come. */
function played(
  collectors: CollectorChoice,
  changes: Partial<Hyperparameters> = {},
  onCollector: (worker: Worker) => void = () => {},
  spec = environmentSpec(balance),
) {
  const workers: WorkerFactory = {
    ...ownWorkers,
    collector: (name) => {
      const worker = new Worker(new URL('./testing/collector.worker.ts', import.meta.url), {
        type: 'module',
        name,
      });
      onCollector(worker);
      return worker;
    },
  };
  const hyperparameters = { ...settings, collectors, ...changes };
  const client = new AgentClient({ spec, hyperparameters, checkpoint: null, best: null }, workers);
  clients.push(client);
  const driver = new Driver(balance, createVectorEnvironment(balance, hyperparameters), 1);
  driver.speed = Number.POSITIVE_INFINITY;
  driver.whenActionIsLate = 'wait';
  client.connected$.subscribe(() => {
    driver.reconnect();
    const question = driver.wake(0);
    if (question !== null) client.ask(question);
  });
  client.answers$.subscribe(({ batch, nowMs }) => {
    const question = driver.answer(batch, nowMs);
    if (question !== null) client.ask(question);
  });
  // While the actor has nowhere to record, the game keeps real time, and no answer need come when a tick is due.
  client.wakes$.subscribe((nowMs) => {
    const question = driver.wake(nowMs);
    if (question !== null) client.ask(question);
  });
  return { client, driver };
}

/** The reports of a client's first updates. */
function updates(client: AgentClient, count: number): Promise<UpdateMetrics[]> {
  const seen: UpdateMetrics[] = [];
  return new Promise((resolve, reject) => {
    client.events$.subscribe((event) => {
      if (event.kind === 'failed') reject(new Error(event.message));
      if (event.kind === 'updated') seen.push(event.metrics);
      if (seen.length === count) resolve(seen);
    });
  });
}

describe('collectors', () => {
  it.each(['cpu', 'wasm'] as const)(
    'in lockstep give the same run to the bit, whether there are none, one, two or four: %s',
    async (backend) => {
      const runs: (readonly unknown[])[][] = [];
      for (const choice of ['none', '1', '2', '4'] as const) {
        const { client } = played(choice, { backend });
        await client.setLockstep(true);
        const seen = updates(client, 4);
        await client.open();
        runs.push(
          (await seen).map(({ decisions, policyLoss, valueLoss, gradientNorm, meanReturn, policyLag }) => [
            decisions,
            policyLoss,
            valueLoss,
            gradientNorm,
            meanReturn,
            policyLag,
          ]),
        );
        client.dispose();
      }
      expect(runs[0]?.map(([decisions]) => decisions)).toEqual([128, 256, 384, 512]);
      for (const run of runs) expect(run).toEqual(runs[0]);
    },
  );

  it('learn with kernels that repeat from the first update in lockstep on, and with the quick ones without', async () => {
    const { client } = played('none', { backend: 'wasm' });
    let simd: string | null = null;
    const seen: (string | null)[] = [];
    client.events$.subscribe((event) => {
      if (event.kind === 'ready') simd = event.backend.simd;
      if (event.kind === 'updated') seen.push(simd);
    });
    await client.setLockstep(true);
    await client.open();
    await expect.poll(() => seen.length).toBeGreaterThan(3);
    expect(new Set(seen)).toEqual(new Set(['plain']));
    await client.setLockstep(false);
    await expect.poll(() => seen.at(-1)).toBe('fma');
    await client.setLockstep(true);
    await expect.poll(() => seen.at(-1)).toBe('plain');
  });

  it('stand still while learning is off or the game is paused', async () => {
    const { client } = played('2');
    let count = 0;
    client.events$.subscribe((event) => {
      if (event.kind === 'updated') count += 1;
    });
    await client.open();
    const standsStill = async () => {
      // What is under way ends.
      await new Promise((resolve) => setTimeout(resolve, 500));
      const before = count;
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(count).toBe(before);
    };
    const ways: readonly ((still: boolean) => Promise<void>)[] = [
      (still) => client.setLearning(!still),
      (still) => client.setPaused(still),
    ];
    for (const setStill of ways) {
      await expect.poll(() => count).toBeGreaterThan(1);
      await setStill(true);
      await standsStill();
      count = 0;
      await setStill(false);
    }
    await expect.poll(() => count).toBeGreaterThan(1);
  });

  it('leave their arenas to the others when one dies, and the learner goes on where it is', async () => {
    const made: Worker[] = [];
    const { client } = played('2', {}, (worker) => made.push(worker));
    const warned = new Promise<string>((resolve) => {
      client.events$.subscribe((event) => {
        if (event.kind === 'warning') resolve(event.message);
      });
    });
    let restarts = 0;
    client.events$.subscribe((event) => {
      if (event.kind === 'restarted') restarts += 1;
    });
    const first = updates(client, 3);
    await client.open();
    await first;
    made[1]!.terminate();
    expect(await warned).toContain('collector ended without a word');
    const [metrics] = await updates(client, 1);
    // A whole rollout of every arena, and no update was lost.
    expect(metrics!.decisions).toBe(128 * metrics!.version);
    expect(metrics!.collectorDecisionsPerSecond).toHaveLength(1);
    expect(metrics!.version).toBeGreaterThan(3);
    expect(restarts).toBe(0);
    expect(made).toHaveLength(3);
  });

  it('come and go while the run goes on: no decision is counted twice, none goes back', async () => {
    const { client } = played('auto');
    const seen: UpdateMetrics[] = [];
    client.events$.subscribe((event) => {
      if (event.kind === 'updated') seen.push(event.metrics);
    });
    await client.open();
    const outOfSight = ({ collectorDecisionsPerSecond }: UpdateMetrics) => collectorDecisionsPerSecond.length;
    for (const on of [true, false, true]) {
      client.spareCollector(on);
      await expect
        .poll(() => seen.slice(-3).map(outOfSight), { timeout: 20_000 })
        .toEqual(Array(3).fill(Number(on)));
    }
    const rows = settings.arenas * settings.rolloutLength;
    expect(seen.map(({ decisions }) => decisions)).toEqual(seen.map((_, update) => rows * (update + 1)));
  });

  it('are refused with a sentence where no worker knows the game', async () => {
    const spec = environmentSpec(balance);
    const start = {
      spec,
      hyperparameters: { ...settings, collectors: '2' as const },
      checkpoint: null,
      best: null,
    };
    expect(() => new AgentClient(start, ownWorkers)).toThrow('no worker knows this game');
    const strangers = played('2', {}, () => {}, { ...spec, game: 'chess' });
    await expect(strangers.client.open()).rejects.toThrow('does not know the game “chess”');
  });

  it('running free, fill while updates run, lag by at most one version, and leave the game to the newest', async () => {
    const { client, driver } = played('2');
    const seen = updates(client, 12);
    await client.open();
    const metrics = await seen;
    for (const { policyLag, collectorDecisionsPerSecond, unrecordedDecisions } of metrics) {
      expect(policyLag).toBeLessThanOrEqual(1);
      expect(unrecordedDecisions).toBe(0);
      expect(collectorDecisionsPerSecond).toHaveLength(2);
      for (const rate of collectorDecisionsPerSecond) expect(rate).toBeGreaterThan(0);
    }
    expect(metrics.at(-1)?.decisions).toBe(12 * 128);
    expect(driver.ticks).toBeGreaterThan(0);
    await expect.poll(() => driver.decisions).toBeGreaterThanOrEqual(11 * 128);
  });
});
