import type { Page } from '@playwright/test';
import { expect, open, picture, state, test, ticks, untilVersion } from './page';

const decisions = async (page: Page) => (await state(page)).status.decisions;
const front = async (page: Page) => (await state(page)).front;

test('somebody’s own game learns on the page, is handed over and back, and is there again after another', async ({
  page,
}) => {
  await open(page, 'game=flap');
  await untilVersion(page, 1);
  const canvas = page.locator('.live-game canvas');
  await expect(canvas).toBeVisible();
  const before = await ticks(page);
  await expect.poll(() => ticks(page)).toBeGreaterThan(before);
  // It goes at its own pace; what is learned from is gathered where nobody sees it.
  await expect(page.locator('.speeds')).toHaveCount(0);
  await picture(page, 'live-flap');

  await page.keyboard.press('t');
  await expect(page.getByRole('button', { name: 'Hand back' })).toBeVisible();
  const learned = await decisions(page);
  await expect.poll(() => decisions(page)).toBeGreaterThan(learned);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Take over' })).toBeVisible();

  await page.getByRole('button', { name: 'Pause' }).click();
  const standing = await ticks(page);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => ticks(page)).toBe(standing + 1);

  const run = await front(page);
  await page.evaluate(() => {
    window.location.hash = 'game=balance';
  });
  await expect.poll(async () => (await state(page)).game).toBe('balance');
  await expect(canvas).toBeHidden();
  await page.evaluate((id) => {
    window.location.hash = `game=flap&run=${id}`;
  }, run);
  await expect.poll(() => front(page)).toBe(run);
  await expect(canvas).toBeVisible();
  expect((await state(page)).status.policyVersion).toBeGreaterThan(0);
});
