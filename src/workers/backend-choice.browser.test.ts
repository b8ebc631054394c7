import * as tf from '@tensorflow/tfjs-core';
import { clear } from 'idb-keyval';
import { beforeEach, expect, it } from 'vitest';
import { fastest } from '../agent/autopilot';
import { trainers } from '../agent/trainers';
import { sb3Hyperparameters } from '../contract';
import { balance } from '../game/balance/simulation';
import { environmentSpec } from '../game/engine/vector-environment';
import { chooseBackend } from './backend-choice';

const spec = environmentSpec(balance);
const settings = { ...sb3Hyperparameters, hiddenSizes: [16] };
const clock = () => performance.now();

beforeEach(() => clear());

it('times both jobs on every backend that is there, and takes the quickest of each', async () => {
  const { report, createTrainer } = await chooseBackend({ spec, settings, clock });
  const jobs = report.timings.map(({ job, backend }) => `${job} ${backend}`).sort();
  expect(jobs).toEqual(['act cpu', 'act wasm', 'update cpu', 'update wasm', 'update webgl']);
  for (const { milliseconds } of report.timings) expect(milliseconds).toBeGreaterThan(0);
  expect(report.name).toBe(fastest(report.timings, 'update'));
  expect(report.acting).toBe(fastest(report.timings, 'act'));
  expect(createTrainer).toBe(trainers[report.name]);
  expect(report.reason).toContain('measured just now');
});

it('opens WebGL for updates only where it was chosen', async () => {
  for (const backend of ['webgl', 'wasm', 'cpu'] as const) {
    const { report } = await chooseBackend({ spec, settings: { ...settings, backend }, clock });
    expect(report).toMatchObject({ name: backend, timings: [] });
    expect(report.acting).toBe(backend === 'wasm' ? 'wasm' : 'cpu');
    expect(report.renderer === '').toBe(backend !== 'webgl');
    expect(tf.getBackend() === 'webgl').toBe(backend === 'webgl');
  }
});

it('remembers timings for the same net and minibatch, and takes others anew', async () => {
  const first = await chooseBackend({ spec, settings, clock });
  const again = await chooseBackend({
    spec,
    settings,
    clock: () => {
      throw new Error('Nothing is to be timed.');
    },
  });
  expect(again.report.timings).toEqual(first.report.timings);
  expect(again.report.reason).toContain('at an earlier visit');
  const other = await chooseBackend({ spec, settings: { ...settings, minibatchSize: 128 }, clock });
  expect(other.report.reason).toContain('measured just now');
});

it('leaves a graphics processor alone that keeps failing, pinned or not, and keeps nothing of it', async () => {
  for (const backend of ['webgl', 'auto'] as const) {
    const { report } = await chooseBackend({
      spec,
      settings: { ...settings, backend },
      withoutGraphics: true,
      clock,
    });
    expect(report.name).not.toBe('webgl');
    expect(report.timings.map((timing) => timing.backend)).not.toContain('webgl');
    expect(report.reason).toContain('The graphics processor failed again and again');
  }
  // The next visit times it anew.
  const { report } = await chooseBackend({ spec, settings, clock });
  expect(report.timings.map((timing) => timing.backend)).toContain('webgl');
});
