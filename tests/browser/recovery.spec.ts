import { expect, open, picture, state, test, ticks, untilVersion } from './page';

for (const role of ['actor', 'learner']) {
  test(`the ${role} worker dying in mid-run is reported and recovered from`, async ({ page }) => {
    await open(page);
    await untilVersion(page, 1);
    const worker = page.workers().find((each) => each.url().includes(role));
    if (worker === undefined) throw new Error(`There is no ${role} worker.`);
    const { policyVersion } = (await state(page)).status;
    await worker.evaluate(() => self.close());
    await expect(page.locator('.notice')).toContainText('restarted');
    await picture(page, `recovery-${role}`);
    const restarted = (await state(page)).status.policyVersion;
    // At most the update under way is lost.
    expect(restarted).toBeGreaterThanOrEqual(policyVersion - 1);
    await untilVersion(page, restarted + 1);
    const before = await ticks(page);
    await expect.poll(() => ticks(page)).toBeGreaterThan(before);
  });
}
