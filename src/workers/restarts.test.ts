import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Restarts } from './restarts';

const minuteMs = 60_000;

it('lets workers that learn be lost four times a minute, for ever', () => {
  const restarts = new Restarts();
  for (let loss = 0; loss < 1_000; loss++) {
    expect(restarts.lost(loss * 15_001)).toBe(true);
    restarts.updated();
  }
});

it('gives up on the fifth loss within a minute, even of workers that learn', () => {
  const restarts = new Restarts();
  const answers = [0, 1, 2, 3, 4].map((second) => {
    restarts.updated();
    return restarts.lost(second * 1_000);
  });
  expect(answers).toEqual([true, true, true, true, false]);
});

it('gives up on the fifth loss without an update between, however far apart they are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 59 }), { minLength: 5, maxLength: 20 }),
      (minutesApart) => {
        const restarts = new Restarts();
        let nowMs = 0;
        const answers = minutesApart.map((minutes) => {
          nowMs += minutes * minuteMs;
          return restarts.lost(nowMs);
        });
        expect(answers.indexOf(false)).toBe(4);
      },
    ),
  );
});

it('holds a loss of hours ago against nobody', () => {
  const restarts = new Restarts();
  for (let loss = 0; loss < 20; loss++) expect(restarts.lost(loss * 61 * minuteMs)).toBe(true);
});
