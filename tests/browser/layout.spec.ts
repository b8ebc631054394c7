import type { Browser, Page } from '@playwright/test';
import { lessons } from '../../src/lessons/library';
import { expect, open, picture, state, test, untilVersion } from './page';
import { covered, cutOff } from './seen-whole';
import { answerRightly, answerWrongly, card, perform, untilAsked } from './taking-lessons';

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

/** What is cut off or covered where a page stands now, and where that is. */
async function wrongIn(page: Page, view: string): Promise<readonly string[]> {
  // What follows sizes has done so.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
  const { width, height } = page.viewportSize()!;
  const where = `${view} at ${width} × ${height}`;
  return [
    ...(await cutOff(page)).map((what) => `${where}, cut off: ${what}`),
    ...(await covered(page)).map((what) => `${where}, covered: ${what}`),
  ];
}

/** A page that finds what is wrong with one view at each size of its kind. */
class Looker {
  readonly found: string[] = [];
  readonly page: Page;
  private readonly kind: string;

  constructor(page: Page, kind: string) {
    this.page = page;
    this.kind = kind;
  }

  async look(view: string): Promise<void> {
    const { page, kind } = this;
    for (const { width, height } of screens[kind]!) {
      await page.setViewportSize({ width, height });
      this.found.push(...(await wrongIn(page, view)));
      await picture(page, `layout-${view.replaceAll(' ', '-')}-${width}`);
    }
  }
}

/** Opens a page of a kind, and says what it is a link to. */
async function opened(
  browser: Browser,
  baseURL: string | undefined,
  kind: string,
  link: string,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    ...(baseURL !== undefined && { baseURL }),
    hasTouch: kind === 'phones',
  });
  const page = await context.newPage();
  const isLarge = screens[kind]!.some(({ large }) => large === true);
  await open(page, isLarge ? `${link}&large=on` : link);
  return page;
}

for (const [kind, sizes] of Object.entries(screens)) {
  test(`on ${kind} no words are cut off, and nothing lies over what can be pressed, in any view`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(300_000);
    const page = await opened(browser, baseURL, kind, 'game=balance');
    await untilVersion(page, 2);
    const found: string[] = [];
    for (const { width, height } of sizes) {
      await page.setViewportSize({ width, height });
      for (const [name, go] of views) {
        await go(page);
        found.push(...(await wrongIn(page, name)));
      }
      await page.keyboard.press('Escape');
      await page.keyboard.press('v');
    }
    expect(found).toEqual([]);
    await page.context().close();
  });

  test(`on ${kind} nothing is cut off or covered in a lesson: asked, answered wrongly, and over`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(300_000);
    const page = await opened(browser, baseURL, kind, 'lesson=value&seed=7');
    await expect(card(page)).toBeVisible();
    const looker = new Looker(page, kind);
    const { steps } = lessons.find(({ id }) => id === 'value')!;
    let isAsked = false;
    for (const step of steps) {
      await untilAsked(page);
      if (step.kind === 'do') await perform(page, step);
      if (step.kind === 'predict') {
        if (!isAsked) await looker.look('a lesson that asks');
        await answerWrongly(page, step);
        if (!isAsked) await looker.look('a wrong answer in a lesson');
        isAsked = true;
        await answerRightly(page, step);
      }
      await card(page).getByRole('button', { name: 'Next' }).click();
    }
    await expect(card(page).getByRole('heading', { name: 'Done' })).toBeVisible();
    await looker.look('the end of a lesson');
    expect(isAsked).toBe(true);
    expect(looker.found).toEqual([]);
    await page.context().close();
  });

  test(`on ${kind} nothing is cut off or covered in a match: offered, played, paused, and over`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(300_000);
    const page = await opened(browser, baseURL, kind, 'game=volley&seed=1');
    const looker = new Looker(page, kind);
    const phase = async () => (await state(page)).play?.court?.view.phase;
    await tab(page, 'Play');
    await looker.look('matches');
    await page.locator('.match-invite').getByRole('button').click();
    await expect.poll(phase).toBe('rally');
    await looker.look('a match');
    await page.locator('.match-bar').getByRole('button', { name: 'Pause' }).click();
    await looker.look('a match that is paused');
    await page.locator('.match-card').getByRole('button', { name: 'Resume' }).click();
    await page.locator('.match-bar input[value="16"]').check({ force: true });
    await expect.poll(phase, { timeout: 60_000 }).toBe('over');
    // What comes under a thumb takes no answer yet.
    await page.waitForTimeout(800);
    await looker.look('a match that is over');
    expect(looker.found).toEqual([]);
    await page.context().close();
  });

  test(`on ${kind} nothing is cut off or covered in a live match: offered, played, and left`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(300_000);
    const page = await opened(browser, baseURL, kind, 'game=duel&seed=1');
    const looker = new Looker(page, kind);
    const panel = page.getByRole('tabpanel', { name: 'Play' });
    await tab(page, 'Play');
    await looker.look('live matches');
    await panel.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(async () => (await state(page)).liveMatch?.isPlayed).toBe(true);
    await looker.look('a live match');
    await panel.getByRole('button', { name: 'Leave the match' }).click();
    await expect(panel.getByRole('status')).toBeVisible();
    await looker.look('a live match that was left');
    expect(looker.found).toEqual([]);
    await page.context().close();
  });

  test(`on ${kind} nothing is cut off or covered where two policies play side by side, and where settings are compared`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(300_000);
    const page = await opened(browser, baseURL, kind, 'game=balance&backend=wasm');
    const looker = new Looker(page, kind);
    await untilVersion(page, 2);
    await page.keyboard.press('n');
    await expect.poll(async () => (await state(page)).thenAndNow?.phase).toBe('playing');
    await looker.look('then and now');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await tab(page, 'Run');
    await page.getByText('Compare settings side by side').click();
    await looker.look('what to compare');
    await page.getByRole('button', { name: 'Train and compare' }).click();
    await expect(page.locator('.compare-plot')).toBeVisible({ timeout: 60_000 });
    await looker.look('a comparison under way');
    await expect(page.getByText('9 of 9 runs are trained.')).toBeVisible({ timeout: 150_000 });
    await looker.look('a comparison');
    expect(looker.found).toEqual([]);
    await page.context().close();
  });
}
