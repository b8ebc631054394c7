import { expect, it } from 'vitest';
import { comparison, peersReport, relativeDistance, tunedRows } from './peers';

it('a ratio says how many times as long the peer takes, by medians', () => {
  const compared = comparison([1, 2, 4], [10, 6, 4]);
  expect(compared).toEqual({ ratio: 3, ratioQuartiles: [2, 6.5], oursMs: 2, peerMs: 6 });
});

it('reports rows with ratios first', () => {
  const row = { ...comparison([0.5], [2]), job: 'a job', minibatch: 64, ours: 'ours', peer: 'theirs' };
  const { fields, table } = peersReport([row]);
  expect(fields['rows']).toEqual([row]);
  expect(table).toMatch(/^4\.00× +4\.00 to 4\.00 +64 +0\.500 +2\.000 +theirs$/m);
});

it('takes for tuned, at each size, whichever form of jax-js is quickest', () => {
  const row = (peer: string, minibatch: number, peerMs: number) => ({
    ...comparison([1], [peerMs]),
    job: 'a job',
    minibatch,
    ours: 'ours',
    peer,
  });
  const rows = [
    row('jax-js, documented', 64, 4),
    row('jax-js, documented', 256, 5),
    row('jax-js, by hand', 64, 2),
    row('jax-js, by hand', 256, 6),
    row('tfjs', 64, 1),
  ];
  expect(tunedRows(rows).map(({ minibatch, ratio, peer }) => [minibatch, ratio, peer])).toEqual([
    [64, 2, 'jax-js tuned: jax-js, by hand'],
    [256, 5, 'jax-js tuned: jax-js, documented'],
  ]);
});

it('a gradient that is off, too short or no number is not taken for the same', () => {
  expect(relativeDistance([1, -2], [1, -2])).toBe(0);
  expect(relativeDistance([1, -2], [1.5, -2])).toBe(0.25);
  expect(relativeDistance([1, -2], [1])).toBeNaN();
  expect(relativeDistance([1, -2], [Number.NaN, -2])).toBeNaN();
});
