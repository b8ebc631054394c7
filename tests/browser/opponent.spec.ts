import { winRateKey } from '../../src/contract';
import { expect, open, picture, state, test, untilVersion } from './page';

/** By then it has met each scripted player 200 times. */
const updatesBefore = 30;

test('Volley from scratch, as fast as it goes, comes to beat a scripted player', async ({ page }) => {
  test.setTimeout(200_000);
  await open(page, 'game=volley&speed=max');
  expect((await state(page)).status.policyVersion).toBeLessThan(updatesBefore);
  await untilVersion(page, updatesBefore, 90_000);
  // Untrained it wins four rallies in ten.
  const winRate = () =>
    page.evaluate((key) => window.playtrain?.newestPoint()?.values[key] ?? 0, winRateKey('bot-pebble'));
  await expect.poll(winRate, { timeout: 90_000, intervals: [500] }).toBeGreaterThanOrEqual(0.6);
  await picture(page, 'volley-opponent');
});
