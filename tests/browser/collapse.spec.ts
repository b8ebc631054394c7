import { mkdirSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, open, picture, state, test } from './page';

/** What is solved, and what one click brings back. */
const solved = 475;
const ruinousRate = '0.05';
/** From the setting's first effect until it is told, at most. */
const mostUpdates = 60;

const meanReturn = async (page: Page) => (await state(page)).status.meanReturn ?? 0;
const versionOf = async (page: Page) => (await state(page)).status.policyVersion;

test('a solved run that a learning rate of 0.05 ruins is told, and one click brings it back', async ({
  page,
}) => {
  test.setTimeout(170_000);
  await open(page, 'game=balance&speed=max&backend=wasm');
  const fine = { timeout: 120_000, intervals: [100] };
  await expect.poll(() => meanReturn(page), fine).toBeGreaterThanOrEqual(solved);

  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: 'Learning rate', exact: true }).fill(ruinousRate);
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => {
      const { hyperparameters, pending } = await state(page);
      return hyperparameters.learningRate === Number(ruinousRate) && pending.length === 0;
    }, fine)
    .toBe(true);
  const inForce = { version: await versionOf(page), atMs: Date.now() };
  const back = page.getByRole('button', { name: /^Back to update/ });
  await expect(back).toBeVisible({ timeout: 60_000 });
  const told = { version: await versionOf(page), atMs: Date.now() };
  expect(told.version - inForce.version).toBeLessThanOrEqual(mostUpdates);
  expect(await meanReturn(page)).toBeLessThan(solved);
  await picture(page, 'collapse-told');

  await back.click();
  const learningRate = async () => (await state(page)).hyperparameters.learningRate;
  await expect.poll(learningRate, fine).not.toBe(Number(ruinousRate));
  await expect.poll(() => meanReturn(page), fine).toBeGreaterThanOrEqual(solved);
  const cameBackAtMs = Date.now();
  await picture(page, 'collapse-gone-back');
  mkdirSync('artifacts', { recursive: true });
  writeFileSync(
    'artifacts/collapse.json',
    JSON.stringify({
      toldAfterSeconds: (told.atMs - inForce.atMs) / 1000,
      toldAfterUpdates: told.version - inForce.version,
      backAfterSeconds: (cameBackAtMs - told.atMs) / 1000,
    }),
  );
});
