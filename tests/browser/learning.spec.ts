import { expect, open, picture, state, test, untilVersion } from './page';

test('the page learns Balance from scratch, with nobody touching it', async ({ page }) => {
  test.setTimeout(300_000);
  // Pinned, since the automatic choice passes over WebGL that is drawn in software.
  await open(page, 'backend=webgl');
  const opened = await state(page);
  expect(opened.game).toBe('balance');
  expect(opened.status.backend?.name).toBe('webgl');
  await untilVersion(page, 1);
  await picture(page, 'learning-begins');

  await expect
    .poll(async () => (await state(page)).status.meanReturn ?? 0, { timeout: 240_000, intervals: [1000] })
    .toBeGreaterThan(195);
  await picture(page, 'learning-balance-learned');
  const { status } = await state(page);
  // The game went on while the learner was busy.
  expect(status.decisionsDuringUpdate).toBeGreaterThan(0);
  expect(status.policyLag).toBeLessThanOrEqual(1);
});

test('Swing learns on too: episodes end by time limit and returns are reported', async ({ page }) => {
  await open(page, 'game=swing');
  expect((await state(page)).game).toBe('swing');
  await untilVersion(page, 2, 90_000);
  expect((await state(page)).status.meanReturn).toBeLessThan(0);
  await picture(page, 'swing');
});
