import { expect, it } from 'vitest';
import { policyLayout } from '../src/agent/policy';
import { hostBackends } from '../src/agent/update-backend';
import type { Simulation } from '../src/contract';
import { environmentSpec } from '../src/game/engine/vector-environment';
import { swingPresets } from '../src/game/swing/presets';
import { swing } from '../src/game/swing/simulation';
import { greedyReturn } from './greedy-return';
import { rltoolsReport } from './rltools';
import { runRltools } from './rltools-run';

it('runs whole updates of 4,096 decisions, and judges what they learned', async () => {
  const sample = await runRltools(
    { seed: 1, updates: 1, episodes: 4, overlap: true },
    {
      backend: hostBackends.cpu,
      acting: 'cpu',
      clock: () => performance.now(),
      breathe: () => Promise.resolve(),
    },
  );
  expect(sample.decisions).toBe(4096);
  expect(sample.seconds).toBeGreaterThan(0);
  // 200 ticks at the dearest cost 200 · (π² + 0.1 · 8² + 0.001 · 2²) = 3,255.
  expect(sample.finalReturn).toBeLessThan(0);
  expect(sample.finalReturn).toBeGreaterThan(-3255);
});

it('a greedy return is the mean of one whole episode an arena, rewards weighed', () => {
  const upright: Simulation = {
    ...swing,
    reset: (state) => state.fill(0),
  };
  const hyperparameters = { ...swingPresets.sb3, rewardWeights: { angle: 1, speed: 0.1, effort: 0.001 } };
  const spec = environmentSpec(upright);
  const { parameterCount } = policyLayout(spec, hyperparameters);
  const policy = { version: 1, parameters: new Float32Array(parameterCount), observations: null };
  const trial = { policy, hyperparameters, episodes: 3, seed: 1, acting: 'cpu' as const };
  // A net of zeros gives no torque, and a rod that stands upright then stands for good, which costs nothing.
  expect(greedyReturn({ ...trial, simulation: upright })).toBeCloseTo(0, 12);

  // A fixed cost tells that every one of 200 ticks counts, once, by its weight.
  const still: Simulation = {
    ...upright,
    step: (_state, _action, terms) => {
      terms.set([-1, -10, -1000]);
      return false;
    },
  };
  expect(greedyReturn({ ...trial, simulation: still })).toBeCloseTo(-3 * 200, 9);
});

it('reports decisions, seconds and the final return as medians, and every run', () => {
  const runs = [
    { decisions: 307_200, simd: 'fma' as const, seconds: 2, finalReturn: -150 },
    { decisions: 307_200, simd: 'fma' as const, seconds: 1.5, finalReturn: -190 },
    { decisions: 307_200, simd: 'fma' as const, seconds: 1.75, finalReturn: -160 },
  ];
  const { fields, table } = rltoolsReport(runs);
  expect(fields).toMatchObject({ decisions: 307_200, simd: 'fma', seconds: 1.75, finalReturn: -160, runs });
  expect(table).toMatch(/^median +307,200 +1\.75 +-160\.0$/m);
});
