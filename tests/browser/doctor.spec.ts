import AxeBuilder from '@axe-core/playwright';
import { expect, open, picture, state, test } from './page';

const screens = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

for (const [screen, viewport] of Object.entries(screens)) {
  const colorScheme = screen === 'phone' ? 'light' : 'dark';
  test(`a discount of 0.5 is found on a ${screen} screen, one click changes it and another takes that back`, async ({
    page,
  }) => {
    test.setTimeout(90_000);
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await open(page, 'game=balance&speed=max&backend=wasm&discount=0.5&epochs=1&minibatchSize=1024');
    const finding = page.locator('.finding[data-rule=discountShort]');
    await expect(finding).toBeVisible({ timeout: 60_000 });
    // The heading blames nothing where the agent does well in spite of what was found.
    await expect
      .poll(async () => {
        const { findings } = await state(page);
        const isHarmed = findings.some(({ severity }) => severity === 'harmful');
        const heading = await page.locator('.doctor h2').textContent();
        return heading === (isHarmed ? 'What keeps it from learning' : 'What could go better');
      })
      .toBe(true);
    await finding.scrollIntoViewIfNeeded();
    await picture(page, `doctor-${screen}`);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await sideways()).toBeLessThanOrEqual(0);

    await finding.locator('.button-primary').click();
    const discount = async () => (await state(page)).hyperparameters.discount;
    await expect.poll(discount).toBe(0.98);
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect.poll(discount).toBe(0.5);
  });
}
