import { expect, open, state, test, untilVersion } from './page';

/** A number as people write it there, and the one that they mean. */
const written = {
  tr: ['0,0005', 0.0005],
  ar: ['٠٫٠٠٠٥', 0.0005],
  de: ['0,0005', 0.0005],
  'fr-CH': ['0,0005', 0.0005],
} as const;

for (const [locale, [text, number]] of Object.entries(written)) {
  const title = `in ${locale} the page opens, learns, writes numbers as everywhere and reads them as they are written there`;
  // In every run the one with digits of its own.
  test(title, { tag: locale === 'ar' ? [] : ['@long'] }, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ locale, ...(baseURL !== undefined && { baseURL }) });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await open(page, 'game=balance&arenas=8&rolloutLength=32&minibatchSize=64&backend=wasm');
    await untilVersion(page, 1);
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('textbox', { name: 'Learning rate', exact: true }).fill(text);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await state(page)).hyperparameters.learningRate).toBe(number);
    await page.getByRole('tab', { name: 'Run' }).click();
    // The page is in English, its digits and its capital letters with it.
    expect(await page.locator('body').innerText()).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9İı]/);
    await untilVersion(page, (await state(page)).status.policyVersion + 1);
    expect(errors).toEqual([]);
    await context.close();
  });
}
