import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, open, picture, state, test, untilVersion } from './page';

const screens = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

for (const [screen, viewport] of Object.entries(screens)) {
  for (const colorScheme of ['dark', 'light'] as const) {
    // One of each is in every run.
    const tag = (screen === 'phone') === (colorScheme === 'light') ? [] : ['@long'];
    const title = `every view on a ${screen} screen, ${colorScheme}: axe finds nothing, nothing overflows`;
    test(title, { tag }, async ({ browser, baseURL }) => {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        ...(baseURL !== undefined && { baseURL }),
        hasTouch: screen === 'phone',
      });
      const page = await context.newPage();
      await open(page);
      await untilVersion(page, 2);
      for (const tab of ['Charts', 'Settings', 'Run', 'About']) {
        await page.getByRole('tab', { name: tab }).click();
        await picture(page, `view-${screen}-${colorScheme}-${tab.toLowerCase()}`);
        expect(await violations(page), `${tab}, ${screen}, ${colorScheme}`).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${tab} scrolls sideways`).toBeLessThanOrEqual(0);
      }
      // As narrow as a desktop's page at 400 %.
      await page.setViewportSize({ width: 320, height: 568 });
      await picture(page, `view-${screen}-${colorScheme}-narrow`);
      expect(await beyondTheEdge(page)).toEqual([]);
      await page.setViewportSize(viewport);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await picture(page, `view-${screen}-${colorScheme}-help`);
      expect(await violations(page), `help, ${screen}, ${colorScheme}`).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Game: Balance. Choose another.' }).click();
      await expect(page.getByRole('dialog', { name: 'Games' })).toBeVisible();
      await picture(page, `view-${screen}-${colorScheme}-gallery`);
      expect(await violations(page), `gallery, ${screen}, ${colorScheme}`).toEqual([]);
      await page.setViewportSize({ width: 320, height: 568 });
      expect(await beyondTheEdge(page)).toEqual([]);
      await page.setViewportSize(viewport);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await page.keyboard.press('n');
      await expect.poll(async () => (await state(page)).thenAndNow?.phase).toBe('playing');
      await picture(page, `view-${screen}-${colorScheme}-then-and-now`);
      expect(await violations(page), `then and now, ${screen}, ${colorScheme}`).toEqual([]);
      await page.setViewportSize({ width: 320, height: 568 });
      expect(await beyondTheEdge(page)).toEqual([]);
      await page.setViewportSize(viewport);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      const isFull = () => page.evaluate(() => document.fullscreenElement?.className ?? null);
      await page.keyboard.press('Shift+F');
      await expect.poll(isFull).toBe('stage');
      await picture(page, `view-${screen}-${colorScheme}-full`);
      await page.getByRole('button', { name: 'Leave full screen' }).click();
      await expect.poll(isFull).toBeNull();
      // Another game has other settings and other words.
      await page.evaluate(() => {
        location.hash = 'game=swing';
      });
      await expect.poll(async () => (await state(page)).game).toBe('swing');
      for (const tab of ['Settings', 'Run']) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await violations(page), `Swing, ${tab}, ${screen}, ${colorScheme}`).toEqual([]);
      }
      await context.close();
    });
  }
}

for (const [width, height, colorScheme] of [
  [1280, 720, 'light'],
  [1920, 1080, 'dark'],
] as const) {
  test(`every view in large type at ${width} × ${height}, ${colorScheme}: axe finds nothing, nothing overflows`, {
    tag: width === 1280 ? [] : ['@long'],
  }, async ({ browser, baseURL }) => {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      ...(baseURL !== undefined && { baseURL }),
    });
    test.slow();
    const page = await context.newPage();
    await open(page, 'large=on');
    await untilVersion(page, 2);
    for (const tab of ['Charts', 'Settings', 'Run', 'Inspector', 'About']) {
      await page.getByRole('tab', { name: tab }).click();
      if (tab === 'Inspector') {
        await page.getByRole('button', { name: 'Look at the next update' }).click();
        await expect(page.locator('.steps')).toBeVisible();
      }
      await picture(page, `view-projector-${width}-${colorScheme}-${tab.toLowerCase()}`);
      expect(await violations(page), `${tab}, ${width}, ${colorScheme}`).toEqual([]);
      expect(await sidewaysIn(page), tab).toEqual([]);
      expect(await tooSmall(page), tab).toEqual([]);
      expect(await beyondTheEdge(page), tab).toEqual([]);
    }
    await page.keyboard.press('n');
    await expect.poll(async () => (await state(page)).thenAndNow?.phase).toBe('playing');
    await picture(page, `view-projector-${width}-${colorScheme}-then-and-now`);
    expect(await violations(page), `then and now, ${width}, ${colorScheme}`).toEqual([]);
    expect(await tooSmall(page), 'then and now').toEqual([]);
    expect(await beyondTheEdge(page), 'then and now').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    // What a link says is not kept.
    await page.goto('about:blank');
    await open(page, 'game=balance&large=off');
    expect((await state(page)).large).toBe(false);
    await page.getByRole('button', { name: 'Large type' }).click();
    await expect.poll(() => page.url()).toContain('large=on');
    await context.close();
  });
}

for (const [screen, colorScheme] of [
  ['desktop', 'light'],
  ['phone', 'dark'],
] as const) {
  test(`every moment of a match on a ${screen} screen, ${colorScheme}: axe finds nothing`, async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({
      viewport: screens[screen],
      colorScheme,
      ...(baseURL !== undefined && { baseURL }),
      hasTouch: screen === 'phone',
    });
    const page = await context.newPage();
    const phase = async () => (await state(page)).play?.court?.view.phase;
    const look = async (moment: string) => {
      await picture(page, `match-${screen}-${colorScheme}-${moment}`);
      expect(await violations(page), `${moment}, ${screen}, ${colorScheme}`).toEqual([]);
    };
    await open(page, 'game=volley');
    for (const tab of ['Settings', 'Run']) {
      await page.getByRole('tab', { name: tab }).click();
      await look(tab.toLowerCase());
    }
    await page.getByRole('tab', { name: 'Play' }).click();
    await look('offer');
    await page.locator('.match-invite').getByRole('button').click();
    await expect.poll(phase).toBe('rally');
    await look('rally');
    await page.locator('.match-bar').getByRole('button', { name: 'Pause' }).click();
    await look('pause');
    await page.locator('.match-card').getByRole('button', { name: 'Resume' }).click();
    await page.locator('.match-bar input[value="16"]').check({ force: true });
    await expect.poll(phase, { timeout: 60_000 }).toBe('over');
    await look('end');
    await context.close();
  });
}

/** What axe finds wrong, and where. */
async function violations(page: Page): Promise<readonly string[]> {
  const found = await new AxeBuilder({ page }).analyze();
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** What can be pressed and is not wholly within the page's width, unless something is there to scroll it into view. */
function beyondTheEdge(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element: Element) => element.closest('.panels, [role="tabpanel"]') !== null;
    return [...document.querySelectorAll('button, select, label, input')]
      .filter((element) => element.checkVisibility() && !scrolls(element))
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -0.5 || right > width + 0.5;
      })
      .map((element) => element.getAttribute('aria-label') ?? element.textContent.trim());
  });
}

/** The page and its panels, where they have to be scrolled sideways. */
function sidewaysIn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.header, .stage, .side, .tabs, .panel')]
      .filter((element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.className),
  );
}

/** Words that nobody reads from the back of a classroom. */
function tooSmall(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const leastPx = 16;
    const words = document.createTreeWalker(document.querySelector('#app')!, NodeFilter.SHOW_TEXT);
    const small: string[] = [];
    while (words.nextNode()) {
      const text = words.currentNode.textContent?.trim() ?? '';
      const element = words.currentNode.parentElement!;
      if (text === '' || !element.checkVisibility()) continue;
      const px = Number.parseFloat(getComputedStyle(element).fontSize);
      // Indices in formulas are smaller than what they stand at.
      if (px < leastPx && element.closest('math') === null) small.push(`${px} px: ${text.slice(0, 40)}`);
    }
    return small;
  });
}
