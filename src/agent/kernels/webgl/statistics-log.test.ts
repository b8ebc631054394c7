import { expect, it } from 'vitest';
import { statisticsRows } from './statistics-log';

it('takes minibatches from two logs in turn', () => {
  // Three minibatches: entries of 0 and 2 in the even log, of 1 in the odd one; losses first, the others after them.
  const losses = (minibatch: number) => [1, 2, 3, 4].map((i) => 10 * minibatch + i);
  const others = (minibatch: number) => [5, 6, 7, 1].map((i) => 10 * minibatch + i);
  const even = [losses(0), losses(2), others(0), others(2)];
  const odd = [losses(1), others(1)];
  expect(statisticsRows(Float32Array.from([...even, ...odd].flat()), 3)).toEqual(
    [0, 10, 20].map((tens) => ({
      policyLoss: tens + 1,
      valueLoss: tens + 2,
      entropy: tens + 3,
      approximateKl: tens + 4,
      clipFraction: tens + 5,
      gradientNorm: tens + 6,
      ratioDeviation: tens + 7,
    })),
  );
});

it('has no rows where no minibatch was taken', () => {
  expect(statisticsRows(new Float32Array(0), 0)).toEqual([]);
});
