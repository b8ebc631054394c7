import { ResourceWatch } from '../../bench/page-resources';
import { expect, open, state, test, untilReady } from './page';

test.setTimeout(240_000);

const rounds = 3;
const games = ['swing', 'volley', 'balance'];
const switches = rounds * games.length;
/** A game that stays holds more than a megabyte, its scene some twenty nodes; points of charts are a few kilobytes. */
const mostMBASwitch = 0.3;
const mostNodesASwitch = 20;

// `npm run bench -- switches` goes on a hundred times.
test('switching between games leaves no memory, nodes, listeners, workers or canvases behind', async ({
  page,
}) => {
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
    return watch.measure();
  };
  // What is made once a page is there after every game was.
  await round();
  const first = await round();
  let last = first;
  for (let i = 0; i < rounds; i++) last = await round();
  const gained = `from ${JSON.stringify(first)} to ${JSON.stringify(last)}`;
  expect(last.heapMB - first.heapMB, gained).toBeLessThan(mostMBASwitch * switches);
  expect(last.nodes - first.nodes, gained).toBeLessThan(mostNodesASwitch * switches);
  // A leak of one a switch would be nine; panels that were drawn or not differ by a few.
  expect(last.listeners - first.listeners, gained).toBeLessThan(switches);
});
