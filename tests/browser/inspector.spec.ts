import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, open, picture, state, test, untilReady, untilVersion } from './page';

test('an update is seen from the inside: its steps, its formulas, and what another λ would have made of it', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await page.getByRole('button', { name: 'Look at the next update' }).click();
  await expect(page.getByRole('heading', { name: /^Update \d+, arena 1/ })).toBeVisible();
  // It rested meanwhile, and has the focus still.
  await expect(page.locator('[data-key="inspect"]')).toBeFocused();

  const panel = page.locator('.inspector');
  const advantageOf = async () =>
    panel.locator('.steps tr[aria-rowindex="2"] td.advantage').getAttribute('title');
  const used = await advantageOf();
  const lambda = panel.getByRole('slider', { name: 'λ' });
  await lambda.focus();
  await lambda.press('Home');
  // With λ = 0 the advantage is the surprise. What is out of sight follows a moment later.
  const surprise = await panel.locator('.steps tr[aria-rowindex="2"] td.residual').getAttribute('title');
  await expect.poll(advantageOf).toBe(surprise);
  const forms = await panel.locator('.forms').first().locator('dd').allTextContents();
  expect(new Set(forms).size).toBe(1);
  await panel.getByRole('button', { name: 'As it was used' }).click();
  await expect.poll(advantageOf).toBe(used);

  await panel.getByRole('button', { name: 'One step on' }).click();
  await expect(panel.locator('.steps .chosen td').first()).toHaveText('1');
  await panel
    .getByRole('button', { name: /^Step \d+: / })
    .first()
    .click();
  await panel.locator('.steps').focus();
  const chosen = () => panel.locator('.steps .chosen td').first().textContent();
  const before = Number(await chosen());
  await page.keyboard.press('ArrowUp');
  await expect.poll(chosen).toBe(String(before > 0 ? before - 1 : 0));
  // The picture stands where the step was, whatever the run goes on to do.
  await panel.locator('.steps').evaluate((table) => table.scrollTo(0, 0));
  await page.locator('.steps tr[aria-rowindex="3"]').click();
  await picture(page, 'inspector');
  expect(
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
  ).toEqual([]);

  await page.setViewportSize({ width: 393, height: 852 });
  await picture(page, 'inspector-phone');
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways).toBeLessThanOrEqual(0);
});

test('a link to a moment opens the same update at the same step, beside what is kept', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await untilVersion(page, 1);
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await page.getByRole('button', { name: 'Look at the next update' }).click();
  const panel = page.locator('.inspector');
  await expect(panel.locator('.steps')).toBeVisible();
  const stems = panel.getByRole('slider', { name: 'Rewards, values' });
  await stems.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  const last = (await state(page)).inspector.captured!.shape.steps - 1;
  await expect(panel.locator('.steps .chosen .step')).toHaveText(String(last - 1));
  await panel.getByRole('slider', { name: 'λ' }).focus();
  await page.keyboard.press('Home');
  await panel.getByRole('checkbox', { name: 'Nothing follows the last step' }).check();
  await expect.poll(() => page.url()).toMatch(new RegExp(`inspect=${last - 1}&lambda=0&mistakes=`));
  await panel.getByRole('button', { name: 'Copy a link to this moment' }).click();
  await expect(page.getByText('The link to this moment is copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const seen = async (shown: Page) => ({
    heading: await shown.locator('.inspector h2').textContent(),
    row: await shown.locator('.steps .chosen').textContent(),
    numbers: await shown.locator('.steps .chosen .advantage').getAttribute('title'),
    lambda: await shown.getByRole('slider', { name: 'λ' }).inputValue(),
    mistakes: (await state(shown)).inspector.place?.mistakes,
  });
  const [before, run] = [await seen(page), (await state(page)).front];

  const other = await context.newPage();
  await other.goto(link);
  await untilReady(other);
  await expect(other.locator('.steps .chosen .step')).toHaveText(String(last - 1));
  await expect.poll(async () => (await state(other)).inspector.place).not.toBeNull();
  expect(await seen(other)).toEqual(before);
  expect((await state(other)).front).not.toBe(run);
  // The picture stands at that moment, and goes back.
  expect((await state(other)).inspector.isPictured).toBe(true);
  await other.getByRole('button', { name: 'Back to the live game' }).click();
  await expect.poll(async () => (await state(other)).inspector.isPictured).toBe(false);
  await other.close();
});

test('on paper every step has its row, and the stems are there', async ({ page }) => {
  await open(page);
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await page.getByRole('button', { name: 'Look at the next update' }).click();
  await expect(page.locator('.steps')).toBeVisible();
  const { steps } = (await state(page)).inspector.captured!.shape;
  const rows = page.locator('.steps tbody tr:not(.room)');
  await page.emulateMedia({ media: 'print' });
  await expect(rows).toHaveCount(steps);
  await expect(page.locator('.stems path.stem')).toHaveCount(4);
  // Nothing is cut off inside a part that scrolls.
  const isCut = await page.evaluate(() => {
    const table = document.querySelector('.steps')!;
    return table.scrollHeight > table.clientHeight + 1 || table.scrollWidth > table.clientWidth + 1;
  });
  expect(isCut).toBe(false);
  await page.screenshot({ path: 'artifacts/screenshots/inspector-print.png', fullPage: true });
  await page.emulateMedia({ media: null });
  expect((await page.pdf({ path: 'artifacts/screenshots/inspector.pdf' })).length).toBeGreaterThan(10_000);
});
