import AxeBuilder from '@axe-core/playwright';
import { expect, open, picture, test } from './page';

test('an update is seen from the inside: its steps, its formulas, and what another λ would have made of it', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await page.getByRole('button', { name: 'Look at the next update' }).click();
  await expect(page.getByRole('heading', { name: /^Update \d+, arena 1/ })).toBeVisible();

  const panel = page.locator('.inspector');
  const advantageOf = async () =>
    panel.locator('.steps tr[aria-rowindex="2"] td').nth(6).getAttribute('title');
  const used = await advantageOf();
  const lambda = panel.getByRole('slider', { name: 'λ' });
  await lambda.focus();
  await lambda.press('Home');
  // With λ = 0 the advantage is the surprise.
  const surprise = await panel.locator('.steps tr[aria-rowindex="2"] td').nth(5).getAttribute('title');
  expect(await advantageOf()).toBe(surprise);
  const forms = await panel.locator('.forms').first().locator('dd').allTextContents();
  expect(new Set(forms).size).toBe(1);
  await panel.getByRole('button', { name: 'As it was used' }).click();
  expect(await advantageOf()).toBe(used);

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
