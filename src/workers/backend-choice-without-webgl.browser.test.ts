import { clear } from 'idb-keyval';
import { expect, it, vi } from 'vitest';
import { sb3Hyperparameters } from '../contract';
import { balance } from '../game/balance/simulation';
import { environmentSpec } from '../game/engine/vector-environment';
import { saveTimings } from '../storage/timing-store';
import { chooseBackend } from './backend-choice';

// In a file of its own: once a WebGL context is open, it stays.
const settings = { ...sb3Hyperparameters, hiddenSizes: [16] };
const choose = () =>
  chooseBackend({ spec: environmentSpec(balance), settings, clock: () => performance.now() });

it('does without WebGL where there is none, and says so', async () => {
  await clear();
  vi.stubGlobal('OffscreenCanvas', undefined);
  const { report } = await choose();
  expect(report.timings.map(({ backend }) => backend)).not.toContain('webgl');
  expect(['wasm', 'cpu']).toContain(report.name);
  expect(report.reason).toContain('WebGL cannot be used here: this browser gives workers no canvas.');
});

it('forgets what was the quickest at an earlier visit and is there no more', async () => {
  await clear();
  vi.stubGlobal('OffscreenCanvas', undefined);
  const { subject, report } = await choose();
  await saveTimings(subject, [{ job: 'update', backend: 'webgl', milliseconds: 1e-6 }, ...report.timings]);
  expect((await choose()).report.name).toBe(report.name);
  const third = await choose();
  expect(third.report.name).toBe(report.name);
  expect(third.report.timings).toEqual(report.timings);
});
