import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Hyperparameters, PlaytrainError, TrainingState } from '../contract';
import { openNodeBackend } from '../workers/node-backend';
import { decodeTrainingState, encodeTrainingState } from './checkpoint';
import { Learner } from './learner';
import { logStdBounds, policyLayout, readLogStd } from './policy';
import { createAutodiffTrainer } from './ppo';
import { describeLearner, learnerSettings, sizes, startLearner } from './testing/learner-properties';
import { syntheticRollout } from './testing/synthetic-rollout';
import { testSpaces, testSpec } from './testing/training-cases';
import { hostBackends, type UpdateBackend } from './update-backend';

for (const backend of ['cpu', 'wasm'] as const) {
  describe(`a learner on ${backend}`, () => {
    beforeAll(async () => {
      await openNodeBackend(backend);
    });
    describeLearner({
      ...hostBackends.cpu,
      createTrainer: createAutodiffTrainer,
      memory: () => ({ liveTensors: tf.memory().numTensors, gpuBytes: 0 }),
    });
  });
}

for (const [name, backend] of [
  ['plain kernels', hostBackends.cpu],
  ['SIMD kernels', hostBackends.wasm],
] as const) {
  describe(`a learner with ${name}`, () => {
    describeLearner(backend);
  });
}

describe('a learner', () => {
  beforeAll(async () => {
    await openNodeBackend('cpu');
  });
  afterEach(() => vi.restoreAllMocks());

  async function trained(settings: Hyperparameters, updates: number): Promise<TrainingState> {
    const { learner, rollout } = startLearner(settings);
    for (let update = 0; update < updates; update++) await learner.update(rollout());
    const state = learner.trainingState();
    learner.dispose();
    return state;
  }

  it('comes to bit-identical weights from the same seed on cpu, and to others from another', async () => {
    const first = await trained(learnerSettings, 3);
    expect(await trained(learnerSettings, 3)).toEqual(first);
    const other = await trained({ ...learnerSettings, seed: 2 }, 3);
    expect(other.parameters).not.toEqual(first.parameters);
  });

  it('goes on from a saved state as if nothing had happened', async () => {
    const { learner, spec, rollout } = startLearner();
    await learner.update(rollout());
    const state = structuredClone(learner.trainingState());
    const full = rollout(77);
    const continued = Learner.create({
      spec,
      hyperparameters: learnerSettings,
      state,
      clock: () => 0,
      breathe: async () => {},
    });
    await learner.update(full);
    await continued.update(full);
    expect(continued.trainingState()).toEqual(learner.trainingState());
  });

  it('reports what it did', async () => {
    const { learner, rollout } = startLearner();
    const full = rollout();
    const { metrics, snapshot, changed } = await learner.update(full);
    expect(changed).toEqual([]);
    expect(snapshot.version).toBe(1);
    expect(metrics).toMatchObject({
      version: 1,
      decisions: 128,
      // 128 steps in minibatches of 32, twice.
      minibatches: 8,
      stoppedEarly: false,
      decisionsDuringUpdate: 3,
      learningRate: 3e-4,
      policyLag: 0,
      collectMs: 50,
      // The clock advances 10 ms a reading, and an update reads it twice.
      updateMs: 10,
      gpuBytes: 0,
    });
    // 128 decisions in 50 ms of collecting and 10 ms of updating.
    expect(metrics.decisionsPerSecond).toBeCloseTo(128 / 0.06, 6);
    // Between two updates' ends the clock was read twice more.
    expect((await learner.update(rollout())).metrics.decisionsPerSecond).toBeCloseTo(128 / 0.02, 6);
    // A near-uniform policy over two choices has entropy ln 2.
    expect(metrics.entropy).toBeCloseTo(Math.LN2, 2);
    expect(metrics.episodes).toBe(full.episodes.length);
    expect(learner.trainingState().curve).toHaveLength(2);
  });

  it('anneals the learning rate in CleanRL’s line: full at first, 0 at the horizon and beyond', async () => {
    const horizon = 1280;
    const { learner, rollout } = startLearner({
      ...learnerSettings,
      learningRateAnnealing: true,
      annealingDecisions: horizon,
    });
    const rates: number[] = [];
    for (let update = 0; update < 12; update++)
      rates.push((await learner.update(rollout())).metrics.learningRate);
    // lr0 · (1 − (i − 1)/n) with n = 1280/128 = 10 updates: 1, 0.9, … 0.1, then 0.
    const expected = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0, 0];
    rates.forEach((rate, i) => {
      expect(rate).toBeCloseTo(3e-4 * expected[i]!, 12);
    });
  });

  it('anneals from where that was switched on, also over a save, and says when nothing moves any more', async () => {
    const { learner, spec, layout, rollout } = startLearner();
    const acted = (by: Learner) => syntheticRollout(spec, layout, by.snapshot(), sizes, 50);
    for (let update = 0; update < 3; update++) await learner.update(rollout());
    const annealing = { ...learnerSettings, learningRateAnnealing: true, annealingDecisions: 1000 };
    learner.setHyperparameters(annealing);
    const first = await learner.update(rollout());
    expect(first.metrics).toMatchObject({ learningRate: 3e-4, standstill: null });
    expect(learner.trainingState().annealedFrom).toBe(3 * 128);
    const state = decodeTrainingState(encodeTrainingState(learner.trainingState()));
    const continued = Learner.create({
      spec,
      hyperparameters: annealing,
      state,
      clock: () => 0,
      breathe: async () => {},
    });
    // Seven rollouts of 128 fit into 1,000 decisions; one is over.
    const told: unknown[] = [];
    for (let update = 0; update < 8; update++) {
      const { metrics } = await continued.update(acted(continued));
      told.push([Math.round((7 * metrics.learningRate) / 3e-4), metrics.standstill]);
    }
    expect(told).toEqual([
      ...[6, 5, 4, 3, 2, 1].map((sevenths) => [sevenths, null]),
      [0, 'annealed'],
      [0, 'annealed'],
    ]);
    continued.setHyperparameters(learnerSettings);
    const { metrics } = await continued.update(acted(continued));
    expect(metrics).toMatchObject({ learningRate: 3e-4, standstill: null });
    expect(continued.trainingState().annealedFrom).toBeNull();
  });

  it('says when the policy’s gradient is gone, though the critic still learns', async () => {
    const { learner, layout, rollout, spec } = startLearner({ ...learnerSettings, activation: 'relu' });
    // No hidden unit of the actor is ever positive, so none has a slope; the head's bias is certain of one choice.
    const state = learner.trainingState();
    const parameters = state.parameters.slice();
    for (const { name, offset, size } of layout.blocks) {
      if (name.startsWith('actor.'))
        parameters.fill(name === 'actor.0.bias' ? -1e3 : 0, offset, offset + size);
      if (name === 'actor.head.bias') parameters.set([500, 0], offset);
    }
    const dead = Learner.create({
      spec,
      hyperparameters: { ...learnerSettings, activation: 'relu' },
      state: { ...state, parameters },
      clock: () => 0,
      breathe: async () => {},
    });
    expect((await learner.update(rollout())).metrics.standstill).toBeNull();
    const acted = syntheticRollout(spec, layout, dead.snapshot(), sizes, 1);
    const { metrics } = await dead.update(acted);
    expect(metrics.standstill).toBe('noGradient');
    expect(metrics.gradientNorm).toBeGreaterThan(0);
  });

  it('calls no update a standstill that took no step', async () => {
    const { learner, rollout } = startLearner();
    const full = rollout();
    full.rollout.valid.fill(0);
    expect((await learner.update(full)).metrics.standstill).toBeNull();
  });

  it('leaves what does not fill a minibatch', async () => {
    const { learner, rollout } = startLearner();
    const full = rollout();
    // 128 steps less 20 are three minibatches of 32 and a remainder of 12, in each of two epochs.
    full.rollout.valid.fill(0, 0, 20);
    expect((await learner.update(full)).metrics.minibatches).toBe(6);
  });

  it('does not see steps that were not the learner’s', async () => {
    const run = async (disturb: boolean) => {
      const { learner, rollout } = startLearner();
      const full = rollout();
      const { rollout: filled } = full;
      for (let step = 0; step < sizes.steps; step++) {
        const cell = step * sizes.arenas + 1;
        filled.valid[cell] = 0;
        if (disturb) {
          filled.rewards[cell] = 100;
          filled.logProbabilities[cell] = -50;
          filled.observations.fill(9, cell * 4, cell * 4 + 4);
        }
      }
      return (await learner.update(full)).snapshot.parameters;
    };
    expect(await run(true)).toEqual(await run(false));
  });

  it('publishes the same weights when no minibatch fills', async () => {
    const { learner, rollout } = startLearner();
    const before = learner.snapshot();
    const full = rollout();
    full.rollout.valid.fill(0);
    const { metrics, snapshot } = await learner.update(full);
    expect(metrics.minibatches).toBe(0);
    expect(metrics.firstRatioDeviation).toBeNull();
    expect(metrics.explainedVariance).toBeNull();
    expect(snapshot).toEqual({ version: 1, parameters: before.parameters });
  });

  it('stops before the first step beyond 1.5 times the target KL', async () => {
    const settings = { ...learnerSettings, learningRate: 0.05, epochs: 10, maxGradientNorm: 100 };
    const { learner, rollout } = startLearner({ ...settings, targetKl: 0.01 });
    const { metrics } = await learner.update(rollout());
    expect(metrics.stoppedEarly).toBe(true);
    expect(metrics.minibatches).toBeGreaterThan(0);
    expect(metrics.minibatches).toBeLessThan(40);
    const free = startLearner(settings);
    expect((await free.learner.update(free.rollout())).metrics).toMatchObject({
      stoppedEarly: false,
      minibatches: 40,
    });
  });

  it('takes changed settings up at the next update and names them', async () => {
    const { learner, rollout } = startLearner();
    learner.setHyperparameters({ ...learnerSettings, learningRate: 1e-3, clipRange: 0.1 });
    expect(learner.trainingState().hyperparameters).toEqual(learnerSettings);
    const update = await learner.update(rollout());
    expect(update.changed).toEqual([
      { key: 'learningRate', from: 3e-4, to: 1e-3 },
      { key: 'clipRange', from: 0.2, to: 0.1 },
    ]);
    expect(update.metrics.learningRate).toBe(1e-3);
    expect((await learner.update(rollout())).changed).toEqual([]);
  });

  it('goes on from the same weights on another backend, and gives the first one’s memory back', async () => {
    const disposed: string[] = [];
    const named = (name: string): UpdateBackend => ({
      ...hostBackends.cpu,
      createTrainer: (layout, state) => {
        const trainer = hostBackends.cpu.createTrainer(layout, state);
        return { ...trainer, dispose: () => disposed.push(name) };
      },
    });
    const { learner, rollout } = startLearner(learnerSettings, 'discrete', named('first'));
    const { learner: usual } = startLearner(learnerSettings, 'discrete', hostBackends.cpu);
    for (let update = 0; update < 4; update++) {
      if (update === 2) learner.useBackend(named('second'));
      const full = rollout();
      await learner.update(full);
      await usual.update(full);
      expect(learner.trainingState()).toEqual(usual.trainingState());
    }
    expect(disposed).toEqual(['first']);
    const under = learner.update(rollout());
    expect(() => learner.useBackend(hostBackends.cpu)).toThrow('under way');
    await under;
  });

  it('refuses impossible settings with a sentence and keeps the old ones', async () => {
    const { learner, rollout } = startLearner();
    const code = (settings: Partial<Hyperparameters>) => {
      try {
        learner.setHyperparameters({ ...learnerSettings, ...settings });
      } catch (error) {
        return (error as PlaytrainError).code;
      }
      return null;
    };
    expect(code({ minibatchSize: 24 })).toBe('bad-settings');
    expect(code({ learningRate: Number.NaN })).toBe('bad-settings');
    expect(code({ hiddenSizes: [8] })).toBe('bad-settings');
    expect((await learner.update(rollout())).hyperparameters).toEqual(learnerSettings);
  });

  it('takes an update back whose first ratio is not 1', async () => {
    const { learner, rollout } = startLearner();
    const before = learner.trainingState();
    const full = rollout();
    full.rollout.logProbabilities.forEach((value, cell) => {
      full.rollout.logProbabilities[cell] = value - 0.01;
    });
    await expect(learner.update(full)).rejects.toMatchObject({ code: 'inconsistent-update' });
    expect(learner.trainingState()).toEqual(before);
    expect((await learner.update(rollout())).snapshot.version).toBe(1);
  });

  it('asserts the ratio only of steps by the policy that is trained', async () => {
    const { learner, rollout } = startLearner();
    const full = rollout();
    await learner.update(rollout());
    // Gathered by version 0, which is one behind by now.
    const { metrics } = await learner.update(full);
    expect(metrics.policyLag).toBe(1);
    expect(metrics.firstRatioDeviation).toBeNull();
  });

  it('keeps a policy that is pushed towards noise for ever one that acts', async () => {
    const settings = { ...learnerSettings, learningRate: 0.05, entropyCoefficient: 0.2 };
    const { learner, layout, rollout } = startLearner(settings, 'continuous', hostBackends.cpu);
    for (let update = 0; update < 40; update++) await learner.update(rollout());
    const { parameters } = learner.snapshot();
    expect(Array.from(readLogStd(layout, parameters))).toEqual([logStdBounds.high, logStdBounds.high]);
    expect(rollout().rollout.logProbabilities.every(Number.isFinite)).toBe(true);
  });

  it('takes an update back that is not finite', async () => {
    const { learner, rollout } = startLearner();
    const before = learner.trainingState();
    const overflowing = rollout();
    overflowing.rollout.rewards.fill(3e38);
    await expect(learner.update(overflowing)).rejects.toMatchObject({ code: 'not-finite' });
    const broken = rollout();
    broken.rollout.observations[5] = Number.NaN;
    await expect(learner.update(broken)).rejects.toMatchObject({ code: 'not-finite' });
    expect(learner.trainingState()).toEqual(before);
    await learner.update(rollout());
  });

  it('refuses a state whose weights do not fit', async () => {
    const state = startLearner({ ...learnerSettings, hiddenSizes: [8] }).learner.trainingState();
    const spec = testSpec(testSpaces['discrete']!);
    const clock = () => 0;
    const breathe = async () => {};
    expect(() => Learner.create({ spec, hyperparameters: learnerSettings, state, clock, breathe })).toThrow(
      'saved policy',
    );
  });

  it('refuses a state of another net, however many weights that has', () => {
    const spec = testSpec(testSpaces['discrete']!);
    const settings = { ...learnerSettings, hiddenSizes: [5, 10] };
    const state = startLearner(settings).learner.trainingState();
    const create = (changes: Partial<Hyperparameters>) => () =>
      Learner.create({
        spec,
        hyperparameters: { ...settings, ...changes },
        state,
        clock: () => 0,
        breathe: async () => {},
      });
    expect(create({})).not.toThrow();
    expect(create({ activation: 'relu' })).toThrow(/5, 10 with tanh.*5, 10 with relu/);
    const twin = { ...settings, hiddenSizes: [10, 4] };
    expect(policyLayout(spec, twin).parameterCount).toBe(state.parameters.length);
    expect(create({ hiddenSizes: [10, 4] })).toThrow(/5, 10 with tanh.*10, 4 with tanh/);
  });

  it('keeps a bounded curve', async () => {
    const { learner, spec, rollout } = startLearner();
    const curve = Array.from({ length: 2000 }, (_, i) => ({
      version: i,
      decisions: i,
      meanReturn: i,
      meanLength: i,
    }));
    const continued = Learner.create({
      spec,
      hyperparameters: learnerSettings,
      state: { ...learner.trainingState(), curve },
      clock: () => 0,
      breathe: async () => {},
    });
    await continued.update(rollout());
    const kept = continued.trainingState().curve;
    expect(kept).toHaveLength(1001);
    expect(kept.at(-1)!.version).toBe(1);
  });

  it('does one update at a time', async () => {
    const { learner, rollout } = startLearner();
    const first = learner.update(rollout());
    await expect(learner.update(rollout())).rejects.toThrow('under way');
    await first;
  });
});
