import { type BuiltPage, buildLivePage } from './build-live-page';
import { elements } from './elements';
import { desktop, phone } from './engine';
import { expect, test } from './suite';

/** A flight that only falls, or only flaps, comes to −0.8 or less. */
const flies = 1;
const patience = { timeout: 80_000, intervals: [250] };

test('Flap is learned on our page, and goes on at its own pace', async ({ visit }) => {
  test.setTimeout(150_000);
  const page = await visit();
  await page.open('game=flap');
  await page.untilVersion(1);
  const ticks = () => page.page.evaluate(() => window.playtrain?.ticks() ?? 0, null);
  const before = await ticks();
  await expect.poll(ticks).toBeGreaterThan(before);
  const meanReturn = async () => (await page.state()).status.meanReturn ?? Number.NEGATIVE_INFINITY;
  await expect.poll(meanReturn, patience).toBeGreaterThan(flies);
  expect(await page.notices()).toEqual([]);
});

test.describe('on a page of its own', () => {
  let built: BuiltPage | null = null;
  test.beforeAll(async () => {
    built = await buildLivePage();
  });
  test.afterAll(() => built?.remove());

  test('Flap is learned, in a twin', async ({ visit }) => {
    test.setTimeout(150_000);
    const page = await visit({ folder: built!.folder });
    await page.page.goTo(page.address);
    const live = () => page.page.evaluate(() => window.livePage ?? null, null);
    const meanReturn = async () => {
      const { told = [], meanReturn: mean = null } = (await live()) ?? {};
      if (told.length > 0) throw new Error(told.join(' '));
      return mean ?? Number.NEGATIVE_INFINITY;
    };
    await expect.poll(meanReturn, patience).toBeGreaterThan(flies);
    expect((await live())?.mode).toBe('twin');
  });
});

test('two policies of a live game play side by side, each in a copy of its own', async ({ visit }) => {
  const page = await visit();
  // Its run is variables of a module.
  await page.open('game=runner');
  await page.untilVersion(1);
  await page.click(elements.tabs.run);
  await page.click(elements.thenAndNow);
  const pair = async () => (await page.state()).thenAndNow;
  await expect.poll(async () => (await pair())?.phase, patience).toBe('playing');
  await expect
    .poll(async () => (await pair())?.sides.every(({ seconds }) => seconds > 0.5), patience)
    .toBe(true);
  await page.picture('then-and-now-runner');
  expect(await page.coloursOf('.beside-sides'), 'colours of both').toBeGreaterThan(30);
  expect((await pair())?.problem).toBeNull();
  expect(await page.errors()).toEqual([]);
});

for (const game of ['flap', 'racer', 'runner', 'duel'] as const) {
  test(`${game} is drawn, and drawn anew for another size`, async ({ visit }) => {
    const page = await visit();
    await page.open(`game=${game}`);
    await page.untilVersion(1);
    for (const [name, size] of Object.entries({ phone, desktop })) {
      await page.page.resize(size);
      await page.frames(20);
      await page.picture(`${game}-${name}`);
      expect(await page.coloursOf('.game-frame'), `colours of ${game}, ${name}`).toBeGreaterThan(30);
    }
  });
}
