import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Pace } from '../src/agent/pace';
import { SeededRandom } from '../src/random/seeded-random';
import { frameReports$ } from '../src/streams/frame-reports';

const displayIntervalMs = 1000 / 60;
const stepMs = 1;
const minibatches = 300;
const betweenUpdatesMs = 300;

/**
 * Learning beside a page, for so long, on a clock that shows the time in whole steps: frames go to the learner as the
 * page tells of them, and it works and rests by the same clock.
 *
 * @param lateness the chance that a frame is late, by the share of the last 100 ms in which learning worked.
 * @returns the share of its time that learning takes in the end.
 */
function shareAfter(durationMs: number, clockStepMs: number, lateness: (share: number) => number): number {
  const shown = (timeMs: number) =>
    clockStepMs === 0 ? timeMs : Math.floor(timeMs / clockStepMs) * clockStepMs;
  const pace = new Pace('gameFirst');
  const random = SeededRandom.fromSeed(5);
  const frames$ = new Subject<number>();
  const visible$ = new Subject<boolean>();
  frameReports$(frames$, visible$).subscribe((report) => pace.report(report));
  visible$.next(true);
  let nowMs = 1_000_003;
  let nextFrameMs = nowMs;
  const worked: { fromMs: number; toMs: number }[] = [];
  const pass = (passedMs: number, working: boolean) => {
    if (working) worked.push({ fromMs: nowMs, toMs: nowMs + passedMs });
    nowMs += passedMs;
    for (; nextFrameMs <= nowMs; nextFrameMs += displayIntervalMs) {
      frames$.next(shown(nextFrameMs));
      while ((worked[0]?.toMs ?? nowMs) < nextFrameMs - 100) worked.shift();
      const recentMs = worked.reduce(
        (sum, { fromMs, toMs }) =>
          sum + Math.max(0, Math.min(toMs, nextFrameMs) - Math.max(fromMs, nextFrameMs - 100)),
        0,
      );
      if (random.uniform() < lateness(recentMs / 100)) nextFrameMs += displayIntervalMs;
    }
  };
  const endMs = nowMs + durationMs;
  while (nowMs < endMs) {
    pass(betweenUpdatesMs, false);
    pace.updateBegins(shown(nowMs));
    for (let taken = 0; taken < minibatches; taken++) {
      pass(stepMs, true);
      if (!pace.step(shown(nowMs))) continue;
      pass(pace.settled(shown(nowMs)), false);
      pace.resumes(shown(nowMs));
    }
    pace.updateEnds(shown(nowMs));
  }
  return pace.share;
}

describe.each([0, 1, 1000 / 60, 20, 33, 100])('on a clock in steps of %s ms', (clockStepMs) => {
  it('learning takes the whole machine where no frame is late', () => {
    expect(shareAfter(90_000, clockStepMs, () => 0)).toBeGreaterThan(0.95);
  });

  it('learning makes room where it makes frames late', () => {
    expect(shareAfter(60_000, clockStepMs, (share) => (share > 0.2 ? 0.9 : 0))).toBeLessThan(0.4);
  });

  it('learning makes no room where frames are late anyway', () => {
    expect(shareAfter(90_000, clockStepMs, () => 0.3)).toBeGreaterThan(0.7);
  });
});
