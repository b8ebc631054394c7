import { expect, open, picture, state, test, untilVersion } from './page';

test('a learning rate changed in mid-run reaches the next update, and the charts mark it', async ({
  page,
}) => {
  await open(page);
  await untilVersion(page, 1);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: 'Learning rate', exact: true }).fill('0.0005');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await state(page)).hyperparameters.learningRate).toBe(0.0005);
  // Pending until an update has used it.
  await expect.poll(async () => (await state(page)).pending).toEqual([]);

  await page.getByRole('tab', { name: 'Charts' }).click();
  // A chart is drawn once it can be seen.
  await page.locator('[data-metric="learningRate"]').scrollIntoViewIfNeeded();
  await expect(page.locator('[data-metric="learningRate"] .chart-value')).toHaveText(
    /^(0\.0005|5(\.0+)?[e×·].*)$/,
  );
  await picture(page, 'tuning-learning-rate-marked');
  // The same run: what was learned is kept.
  expect((await state(page)).status.policyVersion).toBeGreaterThan(1);
});

test('an impossible combination is refused with a sentence, and the run goes on with the old values', async ({
  page,
}) => {
  await open(page);
  await untilVersion(page, 1);
  const before = await state(page);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: 'Minibatch size', exact: true }).fill('96');
  await page.keyboard.press('Enter');
  await expect(page.locator('.refusal')).toContainText('choose a minibatch size that divides');
  await picture(page, 'tuning-refused');
  expect((await state(page)).hyperparameters).toEqual(before.hyperparameters);
  await untilVersion(page, before.status.policyVersion + 1);
});

test('a setting that needs a restart asks first, and can be declined', async ({ page }) => {
  await open(page);
  await untilVersion(page, 1);
  await page.getByRole('tab', { name: 'Settings' }).click();
  const seed = page.getByRole('textbox', { name: 'Seed', exact: true });
  await expect(seed).toHaveCount(0);
  await page.getByRole('button', { name: 'All settings' }).click();
  await seed.fill('7');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, 'tuning-restart-asked');
  await page.keyboard.press('Escape');
  expect((await state(page)).hyperparameters.seed).toBe(1);
  expect((await state(page)).status.policyVersion).toBeGreaterThan(0);
});

test('a link opens the game with its settings, and what it gets wrong is said', async ({ page }) => {
  await open(page, 'game=swing&seed=7&clipRange=0.3&epochs=nonsense');
  const { game, hyperparameters, notices } = await state(page);
  expect(game).toBe('swing');
  expect(hyperparameters.seed).toBe(7);
  expect(hyperparameters.clipRange).toBe(0.3);
  expect(notices.map(({ message }) => message).join(' ')).toContain('Epochs');
});

test('a setting changed while the agent warms up is in force from its first update', async ({ page }) => {
  await page.goto('/#game=balance&backend=webgl');
  // A quick machine may be through with it before this is asked.
  await page.waitForFunction(() => !['starting', undefined].includes(window.playtrain?.state().status.phase));
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: 'Clip range', exact: true }).fill('0.3');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await state(page)).hyperparameters.clipRange).toBe(0.3);
  await untilVersion(page, 2);
  expect((await state(page)).pending).toEqual([]);
});

test('all settings, and the guide put away, stay so at the next visit', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: /^Theme: auto/ }).click();
  const guide = page.getByRole('region', { name: 'Your first minute' });
  await expect(guide).toBeVisible();
  await page.getByRole('button', { name: 'Put the guide away' }).click();
  await expect(guide).toHaveCount(0);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'All settings' }).click();
  await expect(page.getByRole('textbox', { name: 'Seed', exact: true })).toBeVisible();
  await page.reload();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await expect(page.getByRole('textbox', { name: 'Seed', exact: true })).toBeVisible();
  await expect(guide).toHaveCount(0);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
