import type { Page, Route } from '@playwright/test';
import { expect, picture, state, test, untilReady, untilVersion } from './page';

/** Keeps what a pattern names from coming until it is let go, as the slowest of networks does. */
async function held(page: Page, pattern: RegExp): Promise<() => Promise<void>> {
  const waiting: Route[] = [];
  let isHeld = true;
  await page.route(pattern, (route) => (isHeld ? void waiting.push(route) : route.continue()));
  return async () => {
    isHeld = false;
    for (const route of waiting) await route.continue();
  };
}

test('something moves at once, and what is still to come is told part by part', async ({ page }) => {
  const letPageGo = await held(page, /\/assets\/index-.*\.(js|css)$/);
  const letEngineGo = await held(page, /\/assets\/phaser-.*\.js$/);
  const letAgentGo = await held(page, /\.worker-.*\.js$/);
  const card = page.locator('.game-view > .loading');
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  const learning = page.getByRole('switch', { name: 'learning' });

  // The load event waits for what is held.
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.locator('.loading-picture')).toBeVisible();
  await expect(page.getByText(/Playtrain is loading: the page \(\d\.\d MB\)/)).toBeVisible();
  const swaying = () => page.locator('.loading-pole').evaluate((pole) => getComputedStyle(pole).transform);
  const before = await swaying();
  await expect.poll(swaying).not.toBe(before);
  await picture(page, 'opening-1-page');

  await letPageGo();
  await expect(card).toBeVisible();
  await expect(card).toContainText(/Game engine\s*\d[\d.]* [kM]B/);
  for (const name of ['Game engine', 'Agent']) {
    const share = () =>
      card.getByRole('progressbar', { name }).evaluate((bar: HTMLProgressElement) => bar.value);
    const early = await share();
    await expect.poll(share).toBeGreaterThan(early);
    expect(await share()).toBeLessThan(1);
  }
  // What cannot act yet does not look as if it could.
  await expect(pause).toBeDisabled();
  await expect(learning).toBeDisabled();
  await picture(page, 'opening-2-parts');

  await letAgentGo();
  await expect(card).toContainText('ready');
  await expect(pause).toBeEnabled();
  await expect(learning).toBeEnabled();
  await picture(page, 'opening-3-agent');

  await letEngineGo();
  await expect(card).toBeHidden();
  await expect(page.locator('.game canvas').first()).toBeVisible();
  await untilVersion(page, 1);
});

test('nothing sways for who asked for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await held(page, /\/assets\/index-.*\.js$/);
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.locator('.loading-pole')).toHaveCSS('animation-name', 'none');
});

test.describe('what does not come', () => {
  test.use({ expectedErrors: [/Failed to load resource|could not be fetched/] });

  test('is said in a sentence where there is no page yet', async ({ page }) => {
    await page.route(/\/assets\/index-.*\.js$/, (route) => route.abort());
    await page.goto('/');
    await expect(page.getByRole('status')).toHaveText(
      'Playtrain could not be opened. A part of it could not be fetched; check the connection and reload the page.',
    );
    await picture(page, 'opening-no-page');
  });

  test('is said in a sentence where the chosen game’s rules are missing', async ({ page }) => {
    await page.route(/\/assets\/rules-.*\.js$/, (route) => route.abort());
    await page.goto('/#game=swing');
    await expect(page.getByRole('status')).toContainText(
      'Playtrain could not be opened. The game Swing could not be fetched',
    );
  });

  test('leaves the agent learning where it is only the picture, and a reload brings it', async ({ page }) => {
    await page.route(/\/assets\/phaser-.*\.js$/, (route) => route.abort());
    await page.goto('/');
    const notice = page.locator('.notice', { hasText: 'could not be fetched' });
    await expect(notice).toContainText('reload the page; the run goes on from where it was saved.');
    await expect(page.locator('.game-view > .loading')).toBeHidden();
    await untilVersion(page, 1, 90_000);
    await picture(page, 'opening-no-engine');
    await page.unroute(/\/assets\/phaser-.*\.js$/);
    await notice.getByRole('button', { name: 'Reload', exact: true }).click();
    await expect(page.locator('.game canvas').first()).toBeVisible();
    await untilReady(page);
    expect((await state(page)).notices).toEqual([]);
  });
});

test('a browser that is too old is told what it needs', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(HTMLElement.prototype, 'popover'));
  await held(page, /\/assets\/index-.*\.js$/);
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.getByRole('status')).toContainText('This browser is too old for Playtrain');
});
