import type { Page } from 'playwright';
import type { BackendChoice } from '../src/contract';
import { setSpeed, withAppPage } from './app-page';
import type { BenchmarkResult } from './benchmark';
import { segment } from './frames';
import { interleave, median, quantile } from './measure';
import { table } from './table';
import { recordedPerSecond } from './throughput';

/** Steps of the update that is looked at. */
const steps = 2_048;
const settings = `rolloutLength=${steps}&arenas=4&minibatchSize=256&epochs=2&speed=max`;
const rounds = 4;
const drags = 200;
const settleMs = 700;
const frameSegmentMs = 5_000;
/** In which nothing of the inspector is out of sight. */
const tallPx = 2_200;

/**
 * What the inspector costs: a drag of λ to its redraw, over all steps of an update; and decisions a second and frame
 * intervals with it closed, where charts are in front, and open, the same page, by turns.
 */
export function inspector(choice: BackendChoice): Promise<BenchmarkResult> {
  return withAppPage(
    choice,
    async ({ page, browser, renderer, backend }) => {
      await look(page);
      const dragsMs = await dragged(page);
      const wholeDragsMs = await inTallWindow(page, () => dragged(page));
      const [closedFrames, openFrames] = await interleave([false, true], rounds, (isOpen) =>
        used(page, isOpen, async () => quantile((await segment(page, frameSegmentMs)).intervalsMs, 0.99)),
      );
      await setSpeed(page, 'max');
      const [closedRates, openRates] = await interleave([false, true], rounds, (isOpen) =>
        used(page, isOpen, () => recordedPerSecond(page)),
      );
      const dragP95Ms = quantile(dragsMs, 0.95);
      const decisionsPerSecond = { closed: median(closedRates ?? []), open: median(openRates ?? []) };
      const p99Ms = { closed: median(closedFrames ?? []), open: median(openFrames ?? []) };
      const cells = (['closed', 'open'] as const).map((state) => [
        state,
        decisionsPerSecond[state].toFixed(0),
        p99Ms[state].toFixed(1),
      ]);
      const told = (takenMs: readonly number[]) => {
        const [p50, p95, most] = [0.5, 0.95, 1].map((share) => quantile(takenMs, share).toFixed(1));
        return `p50 ${p50} ms, p95 ${p95} ms, most ${most} ms`;
      };
      return {
        fields: {
          rows: steps,
          dragP95Ms,
          decisionsPerSecond,
          p99Ms,
          dragP50Ms: quantile(dragsMs, 0.5),
          allInSight: { dragP50Ms: quantile(wholeDragsMs, 0.5), dragP95Ms: quantile(wholeDragsMs, 0.95) },
          samples: { decisionsPerSecond: { closedRates, openRates }, p99Ms: { closedFrames, openFrames } },
          backend,
          settings,
        },
        table: `${drags} moves of λ over ${steps} steps, to their redraw: ${told(dragsMs)}; in a window of ${tallPx} px, which shows all of the inspector: ${told(wholeDragsMs)}.\n${table([['inspector', 'decisions/s', 'frame p99 ms'], ...cells])}`,
        browser,
        renderer,
      };
    },
    settings,
  );
}

const openInspector = (page: Page) => page.getByRole('tab', { name: 'Inspector' }).click();

async function look(page: Page): Promise<void> {
  await openInspector(page);
  await page.getByRole('button', { name: 'Look at the next update' }).click();
  const isThere = (count: number) => {
    const captured = window.playtrain?.state().inspector.captured ?? null;
    return captured?.shape.steps === count;
  };
  await page.waitForFunction(isThere, steps);
  await setSpeed(page, '1');
}

/** Measures with the inspector or the charts in front, once what the change began is over. */
async function used(page: Page, isOpen: boolean, measure: () => Promise<number>): Promise<number> {
  if (isOpen) await openInspector(page);
  else await page.getByRole('tab').first().click();
  await page.waitForTimeout(settleMs);
  return measure();
}

async function inTallWindow<Result>(page: Page, measure: () => Promise<Result>): Promise<Result> {
  const usual = page.viewportSize();
  if (usual === null) throw new Error('The page has no size to come back to.');
  await page.setViewportSize({ ...usual, height: tallPx });
  await page.waitForTimeout(settleMs);
  const result = await measure();
  await page.setViewportSize(usual);
  await page.waitForTimeout(settleMs);
  return result;
}

/**
 * From λ’s change, as an input event at the beginning of a frame, until the frame is laid out and painted: the page’s
 * own thread, whatever else it does in that frame; not what is drawn beyond it, nor the wait for the display. What is
 * out of sight is not part of it: it follows when the moves end.
 */
function dragged(page: Page): Promise<number[]> {
  return page.evaluate(async (count) => {
    const slider = document.querySelector<HTMLInputElement>('.inspector .what-if input');
    if (slider === null) throw new Error('The inspector has no λ.');
    const painted = () =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      });
    const takenMs: number[] = [];
    for (let move = 0; move < count; move++) {
      await new Promise(requestAnimationFrame);
      const beganMs = performance.now();
      slider.value = String(((move * 37) % 200) / 200);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await painted();
      takenMs.push(performance.now() - beganMs);
    }
    return takenMs;
  }, drags);
}
