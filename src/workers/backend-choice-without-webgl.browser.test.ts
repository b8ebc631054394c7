import { beforeEach, expect, it, vi } from 'vitest';
import { sb3Hyperparameters } from '../contract';
import { balance } from '../game/balance/simulation';
import { environmentSpec } from '../game/engine/vector-environment';
import { Database } from '../storage/database';
import { Timings } from '../storage/timings';
import { BackendChoice } from './backend-choice';

// In a file of its own: once a WebGL context is open, it stays.
const settings = { ...sb3Hyperparameters, backend: 'auto', hiddenSizes: [16] } as const;
const choice = () =>
  new BackendChoice({
    spec: environmentSpec(balance),
    settings,
    webgl: () => import('./webgl'),
    clock: () => performance.now(),
  });
const quickest = () => choice().quickest((work) => work());

const keptTimings = new Timings(new Database());

beforeEach(async () => {
  await keptTimings.forgetAll();
  vi.stubGlobal('OffscreenCanvas', undefined);
});

it('does without WebGL where there is none, and says so', async () => {
  const { report } = await quickest();
  expect(report.timings.map(({ backend }) => backend)).not.toContain('webgl');
  expect(['wasm', 'cpu']).toContain(report.name);
  const error = expect.stringContaining('WebGL cannot be used here: this browser gives workers no canvas.');
  expect(report.why).toMatchObject({ code: 'quickest', obstacle: { error } });
});

it('forgets what was the quickest at an earlier visit and is there no more', async () => {
  const { report } = await quickest();
  await keptTimings.save(choice().subject, [
    { job: 'update', backend: 'webgl', milliseconds: 1e-6 },
    ...report.timings,
  ]);
  expect((await quickest()).report.name).toBe(report.name);
  const third = await quickest();
  expect(third.report.name).toBe(report.name);
  expect(third.report.timings).toEqual(report.timings);
});

it('does not so much as try WebGL where it was slower at an earlier visit', async () => {
  await keptTimings.save(choice().subject, [
    { job: 'act', backend: 'wasm', milliseconds: 1 },
    { job: 'update', backend: 'wasm', milliseconds: 1 },
    { job: 'update', backend: 'webgl', milliseconds: 2 },
  ]);
  const [first, later] = [(await choice().first()).report, (await quickest()).report];
  for (const { name, why } of [first, later]) {
    expect(name).toBe('wasm');
    expect(why).toEqual({ code: 'quickest', measured: 'earlier', obstacle: null });
  }
});
