import AxeBuilder from '@axe-core/playwright';
import { expect, open, picture, test, untilVersion } from './page';

test('λ = 0, 0.95 and 1 are compared on Balance from the page, three seeds each, with an interval', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await open(page, 'game=balance&speed=1&backend=wasm');
  await page.getByRole('button', { name: 'Pause' }).first().click();
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByText('Compare settings side by side').click();
  const beganAtMs = Date.now();
  await page.getByRole('button', { name: 'Train and compare' }).click();
  await expect(page.getByText('9 of 9 runs are trained.')).toBeVisible({ timeout: 150_000 });
  test.info().annotations.push({ type: 'seconds', description: String((Date.now() - beganAtMs) / 1_000) });
  console.log(`compared in ${((Date.now() - beganAtMs) / 1_000).toFixed(1)} s`);
  const rows = page.locator('.compare-table tbody tr');
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText(/\(.* to .*\): (better|worse|no difference)/);
  await expect(page.locator('.compare-plot polyline')).toHaveCount(9);
  await page.locator('.compare-table').scrollIntoViewIfNeeded();
  await picture(page, 'compare-desktop');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('.compare-table').scrollIntoViewIfNeeded();
  await picture(page, 'compare-phone');
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways).toBeLessThanOrEqual(0);
});

test('a live game is compared as well, in twins of its own, while its agent learns on', {
  tag: '@long',
}, async ({ page }) => {
  test.setTimeout(600_000);
  await open(page, 'game=flap');
  await untilVersion(page, 1);
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByText('Compare settings side by side').click();
  const beganAtMs = Date.now();
  await page.getByRole('button', { name: 'Train and compare' }).click();
  await expect(page.getByText('9 of 9 runs are trained.')).toBeVisible({ timeout: 500_000 });
  console.log(`compared in ${((Date.now() - beganAtMs) / 1_000).toFixed(1)} s`);
  await expect(page.locator('.compare-table tbody tr').first()).toContainText(
    /\(.* to .*\): (better|worse|no difference)/,
  );
  await expect(page.locator('.compare-plot polyline')).toHaveCount(9);
  await picture(page, 'compare-flap');
});

test('what is compared may go on from an update that the run keeps', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page, 'game=balance&speed=1&backend=wasm');
  await untilVersion(page, 4);
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByRole('button', { name: 'Keep this update' }).click();
  await page.getByText('Compare settings side by side').click();
  const from = page.locator('.compare-form select[name="from"]');
  const update = from.locator('option[value^="at-"]').first();
  await expect(update).toContainText(/this run’s update \d+/);
  await from.selectOption((await update.getAttribute('value')) ?? '');
  await page.getByRole('button', { name: 'Train and compare' }).click();
  await expect(page.getByText('9 of 9 runs are trained.')).toBeVisible({ timeout: 150_000 });
  await expect(page.locator('.compare-plot polyline')).toHaveCount(9);
});
