import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, open, picture, state, test, untilVersion } from './page';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Then and now' });
const pair = async (page: Page) => {
  const { thenAndNow } = await state(page);
  if (thenAndNow === null) throw new Error('Nothing is shown side by side.');
  return thenAndNow;
};
const phase = async (page: Page) => (await pair(page)).phase;
const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);

/** Opens it by its key, and waits until both are seen. */
async function openPair(page: Page): Promise<void> {
  await page.keyboard.press('n');
  await expect(dialog(page)).toBeVisible();
  await expect.poll(() => phase(page), { timeout: 90_000 }).toBe('playing');
}

/** Both pictures as they are on the screen. */
function pictures(page: Page): Promise<Buffer[]> {
  return Promise.all([0, 1].map((side) => page.locator('.beside-picture').nth(side).screenshot()));
}

for (const [game, tag] of [
  ['balance', []],
  ['flap', []],
  ['runner', []],
  ['swing', ['@long']],
  ['volley', ['@long']],
  ['racer', ['@long']],
  ['duel', ['@long']],
] as const) {
  test(`the first policy of ${game} and the one in training play side by side from one seed, while it learns on`, {
    tag: [...tag],
  }, async ({ page }) => {
    test.setTimeout(300_000);
    await open(page, `game=${game}`);
    await untilVersion(page, 1, 120_000);
    await openPair(page);
    const begun = await pair(page);
    expect(begun.sides.map(({ label }) => label)).toEqual(['Then: before it learned', 'Now: in training']);
    expect(begun.sides[0].version).toBe(0);
    expect(begun.problem).toBeNull();
    const captions = page.locator('.beside-side figcaption');
    await expect(captions.first()).toContainText('Then: before it learned');
    await expect(captions.last()).toContainText('Now: in training');
    // Both move; one whose round is over waits for the other, which may take as long as a round.
    const before = await pictures(page);
    await expect
      .poll(async () => (await pictures(page)).map((now, side) => !now.equals(before[side]!)), {
        timeout: 90_000,
      })
      .toEqual([true, true]);
    const { decisions, policyVersion } = (await state(page)).status;
    await expect.poll(async () => (await state(page)).status.decisions).toBeGreaterThan(decisions);
    // What is in training is followed.
    await expect
      .poll(async () => (await pair(page)).sides[1].version ?? 0, { timeout: 120_000 })
      .toBeGreaterThan(policyVersion);
    expect((await pair(page)).sides[0].version).toBe(0);
    await picture(page, `then-and-now-${game}`);
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Another seed' }).click();
    await expect.poll(async () => (await pair(page)).seed).not.toBe(begun.seed);
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    await expect.poll(async () => (await state(page)).thenAndNow).toBeNull();
    await expect(page.locator('iframe')).toHaveCount(0);
    const after = (await state(page)).status.decisions;
    await expect.poll(async () => (await state(page)).status.decisions).toBeGreaterThan(after);
  });
}

test('one policy on both sides comes to the same, by the keyboard alone', async ({ page }) => {
  await open(page, 'game=balance');
  await untilVersion(page, 4, 120_000);
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByRole('button', { name: 'Then and now' }).press('Enter');
  await expect.poll(() => phase(page), { timeout: 60_000 }).toBe('playing');
  const second = page.getByRole('combobox', { name: 'Who plays in the second picture' });
  await second.focus();
  await second.selectOption('at-0');
  await expect
    .poll(async () => (await pair(page)).sides.map(({ choice }) => choice))
    .toEqual(['at-0', 'at-0']);
  await expect
    .poll(async () => (await pair(page)).sides.map(({ results }) => results.length))
    .toEqual([2, 2]);
  const { sides } = await pair(page);
  expect(sides[0].results).toEqual(sides[1].results);
  const seed = dialog(page).getByRole('textbox', { name: 'Seed', exact: true });
  await seed.fill('77');
  await seed.press('Enter');
  await expect.poll(async () => (await pair(page)).seed).toBe(77);
  await page.getByRole('button', { name: 'Pause both' }).press('Enter');
  await expect.poll(async () => (await pair(page)).isRunning).toBe(false);
  const { seconds } = (await pair(page)).sides[0];
  await page.waitForTimeout(500);
  expect((await pair(page)).sides[0].seconds).toBe(seconds);
  // What is no policy of this game is refused where it is seen, and who plays plays on.
  await page.getByLabel('A policy from a file, to play in the first picture').setInputFiles({
    name: 'letter.play',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('Dear policy'),
  });
  await expect(dialog(page).getByRole('alert')).toContainText('no policy to play by');
  expect((await pair(page)).sides[0].choice).toBe('at-0');
});

test('a policy that ships plays beside the first one', async ({ page }) => {
  await open(page, 'game=balance');
  await untilVersion(page, 1, 120_000);
  await openPair(page);
  await page.getByRole('combobox', { name: 'Who plays in the second picture' }).selectOption('card');
  await expect
    .poll(async () => {
      const { sides } = await pair(page);
      return sides[0].isOver && sides[1].score > 2 * sides[0].score;
    })
    .toBe(true);
});

for (const [colorScheme, tag] of [
  ['light', []],
  ['dark', ['@long']],
] as const) {
  test(`on a phone, ${colorScheme}, the pictures lie one below the other, both in sight`, {
    tag: [...tag],
  }, async ({ browser, baseURL }) => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      colorScheme,
      ...(baseURL !== undefined && { baseURL }),
      hasTouch: true,
    });
    const page = await context.newPage();
    await open(page, 'game=flap');
    await untilVersion(page, 1, 120_000);
    await openPair(page);
    await picture(page, `then-and-now-phone-${colorScheme}`);
    const [first, second] = await page
      .locator('.beside-picture')
      .evaluateAll((places) => places.map((place) => place.getBoundingClientRect()));
    expect(second!.top).toBeGreaterThan(first!.bottom);
    expect(second!.bottom).toBeLessThanOrEqual(844);
    expect(await violations(page)).toEqual([]);
    const overflow = await dialog(page).evaluate((shown) => shown.scrollWidth - shown.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await context.close();
  });
}

test.describe('views that do not come', () => {
  test.use({ expectedErrors: [/ERR_FAILED/] });

  for (const [name, chunk, ask, shown] of [
    [
      'policies side by side',
      /\/assets\/then-and-now-dialog.*\.js$/,
      (page: Page) => page.keyboard.press('n'),
      (page: Page) => dialog(page),
    ],
    [
      'a comparison',
      /\/assets\/compare-panel.*\.js$/,
      async (page: Page) => {
        await page.getByRole('tab', { name: 'Run' }).click();
        await page.locator('.compare summary').click();
      },
      (page: Page) => page.locator('.compare').getByRole('button', { name: 'Train and compare' }),
    ],
  ] as const) {
    test(`are told of, and come when they are asked for once more: ${name}`, async ({ page }) => {
      await page.route(chunk, (route) => route.abort());
      await open(page, 'game=balance');
      await untilVersion(page, 1, 120_000);
      await ask(page);
      await expect(page.locator('.notice')).toContainText('could not be fetched');
      await expect(
        page.locator('.notice').getByRole('button', { name: 'Reload', exact: true }),
      ).toBeVisible();
      expect((await state(page)).thenAndNow).toBeNull();
      await page.unroute(chunk);
      await ask(page);
      await expect(shown(page)).toBeVisible();
    });
  }
});
