import type { Page } from '@playwright/test';
import { expect, open, picture, state, test, untilReady } from './page';

const card = (page: Page, game: string) => page.locator(`.gallery-card[data-game="${game}"]`);
const playing = async (page: Page) => (await state(page)).gallery.playing;
const decisions = async (page: Page) => (await state(page)).status.decisions;
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Games' });

async function openGallery(page: Page): Promise<void> {
  await page.locator('.game-button').click();
  await expect(dialog(page)).toBeVisible();
}

test('each game of the gallery plays in its card, is chosen there and learns on the page', async ({
  page,
}) => {
  test.setTimeout(480_000);
  await open(page);
  const { games } = await state(page);
  expect(games.length).toBeGreaterThan(3);
  for (const { id, about } of games.slice(1)) {
    await openGallery(page);
    await card(page, id).hover();
    await expect.poll(() => playing(page)).toBe(id);
    // One at a time, with its two canvases or somebody's own one.
    expect(await dialog(page).locator('canvas').count()).toBeLessThanOrEqual(2);
    await picture(page, `gallery-${id}`);
    await card(page, id).click();
    await expect(dialog(page)).toHaveCount(0);
    // What is left is kept first, which waits for an update under way.
    await expect.poll(async () => (await state(page)).game, { timeout: 90_000 }).toBe(id);
    await untilReady(page);
    await expect.poll(() => decisions(page)).toBeGreaterThan(0);
    await expect(page.getByRole('button', { name: `Game: ${about.title}. Choose another.` })).toBeVisible();
  }
});

test('the agent learns on behind the gallery, and nothing of that is left once it is closed', async ({
  page,
}) => {
  await open(page);
  await openGallery(page);
  await expect.poll(() => playing(page)).toBe('balance');
  const before = await decisions(page);
  await expect.poll(() => decisions(page)).toBeGreaterThan(before);
  await card(page, 'flap').focus();
  await expect.poll(() => playing(page)).toBe('flap');
  await expect(page.locator('.live-game')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => playing(page)).toBeNull();
  await expect(page.locator('.live-game')).toHaveCount(0);
  // Those of the game on the page.
  await expect(page.locator('canvas:visible').and(page.locator('.game canvas'))).toHaveCount(2);
  expect((await state(page)).game).toBe('balance');
});

test('the game that is on the page is not disturbed by being looked at', async ({ page }) => {
  await open(page, 'game=flap');
  await openGallery(page);
  await card(page, 'swing').focus();
  await expect.poll(() => playing(page)).toBe('swing');
  await card(page, 'flap').focus();
  await expect.poll(() => playing(page)).toBeNull();
  await page.keyboard.press('Escape');
  await expect(page.locator('.game .live-game canvas')).toBeVisible();
  const before = await decisions(page);
  await expect.poll(() => decisions(page)).toBeGreaterThan(before);
});

test.describe('for who asks for less motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('posters stand still', async ({ page }) => {
    await open(page);
    await openGallery(page);
    await card(page, 'swing').hover();
    await expect(card(page, 'swing').locator('.gallery-poster')).toBeVisible();
    await expect(card(page, 'swing').locator('.gallery-poster')).toHaveJSProperty('complete', true);
    // Longer than a card has to be looked at.
    await page.waitForTimeout(1_000);
    expect(await playing(page)).toBeNull();
    await expect(dialog(page).locator('canvas')).toHaveCount(0);
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test('the card that is most in view plays', async ({ page }) => {
    await open(page);
    await openGallery(page);
    await expect.poll(() => playing(page)).toBe('balance');
    await card(page, 'volley').evaluate((each) => each.scrollIntoView({ block: 'center' }));
    await expect.poll(() => playing(page)).toBe('volley');
    await picture(page, 'gallery-phone');
    await card(page, 'volley').tap();
    await expect.poll(async () => (await state(page)).game).toBe('volley');
  });
});
