import { elements } from './elements';
import { desktop, phone } from './engine';
import { startMatch } from './match';
import { expect, test } from './suite';
import type { Visit } from './visit';

const sizes = { desktop, phone };
const themes = ['light', 'dark'] as const;

/** Shows every tab at every size in every theme, and writes a picture of each. */
async function picturesOf(page: Visit, game: string): Promise<void> {
  for (const theme of themes) {
    await choose(page, theme);
    for (const [sizeName, size] of Object.entries(sizes)) {
      await page.page.resize(size);
      for (const tab of await tabNames(page)) {
        await page.click({ role: 'tab', name: tab });
        await page.frames(3);
        await page.picture(`${game}-${tab.toLowerCase()}-${sizeName}-${theme}`);
        expect(await overflow(page), `${tab} scrolls sideways on a ${sizeName}`).toBeLessThanOrEqual(0);
      }
    }
  }
  await page.page.resize(desktop);
}

for (const game of ['balance', 'swing', 'volley'] as const) {
  test(`every view of ${game} is drawn, and none is too wide`, async ({ visit }) => {
    test.setTimeout(180_000);
    const page = await visit();
    await page.open(`game=${game}&speed=max`);
    await page.untilVersion(3);
    // What stands still is what was drawn.
    await page.click(elements.pause);
    await picturesOf(page, game);
    expect(await page.coloursOf('.game-frame'), 'colours of the game').toBeGreaterThan(30);
  });
}

test('a match is drawn at both sizes in both themes', async ({ visit }) => {
  const page = await visit({ touchScreen: true });
  await page.open('game=volley');
  await startMatch(page);
  for (const theme of themes) {
    await choose(page, theme);
    for (const [sizeName, size] of Object.entries(sizes)) {
      await page.page.resize(size);
      await page.frames(5);
      await page.picture(`volley-match-${sizeName}-${theme}`);
    }
    await page.page.resize(desktop);
  }
  expect(await page.coloursOf('.game-frame'), 'colours of the court').toBeGreaterThan(30);
});

async function choose(page: Visit, theme: (typeof themes)[number]): Promise<void> {
  while ((await page.state()).theme !== theme) {
    const before = (await page.state()).theme;
    await page.click(elements.theme);
    await expect.poll(async () => (await page.state()).theme).not.toBe(before);
  }
}

function tabNames(page: Visit): Promise<string[]> {
  return page.page.evaluate(
    () =>
      [...document.querySelectorAll<HTMLElement>('[role=tab]')]
        .filter((tab) => tab.getClientRects().length > 0)
        .map((tab) => tab.innerText.trim()),
    null,
  );
}

/** By how many CSS pixels the page is wider than its window. */
function overflow(page: Visit): Promise<number> {
  return page.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    null,
  );
}
