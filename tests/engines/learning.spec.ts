import { winRateKey } from '../../src/contract';
import { expect, test } from './suite';
import type { Visit } from './visit';

const patience = { timeout: 75_000, intervals: [250] };

async function untilReturn(page: Visit, goal: number): Promise<void> {
  const meanReturn = async () => (await page.state()).status.meanReturn ?? Number.NEGATIVE_INFINITY;
  await expect.poll(meanReturn, patience).toBeGreaterThanOrEqual(goal);
}

test('Balance is learned from nothing', async ({ visit }) => {
  const page = await visit();
  await page.open('game=balance&speed=max');
  await untilReturn(page, 195);
});

test('Swing is learned from nothing', async ({ visit }) => {
  const page = await visit();
  await page.open('game=swing&speed=max');
  await page.untilVersion(1);
  await untilReturn(page, -700);
});

test('Volley is learned from nothing, by self-play', async ({ visit }) => {
  const page = await visit();
  await page.open('game=volley&speed=max');
  await page.untilVersion(1);
  // Untrained it wins four rallies in ten.
  const winRate = () =>
    page.page.evaluate((key) => window.playtrain?.newestPoint()?.values[key] ?? 0, winRateKey('bot-pebble'));
  await expect.poll(winRate, patience).toBeGreaterThanOrEqual(0.6);
});
