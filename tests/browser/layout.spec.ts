import type { Page } from '@playwright/test';
import { expect, open, state, test, untilVersion } from './page';
import { covered, cutOff } from './seen-whole';

interface Screen {
  readonly width: number;
  readonly height: number;
  readonly large?: boolean;
}

const screens: Readonly<Record<string, readonly Screen[]>> = {
  desks: [
    { width: 1280, height: 800 },
    { width: 1920, height: 1080 },
    { width: 1000, height: 700 },
  ],
  phones: [
    { width: 390, height: 844 },
    { width: 360, height: 740 },
    { width: 844, height: 390 },
  ],
  projectors: [
    { width: 1280, height: 720, large: true },
    { width: 1920, height: 1080, large: true },
  ],
};

/** What there is to look at, and how one gets there and away again. */
const views: readonly (readonly [name: string, go: (page: Page) => Promise<void>])[] = [
  ...['Charts', 'Settings', 'Run', 'About'].map((name) => [name, (page: Page) => tab(page, name)] as const),
  [
    'Inspector',
    async (page) => {
      await tab(page, 'Inspector');
      if ((await state(page)).inspector.captured !== null) return;
      await page.locator('[data-key="inspect"]').click();
      await expect(page.locator('.steps')).toBeVisible();
    },
  ],
  ['the overlay', (page) => page.keyboard.press('v')],
  ['help', (page) => page.keyboard.press('?')],
  [
    'the gallery',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('g');
      await expect(page.getByRole('dialog', { name: 'Games' })).toBeVisible();
    },
  ],
  [
    'lessons and the form for a class',
    async (page) => {
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await page.keyboard.press('l');
      await page.getByText('A link for your class').click();
      await expect(page.locator('.class-form form')).toBeVisible();
    },
  ],
];

async function tab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click();
}

for (const [kind, sizes] of Object.entries(screens)) {
  test(`on ${kind} no words are cut off, and nothing lies over what can be pressed, in any view`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(300_000);
    const large = sizes.some((size) => size.large === true);
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...(baseURL !== undefined && { baseURL }),
      hasTouch: kind === 'phones',
    });
    const page = await context.newPage();
    await open(page, large ? 'large=on' : '');
    await untilVersion(page, 2);
    const found: string[] = [];
    for (const { width, height } of sizes) {
      await page.setViewportSize({ width, height });
      const look = async (view: string) => {
        // What follows sizes has done so.
        await page.evaluate(
          () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))),
        );
        const where = `${view} at ${width} × ${height}`;
        found.push(...(await cutOff(page)).map((what) => `${where}, cut off: ${what}`));
        found.push(...(await covered(page)).map((what) => `${where}, covered: ${what}`));
      };
      for (const [name, go] of views) {
        await go(page);
        await look(name);
      }
      await page.keyboard.press('Escape');
      await page.keyboard.press('v');
    }
    expect(found).toEqual([]);
    await context.close();
  });
}
