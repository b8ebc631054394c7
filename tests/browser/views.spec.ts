import AxeBuilder from '@axe-core/playwright';
import { expect, open, picture, test, untilVersion } from './page';

const screens = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

for (const [screen, viewport] of Object.entries(screens)) {
  for (const colorScheme of ['dark', 'light'] as const) {
    test(`every view on a ${screen} screen, ${colorScheme}: axe finds nothing, nothing overflows`, async ({
      browser,
      baseURL,
    }) => {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        ...(baseURL !== undefined && { baseURL }),
        hasTouch: screen === 'phone',
      });
      const page = await context.newPage();
      await open(page);
      await untilVersion(page, 2);
      for (const tab of ['Charts', 'Settings', 'Run', 'About']) {
        await page.getByRole('tab', { name: tab }).click();
        await picture(page, `view-${screen}-${colorScheme}-${tab.toLowerCase()}`);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
          ),
          `${tab}, ${screen}, ${colorScheme}`,
        ).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${tab} scrolls sideways`).toBeLessThanOrEqual(0);
      }
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await picture(page, `view-${screen}-${colorScheme}-help`);
      await context.close();
    });
  }
}
