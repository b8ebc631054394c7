import type { Page } from '@playwright/test';
import { ResourceWatch } from '../../bench/page-resources';
import { type SoakSample, soakRow } from '../../bench/soak-watch';
import { expect, open, state, test } from './page';

test.setTimeout(240_000);

/** Updates from one look at what the page holds to the other: some seconds, as fast as it goes. */
const updates = 400;
/** The charts' points of so many updates, and what the browser keeps beside them. */
const mostGrowthMB = 4;

async function sample(page: Page): Promise<SoakSample & { readonly version: number }> {
  const { value, version } = await page.evaluate(() => {
    const point = window.playtrain?.newestPoint();
    return { value: point?.values['meanReturn'] ?? null, version: point?.version ?? 0 };
  });
  const ids = (await state(page)).notices.map(({ id }) => id);
  return {
    atMs: Date.now(),
    value,
    version,
    told: ids.includes('collapse'),
    wentBack: ids.includes('went-back'),
  };
}

// `npm run bench -- soak` is the long one.
test('what was learned stays learned, and nothing piles up, as fast as it goes', async ({ page }) => {
  await open(page, 'game=balance&speed=max');
  await page.getByRole('tab', { name: 'Run', exact: true }).click();
  await page.getByRole('switch', { name: 'Go back to it without asking' }).check();
  const samples: SoakSample[] = [];
  const until = async (isReached: (each: Awaited<ReturnType<typeof sample>>) => boolean) => {
    for (;;) {
      const each = await sample(page);
      samples.push(each);
      if (isReached(each)) return each.version;
      await page.waitForTimeout(200);
    }
  };
  const reached = await until(({ value }) => value !== null && value >= 475);
  const watch = await ResourceWatch.of(page);
  // What is made once is made by then.
  const begin = await until(({ version }) => version >= reached + updates);
  const first = await watch.measure();
  await until(({ version }) => version >= begin + updates);
  const last = await watch.measure();
  const { best, secondsBelow90Percent } = soakRow(samples, 475);
  expect(best).toBe(500);
  expect(secondsBelow90Percent).toBeLessThan(60);
  expect(last.gpuBytes).toBe(first.gpuBytes);
  expect(Math.abs(last.listeners - first.listeners)).toBeLessThan(5);
  expect(last.heapMB - first.heapMB).toBeLessThan(mostGrowthMB);
});
