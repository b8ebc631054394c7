import type { Page } from 'playwright';
import type { BackendChoice } from '../src/contract';
import type { Speed } from '../src/ui/page-state';
import { setLearning, setSpeed, withAppPage } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { interleave, median } from './measure';
import { table } from './table';

const speeds: readonly Speed[] = ['1', '16', 'max'];
const rounds = 3;
const segmentMs = 6_000;

/**
 * Decisions a second of the built app with 16 arenas, drawing all the while: with learning, where the game eases off
 * once the learner is behind, and without.
 */
export function throughput(choice: BackendChoice): Promise<BenchmarkResult> {
  return withAppPage(choice, async ({ page, browser, renderer, backend }) => {
    const subjects = speeds.flatMap((speed) => [
      { speed, learning: true },
      { speed, learning: false },
    ]);
    const samples = await interleave(subjects, rounds, async ({ speed, learning }) => {
      await setLearning(page, learning);
      await setSpeed(page, speed);
      return decisionsPerSecond(page);
    });
    const middle = (speed: Speed, learning: boolean) => {
      const index = subjects.findIndex((each) => each.speed === speed && each.learning === learning);
      return median(samples[index] ?? []);
    };
    const rows = speeds.map((speed) => ({
      speed,
      decisionsPerSecond: middle(speed, true),
      withoutLearning: middle(speed, false),
    }));
    const cells = rows.map((row) => [
      row.speed === 'max' ? 'as fast as it goes' : `${row.speed}×`,
      row.decisionsPerSecond.toFixed(0),
      row.withoutLearning.toFixed(0),
    ]);
    return {
      fields: { backend, rows, rounds, seconds: segmentMs / 1000 },
      table: `Updates on ${backend}.\n${table([['speed', 'decisions/s, learning', 'decisions/s, not learning'], ...cells])}`,
      browser,
      renderer,
    };
  });
}

async function decisionsPerSecond(page: Page): Promise<number> {
  const { ticks, seconds, decisionsPerTick } = await page.evaluate(async (durationMs) => {
    const probe = window.playtrain;
    if (probe === undefined) throw new Error('The page has no probe.');
    const { arenas, decisionIntervalTicks } = probe.state().hyperparameters;
    const startTicks = probe.ticks();
    const startMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, durationMs));
    return {
      ticks: probe.ticks() - startTicks,
      seconds: (performance.now() - startMs) / 1000,
      decisionsPerTick: arenas / decisionIntervalTicks,
    };
  }, segmentMs);
  if (ticks === 0) throw new Error('The game did not tick while it was measured.');
  return (ticks * decisionsPerTick) / seconds;
}
