import { expect, open, state, test } from './page';

/** Pixels that are not transparent in a canvas over the picture. */
const drawnPixels = (selector: string) => {
  const canvas = document.querySelector<HTMLCanvasElement>(selector);
  if (canvas === null || canvas.hidden || canvas.width === 0) return 0;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  let drawn = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) drawn++;
  return drawn;
};

const senses = '.game > .overlay-senses';
const thoughts = '.overlay-thoughts > canvas';

for (const game of ['balance', 'racer']) {
  test(`in ${game}, senses and thoughts are drawn over the picture, each as it is switched, and stay so`, async ({
    page,
  }) => {
    await open(page, `game=${game}&seed=1`);
    expect(await page.locator('.game canvas').count()).toBeGreaterThan(0);
    await expect(page.locator(senses)).toHaveCount(0);
    await page.keyboard.press('v');
    await expect.poll(() => page.evaluate(drawnPixels, senses)).toBeGreaterThan(100);
    await expect.poll(() => page.evaluate(drawnPixels, thoughts)).toBeGreaterThan(1_000);

    await page.locator('.overlay-bar').getByRole('switch', { name: 'senses' }).uncheck();
    await expect.poll(() => page.evaluate(drawnPixels, senses)).toBe(0);
    await expect.poll(() => page.evaluate(drawnPixels, thoughts)).toBeGreaterThan(1_000);

    // At once: a choice is kept though the page waits for no database.
    await page.locator('.overlay-bar').getByRole('switch', { name: 'surprise' }).uncheck();
    await page.reload();
    await expect.poll(async () => (await state(page)).overlay?.on).toBe(true);
    expect((await state(page)).overlay.parts).toEqual(['odds', 'value']);
    await page.keyboard.press('v');
    await expect(page.locator(senses)).toHaveCount(0);
    await expect(page.locator('.overlay-thoughts')).toHaveCount(0);
  });
}
