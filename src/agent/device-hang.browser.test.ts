import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBackend } from '../workers/backend';
import { Learner } from './learner';
import { learnerSettings, startLearner } from './testing/learner-properties';
import { webglBackend } from './webgl-backend';

/** Fences from this one on are never signalled, as where a driver hangs without its context being lost. */
let stalledFrom = Number.POSITIVE_INFINITY;
let fences = 0;
let stalled = new WeakSet<WebGLSync>();

/** The device goes on; else whatever waits for it behind the test would hold up the next. */
function goOn(): void {
  stalledFrom = Number.POSITIVE_INFINITY;
  fences = 0;
  stalled = new WeakSet();
}

function stallFences(): void {
  const { prototype } = WebGL2RenderingContext;
  const fenceSync = Reflect.get(prototype, 'fenceSync') as (...fence: unknown[]) => WebGLSync | null;
  const clientWaitSync = Reflect.get(prototype, 'clientWaitSync') as (...wait: unknown[]) => GLenum;
  vi.spyOn(prototype, 'fenceSync').mockImplementation(function (this: WebGL2RenderingContext, ...fence) {
    const made = Reflect.apply(fenceSync, this, fence);
    if (made !== null && fences++ >= stalledFrom) stalled.add(made);
    return made;
  });
  vi.spyOn(prototype, 'clientWaitSync').mockImplementation(function (
    this: WebGL2RenderingContext,
    ...wait: Parameters<WebGL2RenderingContext['clientWaitSync']>
  ) {
    return stalled.has(wait[0]) ? this.TIMEOUT_EXPIRED : Reflect.apply(clientWaitSync, this, wait);
  });
}

/** @param extraMs how far the clock is ahead; asked at each look at it. */
function shiftClock(extraMs: () => number): void {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + extraMs());
}

/** Minutes pass like moments, as far as anybody reads a clock. */
function hurryClock(): void {
  let extraMs = 0;
  shiftClock(() => {
    extraMs += 1_000;
    return extraMs;
  });
}

function learnerOnWebgl() {
  const settings = { ...learnerSettings, targetKl: 0.5 };
  const { spec, rollout } = startLearner(settings);
  const learner = Learner.create({
    spec,
    hyperparameters: settings,
    clock: () => 0,
    breathe: async (trainer) => void (await trainer.settle()),
    backend: webglBackend,
  });
  return { learner, rollout };
}

describe('a device that hangs without being lost', () => {
  beforeAll(async () => {
    await openBackend('webgl');
  });
  afterEach(() => {
    vi.restoreAllMocks();
    goOn();
  });

  it('is noticed at whatever an update waits for, and the learner is as it was', async () => {
    stallFences();
    const counted = learnerOnWebgl();
    await counted.learner.update(counted.rollout());
    const waits = fences;
    // Each minibatch, the KL at each later epoch, and the weights.
    expect(waits).toBeGreaterThan(learnerSettings.epochs * 4);
    counted.learner.dispose();
    goOn();
    hurryClock();
    for (let wait = 0; wait < waits; wait++) {
      const { learner, rollout } = learnerOnWebgl();
      const before = learner.trainingState();
      stalledFrom = wait;
      await expect(learner.update(rollout()), `wait ${wait}`).rejects.toMatchObject({
        code: 'context-lost',
        message: expect.stringContaining('has stopped answering') as string,
      });
      expect(learner.trainingState()).toEqual(before);
      goOn();
      learner.dispose();
    }
  });

  it('is not taken for one while the machine sleeps', async () => {
    stallFences();
    let sleptMs = 0;
    shiftClock(() => sleptMs);
    const { learner, rollout } = learnerOnWebgl();
    const update = learner.update(rollout());
    for (let night = 0; night < 5; night++) {
      sleptMs += 8 * 3_600_000;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect((await update).metrics.version).toBe(1);
    learner.dispose();
  });
});
