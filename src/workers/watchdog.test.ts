import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AwakeTime } from './awake-time';
import { Watchdog } from './watchdog';

const patienceMs = 20_000;

/** A worker that takes as long to answer each question as the test says. */
function watched(answerMs: (question: number) => number) {
  let questions = 0;
  let due: { ms: number; answer: () => void } | null = null;
  const worker = {
    patienceMs,
    stuckTimes: 0,
    ping: () =>
      new Promise<void>((answer) => {
        due = { ms: answerMs(questions++), answer };
      }),
    stuck: () => {
      worker.stuckTimes += 1;
    },
    async works(durationMs: number) {
      if (due === null) return;
      due.ms -= durationMs;
      if (due.ms > 0) return;
      due.answer();
      due = null;
      await Promise.resolve();
      await Promise.resolve();
    },
  };
  return worker;
}

/** Milliseconds that pass between two looks. */
const looks = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 100, maxLength: 300 });

it('misses nobody who answers within their time, however long their steps', async () => {
  await fc.assert(
    fc.asyncProperty(
      looks,
      fc.nat({ max: 300_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (passes, longestStepMs, share) => {
        const worker = watched(() => share * (patienceMs + longestStepMs));
        const watchdog = new Watchdog();
        watchdog.watch(worker);
        watchdog.allow(worker, longestStepMs);
        for (const durationMs of passes) {
          await worker.works(durationMs);
          watchdog.passed(durationMs);
        }
        expect(worker.stuckTimes).toBe(0);
      },
    ),
  );
});

it('misses who stops answering, once, when their time is up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 5 }), fc.nat({ max: 60_000 }), async (lastAnswer, longestStepMs) => {
      const worker = watched((question) => (question < lastAnswer ? 0 : Number.POSITIVE_INFINITY));
      const watchdog = new Watchdog();
      watchdog.watch(worker);
      watchdog.allow(worker, longestStepMs);
      let passedMs = 0;
      for (; passedMs < 200_000 && worker.stuckTimes === 0; passedMs += 1_000) {
        await worker.works(1_000);
        watchdog.passed(1_000);
      }
      const silentFromMs = 2_000 * (lastAnswer + 1);
      expect(passedMs).toBeGreaterThan(silentFromMs + patienceMs + longestStepMs);
      expect(passedMs).toBeLessThan(silentFromMs + patienceMs + longestStepMs + 15_000);
      for (let look = 0; look < 100; look++) watchdog.passed(1_000);
      expect(worker.stuckTimes).toBe(1);
    }),
  );
});

it('misses nobody whom it was told to forget', () => {
  const worker = watched(() => Number.POSITIVE_INFINITY);
  const watchdog = new Watchdog();
  watchdog.watch(worker);
  watchdog.passed(10_000);
  watchdog.forget(worker);
  watchdog.passed(1_000_000);
  expect(worker.stuckTimes).toBe(0);
});

it('counts no time in which the machine slept', () => {
  const awake = new AwakeTime();
  expect(awake.look(5_000)).toBe(0);
  expect(awake.look(6_000)).toBe(1_000);
  expect(awake.look(6_000 + 8 * 3_600_000)).toBe(2_000);
  expect(awake.look(7_000 + 8 * 3_600_000)).toBe(1_000);
});
