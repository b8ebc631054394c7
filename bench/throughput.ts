import type { Page } from 'playwright';
import type { BackendChoice, Speed } from '../src/contract';
import { setLearning, setSpeed, withAppPage } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { interleave, median } from './measure';
import { table } from './table';

const speeds: readonly Speed[] = ['1', '16', 'max'];
const rounds = 3;
const segmentMs = 6_000;

/** The work that throughput is measured on. */
export const workSettings = 'arenas=16&rolloutLength=128&minibatchSize=256&epochs=4&hiddenSizes=64,64';

/**
 * Decisions a second of the built app, drawing all the while: with learning those that were recorded to be learned
 * from, wherever they were gathered, and without those that were acted in the game.
 */
export function throughput(choice: BackendChoice): Promise<BenchmarkResult> {
  return withAppPage(
    choice,
    async ({ page, browser, renderer, backend, simd }) => {
      const subjects = speeds.flatMap((speed) => [
        { speed, learning: true },
        { speed, learning: false },
      ]);
      const samples = await interleave(subjects, rounds, async ({ speed, learning }) => {
        await setLearning(page, learning);
        await setSpeed(page, speed);
        return learning ? recordedPerSecond(page) : actedPerSecond(page);
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
        fields: { backend, simd, settings: workSettings, rows, rounds, seconds: segmentMs / 1000 },
        table: `Updates on ${backend}; ${workSettings}.\n${table([['speed', 'decisions/s, learning', 'decisions/s, not learning'], ...cells])}`,
        browser,
        renderer,
      };
    },
    workSettings,
  );
}

async function actedPerSecond(page: Page): Promise<number> {
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

/** From one change of the page's count to another, so that the count's own beat does not matter. */
export async function recordedPerSecond(page: Page): Promise<number> {
  return page.evaluate(async (durationMs) => {
    const count = () => window.playtrain?.state().status.decisions ?? 0;
    const nextChange = async () => {
      const before = count();
      const givenUpMs = performance.now() + 30_000;
      while (count() === before) {
        if (performance.now() > givenUpMs) throw new Error('No decision was recorded for half a minute.');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return { decisions: count(), ms: performance.now() };
    };
    const first = await nextChange();
    await new Promise((resolve) => setTimeout(resolve, durationMs));
    const last = await nextChange();
    return (1000 * (last.decisions - first.decisions)) / (last.ms - first.ms);
  }, segmentMs);
}
