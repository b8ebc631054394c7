import { ResourceWatch } from '../../bench/page-resources';
import { expect, open, state, test, untilReady } from './page';

test.setTimeout(240_000);

const rounds = 3;
const games = ['swing', 'volley', 'balance'];
/** A game that stays holds more than a megabyte, its scene some twenty nodes; points of charts are a few kilobytes. */
const mostMBASwitch = 0.3;
/** Panels that were drawn or not differ by a few listeners, and by some nodes. */
const mostListeners = games.length * rounds;
const mostNodesASwitch = 20;

// `npm run bench -- switches` goes on a hundred times.
test('switching between games leaves nothing behind', async ({ page }) => {
  await open(page, 'game=balance');
  const watch = await ResourceWatch.of(page);
  const round = async () => {
    for (const game of games) {
      await page.evaluate((to) => {
        location.hash = `game=${to}`;
      }, game);
      await expect.poll(async () => (await state(page)).game).toBe(game);
      await untilReady(page);
    }
    await expect.poll(() => page.workers().length).toBe(2);
    await expect(page.locator('.game canvas')).toHaveCount(2);
  };
  // What is made once a page is there after every game was shown twice.
  for (let i = 0; i < 2; i++) await round();
  const first = await watch.measure();
  for (let i = 0; i < rounds; i++) await round();
  const last = await watch.measure();
  const switches = rounds * games.length;
  expect(last.heapMB - first.heapMB, `${first.heapMB} MB before`).toBeLessThan(mostMBASwitch * switches);
  expect(last.nodes - first.nodes, `${first.nodes} nodes before`).toBeLessThan(mostNodesASwitch * switches);
  expect(last.listeners - first.listeners, `${first.listeners} before`).toBeLessThan(mostListeners);
});
