import { expect, it } from 'vitest';
import { learnTable } from './learn-report';

it('gives a line a seed, then median and spread, and says what was not reached', () => {
  const curve = (mean20: number) => [{ decisions: 1000, mean20 }];
  const text = learnTable({
    game: 'balance',
    preset: 'sb3',
    collectors: '2',
    overlap: false,
    backend: 'webgl',
    renderer: 'SwiftShader',
    browser: 'Chromium 1',
    machine: 'a machine',
    commit: 'abc',
    threshold: 475,
    goal: null,
    steps: 60_000,
    seeds: [
      {
        seed: 1,
        backend: 'wasm',
        simd: 'plain',
        toThreshold: 30_000,
        wallSeconds: 90,
        wallSecondsToThreshold: 45.25,
        curve: curve(480),
        findings: [],
      },
      {
        seed: 2,
        backend: 'wasm',
        simd: 'plain',
        toThreshold: null,
        wallSeconds: 88,
        wallSecondsToThreshold: null,
        curve: curve(300),
        findings: [],
      },
      {
        seed: 3,
        backend: 'wasm',
        simd: 'plain',
        toThreshold: 40_000,
        wallSeconds: 92,
        wallSecondsToThreshold: 60,
        curve: curve(490),
        findings: [],
      },
    ],
  });
  expect(text).toMatch(/^1 +30,000 +45\.3 s +480\.0 +90\.0 s$/m);
  expect(text).toMatch(/^2 +not reached +– +300\.0 +88\.0 s$/m);
  expect(text).toContain(
    '2 of 3 seeds reached 475, those at a median of 35,000 decisions (30,000 to 40,000).',
  );
  expect(text).toContain('median 480.0 (300.0 to 490.0)');
  expect(text).toContain('Renderer: SwiftShader');
});
