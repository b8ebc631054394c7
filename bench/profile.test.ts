import { expect, it } from 'vitest';
import { profileReport, quickest } from './profile';
import { profileStep, wholeStep } from './profile-run';

it('times every kernel of a step, and the step', () => {
  const parts = profileStep({ minibatch: 8, simd: 'plain' }, () => performance.now(), 1);
  expect(parts.at(-1)?.part).toBe(wholeStep);
  expect(new Set(parts.map(({ part }) => part)).size).toBe(parts.length);
  expect(parts.map(({ part }) => part)).toEqual(
    expect.arrayContaining(['tanh', 'products, forward', 'Adam']),
  );
  for (const { microseconds } of parts) expect(microseconds).toBeGreaterThan(0);
});

it('keeps of each part the least that it took', () => {
  const parts = (tanh: number, adam: number) => [
    { part: 'tanh', microseconds: tanh },
    { part: 'Adam', microseconds: adam },
  ];
  expect(quickest([parts(3, 1), parts(2, 4)])).toEqual(parts(2, 1));
});

it('says what share of a step each part is, and what is left', () => {
  const parts = [
    { part: 'tanh', microseconds: 20 },
    { part: 'Adam', microseconds: 5 },
    { part: wholeStep, microseconds: 40 },
  ];
  const { fields, table } = profileReport([{ simd: 'fma', minibatch: 64, parts }]);
  expect(fields['rows']).toEqual([
    {
      simd: 'fma',
      minibatch: 64,
      parts: [
        { part: 'tanh', microseconds: 20, share: 0.5 },
        { part: 'Adam', microseconds: 5, share: 0.125 },
        { part: 'the rest', microseconds: 15, share: 0.375 },
        { part: wholeStep, microseconds: 40, share: 1 },
      ],
    },
  ]);
  expect(table).toMatch(/^tanh +20\.0 \(50 %\)$/m);
});
