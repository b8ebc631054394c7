import { transfer, wrap } from 'comlink';
import { afterEach, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { policyLayout } from '../agent/policy';
import { syntheticRollout } from '../agent/testing/synthetic-rollout';
import { testSpaces, testSpec } from '../agent/testing/training-cases';
import { type BackendReport, type Hyperparameters, type SnapshotData, sb3Hyperparameters } from '../contract';
import type { LearnerService, LearnerToPage, UpdateMessage } from './protocol';
import { granted } from './refusal';

const sizes = { steps: 512, arenas: 4 };
const settings: Hyperparameters = {
  ...sb3Hyperparameters,
  backend: 'wasm',
  rolloutLength: sizes.steps,
  arenas: sizes.arenas,
  hiddenSizes: [64, 64],
  minibatchSize: 1_024,
  epochs: 2,
};
const spec = testSpec(testSpaces['discrete']!);
const layout = policyLayout(spec, settings);

const made: Worker[] = [];
afterEach(() => {
  for (const worker of made.splice(0)) worker.terminate();
});

/** A served learner that is fed by hand. */
async function served(name: 'shared' | 'alone' | 'losing') {
  const url = new URL('./testing/decided-learner.worker.ts', import.meta.url);
  const worker = new Worker(url, { type: 'module', name });
  made.push(worker);
  const service = wrap<LearnerService>(worker);
  const actor = new MessageChannel();
  const page = new MessageChannel();
  const ready: BackendReport[] = [];
  const warnings: unknown[] = [];
  page.port1.onmessage = ({ data }: MessageEvent<LearnerToPage>) => {
    if (data.kind !== 'event') return;
    if (data.event.kind === 'ready') ready.push(data.event.backend);
    if (data.event.kind === 'warning') warnings.push(data.event.remedy);
  };
  const start = { spec, hyperparameters: settings, checkpoint: null, best: null, withoutGraphics: false };
  const ports = { actor: actor.port2, page: page.port2, collectors: [] };
  const begun = granted(await service.begin(start, transfer(ports, [actor.port2, page.port2])));
  let data: SnapshotData = begun.snapshot;
  return {
    worker,
    service,
    ready,
    warnings,
    /** @returns the weights after one more update. */
    async update(): Promise<Float32Array> {
      const { rollout, ...notes } = syntheticRollout(spec, layout, data, sizes, data.version);
      const answered = new Promise<UpdateMessage>((resolve) => {
        actor.port1.onmessage = (message: MessageEvent<UpdateMessage>) => resolve(message.data);
      });
      actor.port1.postMessage({ ...notes, buffer: rollout.buffer, shape: rollout.shape });
      data = (await answered).snapshot;
      return data.parameters;
    },
  };
}

/** A trial takes its time, and a browser takes a few seconds to end a thread that sleeps. */
const patience = { timeout: 20_000 };

/** Threads that share in updates and live, of whoever made them. */
async function livingShards(): Promise<number> {
  const { targetInfos } = (await cdp().send('Target.getTargets')) as {
    readonly targetInfos: readonly { readonly type: string; readonly url: string }[];
  };
  return targetInfos.filter(({ url }) => url.includes('shard.worker')).length;
}

it('a learner whose threads prove quicker tells of them, and comes to the weights of one that is alone', async () => {
  const weights: Float32Array[][] = [];
  for (const name of ['shared', 'alone'] as const) {
    const learner = await served(name);
    expect(learner.ready.every(({ shards }) => shards === 1)).toBe(true);
    const mine = [await learner.update()];
    // The trial comes between two updates.
    await expect.poll(() => learner.ready.length, patience).toBe(2);
    expect(learner.ready[1]).toMatchObject({
      simd: 'fma',
      shards: name === 'shared' ? 2 : 1,
      aloneBecause: null,
    });
    for (let update = 0; update < 3; update++) mine.push(await learner.update());
    weights.push(mine);
    expect(learner.warnings).toEqual([]);
  }
  expect(weights[0]).toEqual(weights[1]);
});

it('a thread that is lost is told of once; the run goes on alone, to the same weights', async () => {
  const losing = await served('losing');
  const weights = [await losing.update()];
  await expect.poll(() => losing.ready.map(({ shards }) => shards), patience).toEqual([1, 2, 1]);
  weights.push(await losing.update());
  // Whether threads are quicker would be found out anew.
  await losing.service.setHyperparameters({ ...settings, minibatchSize: 512 });
  for (let update = 0; update < 2; update++) weights.push(await losing.update());
  await expect.poll(() => losing.ready.map(({ shards }) => shards), patience).toEqual([1, 2, 1, 1]);
  expect(losing.warnings).toEqual([{ code: 'updatesAlone' }]);
  const alone = await served('alone');
  const expected = [await alone.update(), await alone.update()];
  await alone.service.setHyperparameters({ ...settings, minibatchSize: 512 });
  for (let update = 0; update < 2; update++) expected.push(await alone.update());
  expect(weights).toEqual(expected);
});

it('threads end where they prove no quicker, where minibatches become short, and with the learner', async () => {
  await expect.poll(livingShards, patience).toBe(0);
  const alone = await served('alone');
  await alone.update();
  await expect.poll(() => alone.ready.length, patience).toBe(2);
  await expect.poll(livingShards, patience).toBe(0);

  const shared = await served('shared');
  const shards = () => shared.ready.at(-1)?.shards;
  await shared.update();
  await expect.poll(shards, patience).toBe(2);
  expect(await livingShards()).toBe(1);
  await shared.service.setHyperparameters({ ...settings, minibatchSize: 64 });
  await shared.update();
  await expect.poll(shards, patience).toBe(1);
  await expect.poll(livingShards, patience).toBe(0);
  await shared.service.setHyperparameters(settings);
  await shared.update();
  await expect.poll(shards, patience).toBe(2);
  expect(await livingShards()).toBe(1);

  shared.worker.terminate();
  await expect.poll(livingShards, patience).toBe(0);
});
