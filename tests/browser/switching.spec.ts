import { expect, open, state, test, untilReady } from './page';
import { ResourceWatch } from './resources';

test.setTimeout(240_000);

const rounds = 3;

test('switching between games leaves no listeners, workers or canvases behind', async ({ page }) => {
  await open(page, 'game=balance');
  const watch = await ResourceWatch.of(page);
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
    return (await watch.measure()).listeners;
  };
  // What is made once a page is there after every game was.
  await round();
  const first = await round();
  let last = first;
  for (let i = 0; i < rounds; i++) last = await round();
  // A leak of one a switch would be nine; panels that were drawn or not differ by a few.
  expect(last - first).toBeLessThan(3 * rounds);
});
