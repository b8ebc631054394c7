import type { Locator } from '@playwright/test';
import { expect, open, picture, test, untilVersion } from './page';

test.use({ contextOptions: { forcedColors: 'active' } });

const backgroundOf = (element: Locator) => element.evaluate((each) => getComputedStyle(each).backgroundColor);

test('with a person’s own few colours, what is on, chosen or drawn can still be told', async ({ page }) => {
  await open(page);
  await untilVersion(page, 4);
  const settings = page.getByRole('tab', { name: 'Settings' });
  const charts = page.getByRole('tab', { name: 'Charts' });
  expect(await backgroundOf(charts)).not.toBe(await backgroundOf(settings));
  await picture(page, 'forced-colours-charts');

  // Lines and axes lie on a canvas, which follows no forced colour by itself.
  const ink = await page
    .locator('[data-metric="meanReturn"] canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const context = canvas.getContext('2d');
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      const [red, green, blue] = getComputedStyle(document.body).color.match(/\d+/g)?.map(Number) ?? [];
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i] === red && data[i + 1] === green && data[i + 2] === blue && (data[i + 3] ?? 0) > 200)
          count++;
      }
      return count;
    });
  expect(ink).toBeGreaterThan(50);

  await settings.click();
  const preset = (name: string) => page.getByRole('button', { name, exact: true });
  expect(await backgroundOf(preset('Fast'))).not.toBe(await backgroundOf(preset('CleanRL')));
  const track = await page
    .locator('.slider')
    .first()
    .evaluate((slider) => getComputedStyle(slider, '::-webkit-slider-runnable-track').backgroundColor);
  expect(track).not.toBe(await backgroundOf(page.locator('body')));
  await picture(page, 'forced-colours-settings');

  const learning = page.getByRole('switch', { name: 'learning' });
  const on = await backgroundOf(learning);
  await learning.click();
  await expect.poll(() => backgroundOf(learning)).not.toBe(on);

  await page.keyboard.press('g');
  await picture(page, 'forced-colours-gallery');
  await page.getByRole('button', { name: 'Volley', exact: true }).click();
  await page.getByRole('tab', { name: 'Play' }).click();
  const rungs = page.locator('.rung');
  const edgeOf = (rung: Locator) => rung.evaluate((each) => getComputedStyle(each).outlineStyle);
  expect(await edgeOf(rungs.filter({ has: page.locator(':checked') }))).toBe('solid');
  expect(await edgeOf(rungs.filter({ hasNot: page.locator(':checked') }).first())).toBe('none');
  await picture(page, 'forced-colours-play');
});
