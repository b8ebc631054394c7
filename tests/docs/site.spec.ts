import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { type StaticHost, serveStatically } from '../browser/static-host';

const site = join(import.meta.dirname, '..', '..', 'dist', 'docs');

let host: StaticHost;
let address = '';
test.beforeAll(async () => {
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return [file.slice(site.length + 1).replaceAll('\\', '/'), new Uint8Array(readFileSync(file))] as const;
  });
  host = await serveStatically('/some/folder/', Object.fromEntries(bytes));
  address = `http://127.0.0.1:${host.port}/some/folder/`;
});
test.afterAll(() => host.close());

/** One of each kind of page. */
const kinds = [
  'index.html',
  'documents/An_agent_in_your_game_in_ten_minutes.html',
  'documents/When_it_does_not_learn.html',
  'modules/playtrain_phaser.html',
  'functions/playtrain_phaser.learn.html',
  'interfaces/playtrain_phaser.LearningAgent.html',
];

for (const [colorScheme, width, some] of [
  ['light', 360, kinds],
  ['dark', 1280, kinds.slice(2)],
] as const) {
  test(`each kind of page is usable by all, and no wider than ${width} pixels, ${colorScheme}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    for (const kind of some) {
      expect((await page.goto(address + kind))?.ok(), kind).toBe(true);
      await expect(page.locator('.tsd-navigation a').first()).toBeAttached();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
      );
      expect(found, kind).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), kind).toBeLessThanOrEqual(
        width,
      );
    }
    await context.close();
  });
}

test('what is searched for is found, from a subfolder', async ({ page }) => {
  await page.goto(`${address}documents/Sensors.html`);
  await page.locator('#tsd-search-trigger').click();
  await page.locator('#tsd-search-input').fill('serveTwin');
  await page.locator('#tsd-search-results a').first().click();
  await expect(page).toHaveURL(/functions\/playtrain_phaser_twin\.serveTwin\.html/);
});
