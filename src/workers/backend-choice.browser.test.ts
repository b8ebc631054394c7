import { beforeEach, describe, expect, it } from 'vitest';
import { fastest } from '../agent/autopilot';
import { hostBackends, quickHostBackend, repeatable } from '../agent/update-backend';
import { type BackendTiming, type Hyperparameters, sb3Hyperparameters } from '../contract';
import { balance } from '../game/balance/simulation';
import { environmentSpec } from '../game/engine/vector-environment';
import { Database } from '../storage/database';
import { Timings } from '../storage/timings';
import { BackendChoice, type BackendQuestion } from './backend-choice';

const spec = environmentSpec(balance);
const settings: Hyperparameters = { ...sb3Hyperparameters, backend: 'auto', hiddenSizes: [16] };
const clock = () => performance.now();
const webgl = () => import('./webgl');
const choice = (changes: Partial<BackendQuestion> = {}) =>
  new BackendChoice({ spec, settings, clock, webgl, ...changes });
const alone = <Result>(work: () => Promise<Result>) => work();
const frozenClock = () => {
  throw new Error('Nothing is to be timed.');
};
const madeUp = (webglMs: number): BackendTiming[] => [
  { job: 'act', backend: 'wasm', milliseconds: 1 },
  { job: 'update', backend: 'wasm', milliseconds: 1 },
  { job: 'update', backend: 'webgl', milliseconds: webglMs },
];

const keptTimings = new Timings(new Database());
beforeEach(() => keptTimings.forgetAll());

describe('automatic', () => {
  it('begins on WebAssembly, and says what follows', async () => {
    const { report, backend, webgl } = await choice().first();
    expect(report).toMatchObject({ name: 'wasm', renderer: '' });
    expect(report.why).toEqual({ code: 'first', webgl: 'toBeTimed' });
    expect(report.simd).toBe('fma');
    expect(backend).toBe(quickHostBackend('wasm'));
    expect(repeatable(backend)).toBe(hostBackends.wasm);
    expect(webgl).toBeNull();
  });

  it('times both jobs on every backend that is there, and takes the quickest of each', async () => {
    const chosen = choice();
    await chosen.first();
    const turns: string[] = [];
    const { report, backend } = await chosen.quickest(async (work) => {
      turns.push('begins');
      const result = await work();
      turns.push('ends');
      return result;
    });
    // Once, so that updates wait once.
    expect(turns).toEqual(['begins', 'ends']);
    const jobs = report.timings.map((timing) => `${timing.job} ${timing.backend}`).sort();
    expect(jobs).toEqual(['act cpu', 'act wasm', 'update cpu', 'update wasm', 'update webgl']);
    for (const { milliseconds } of report.timings) expect(milliseconds).toBeGreaterThan(0);
    expect(report.name).toBe(fastest(report.timings, 'update'));
    expect(report.acting).toBe(fastest(report.timings, 'act'));
    expect(backend.name).toBe(report.name);
    expect(report.why).toEqual({ code: 'quickest', measured: 'now', obstacle: null });
  });

  it('remembers timings for the same net and minibatch, and takes others anew', async () => {
    const first = await choice().quickest(alone);
    const again = choice({ clock: frozenClock });
    await again.first();
    const second = await again.quickest(alone);
    expect(second.report.timings).toEqual(first.report.timings);
    expect(second.report.why).toMatchObject({ code: 'quickest', measured: 'earlier' });
    const other = choice({ settings: { ...settings, minibatchSize: 128 } });
    expect((await other.quickest(alone)).report.why).toMatchObject({ code: 'quickest', measured: 'now' });
  });

  it('begins on WebAssembly and goes over to WebGL where that was quicker at an earlier visit', async () => {
    await keptTimings.save(choice().subject, madeUp(0.5));
    const chosen = choice({ clock: frozenClock });
    const first = await chosen.first();
    expect(first.report.name).toBe('wasm');
    expect(first.report.why).toEqual({ code: 'first', webgl: 'takesOver' });
    const { report, webgl } = await chosen.quickest(alone);
    expect(report.name).toBe('webgl');
    expect(report.renderer).toBe(webgl?.renderer);
  });
});

it.each(['webgl', 'wasm', 'cpu'] as const)(
  '%s, pinned, is taken at once and nothing is timed',
  async (backend) => {
    const { report, ...chosen } = await choice({
      settings: { ...settings, backend },
      clock: frozenClock,
    }).first();
    expect(report).toMatchObject({ name: backend, timings: [], why: { code: 'chosen' } });
    expect(report.acting).toBe(backend === 'wasm' ? 'wasm' : 'cpu');
    expect(report.renderer === '').toBe(backend !== 'webgl');
    expect(chosen.backend.name).toBe(backend);
  },
);

it('leaves a graphics processor alone that keeps failing, pinned or not, and keeps nothing of it', async () => {
  const pinned = await choice({ settings: { ...settings, backend: 'webgl' }, withoutGraphics: true }).first();
  const automatic = await choice({ withoutGraphics: true }).quickest(alone);
  expect(pinned.report.why).toEqual({ code: 'leftAlone' });
  expect(automatic.report.why).toMatchObject({ code: 'quickest', obstacle: 'leftAlone' });
  for (const { report } of [pinned, automatic]) {
    expect(report.name).not.toBe('webgl');
    expect(report.timings.map(({ backend }) => backend)).not.toContain('webgl');
  }
  // The next visit times it anew.
  const { report } = await choice().quickest(alone);
  expect(report.timings.map(({ backend }) => backend)).toContain('webgl');
});

it('does without WebGL where the learner was made without, and leaves the timings of others alone', async () => {
  await keptTimings.save(choice().subject, madeUp(0.5));
  const without = choice({ webgl: null });
  expect((await without.first()).report.why).toEqual({ code: 'first', webgl: 'absent' });
  const { report } = await without.quickest(alone);
  expect(report.why).toEqual({ code: 'quickest', measured: 'now', obstacle: null });
  expect(report.timings.map(({ backend }) => backend)).not.toContain('webgl');
  const pinned = choice({ webgl: null, settings: { ...settings, backend: 'webgl' } }).first();
  await expect(pinned).rejects.toThrow('playtrain/webgl');
  expect((await choice({ clock: frozenClock }).quickest(alone)).report.name).toBe('webgl');
});
