import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Pacer } from './pacer';

/** Steps over `seconds` of a display of `hertz`, whose frames are early or late by `jitterMs`. */
function stepsOver(seconds: number, hertz: number, jitterMs: (frame: number) => number): number {
  const pacer = new Pacer();
  pacer.stepsDue(0);
  let steps = 0;
  for (let frame = 1; frame <= seconds * hertz; frame++) {
    steps += pacer.stepsDue((1000 * frame) / hertz + jitterMs(frame));
  }
  return steps;
}

it('takes sixty steps a second on any display', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 24, max: 240 }),
      fc.double({ min: 0, max: 0.4, noNaN: true }),
      (hertz, share) => {
        const jitterMs = (share * 1_000) / hertz;
        const steps = stepsOver(10, hertz, (frame) => Math.sin(frame) * jitterMs);
        expect(Math.abs(steps - 600)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

it('takes one step a frame where the display has sixty, though its frames are up to half a millisecond off', () => {
  const pacer = new Pacer();
  pacer.stepsDue(0);
  for (let frame = 1; frame <= 600; frame++) {
    const offMs = frame % 2 === 0 ? 0.5 : -0.5;
    expect(pacer.stepsDue((1000 * frame) / 60 + offMs)).toBe(1);
  }
});

it('does not race after a pause', () => {
  const pacer = new Pacer();
  pacer.stepsDue(0);
  expect(pacer.stepsDue(60_000)).toBe(6);
  expect(pacer.stepsDue(60_000 + 17)).toBe(1);
});
