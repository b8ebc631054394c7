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

test('all ways to compute an update are timed, or a sentence says why not', async ({ visit }) => {
  const page = await visit();
  await page.open('game=balance&speed=max');
  const report = async () => (await page.state()).status.backend;
  await expect.poll(async () => (await report())?.reason, patience).toContain('measured just now');
  const found = await report();
  const timed = found?.timings.filter(({ job }) => job === 'update').map(({ backend }) => backend);
  expect(timed?.slice(0, 2)).toEqual(['wasm', 'cpu']);
  if (!timed?.includes('webgl')) expect(found?.reason).toContain('WebGL cannot be used here: ');
  expect(await page.notices()).toEqual([]);
  await page.untilVersion((await page.state()).status.policyVersion + 2);
});
