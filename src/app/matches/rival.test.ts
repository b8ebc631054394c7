import { expect, it } from 'vitest';
import { Rival, rivalMs } from './rival';

/** A rival's training with a clock by hand, and what it did. */
function setUp() {
  let nowMs = 0;
  const run = { isLearning: true, hurries: false, met: 0 };
  const rival = new Rival({
    nowMs: () => nowMs,
    isLearning: () => run.isLearning,
    hurry: () => {
      run.hurries = true;
      return () => {
        run.hurries = false;
      };
    },
    meet: () => run.met++,
    changed: () => {},
  });
  const pass = (durationMs: number) => {
    for (const endMs = nowMs + durationMs; nowMs < endMs; ) {
      nowMs += 250;
      rival.beat();
    }
  };
  const sleep = (durationMs: number) => {
    nowMs += durationMs;
    rival.beat();
  };
  return { rival, run, pass, sleep };
}

it('learns in a hurry for two minutes of learning, then meets the person once, at the pace of before', () => {
  const { rival, run, pass, sleep } = setUp();
  rival.train();
  rival.train();
  expect(run.hurries).toBe(true);
  pass(rivalMs / 2);
  // Paused, nobody learns, and neither does a page that sleeps.
  run.isLearning = false;
  pass(rivalMs);
  run.isLearning = true;
  sleep(10 * rivalMs);
  expect(rival.leftMs).toBeGreaterThan(rivalMs / 3);
  expect(run.met).toBe(0);
  pass(rivalMs);
  expect(run).toEqual({ isLearning: true, hurries: false, met: 1 });
  expect(rival.leftMs).toBeNull();
});

it('can be cut short, or done without', () => {
  const { rival, run, pass } = setUp();
  rival.train();
  pass(1_000);
  rival.meet();
  expect(run).toMatchObject({ hurries: false, met: 1 });
  rival.train();
  rival.leave();
  rival.meet();
  pass(2 * rivalMs);
  expect(run).toMatchObject({ hurries: false, met: 1 });
});
