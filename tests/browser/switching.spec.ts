import type { CDPSession, Page } from '@playwright/test';
import { expect, open, state, test, untilReady } from './page';

test.setTimeout(240_000);

const rounds = 3;

/** Listeners of the page that are still alive, after a thorough collection. */
async function listeners(session: CDPSession, page: Page): Promise<number> {
  for (let i = 0; i < 2; i++) {
    await session.send('HeapProfiler.collectGarbage');
    await page.waitForTimeout(200);
  }
  const { metrics } = await session.send('Performance.getMetrics');
  const found = metrics.find(({ name }) => name === 'JSEventListeners');
  if (found === undefined) throw new Error('The browser does not count listeners.');
  return found.value;
}

test('switching between games leaves no listeners, workers or canvases behind', async ({ page }) => {
  await open(page, 'game=balance');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  const round = async () => {
    for (const game of ['swing', 'volley', 'balance']) {
      await page.evaluate((to) => {
        location.hash = `game=${to}`;
      }, game);
      await expect.poll(async () => (await state(page)).game).toBe(game);
      await untilReady(page);
    }
    await expect.poll(() => page.workers().length).toBe(2);
    await expect(page.locator('.game canvas')).toHaveCount(2);
    return listeners(session, page);
  };
  // What is made once a page is there after every game was.
  await round();
  const first = await round();
  let last = first;
  for (let i = 0; i < rounds; i++) last = await round();
  // A leak of one a switch would be nine; panels that were drawn or not differ by a few.
  expect(last - first).toBeLessThan(3 * rounds);
});
