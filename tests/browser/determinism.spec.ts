import { readFileSync, writeFileSync } from 'node:fs';
import type { MatchTicks } from '../testing/replay-ticks';
import { expect, open, state, test } from './page';

const kept = JSON.parse(
  readFileSync(new URL('../fixtures/volley-match.json', import.meta.url), 'utf8'),
) as MatchTicks;

/** Enough for serves, touches and a point. */
const ticksAtOne = 240;

test('under Phaser a match has the same hash at every tick as in Node, at 1× and as fast as it goes', async ({
  page,
}, testInfo) => {
  const { record, tickDigest } = kept;
  const file = testInfo.outputPath('match.json');
  writeFileSync(file, JSON.stringify(record));
  await open(page, 'game=volley');
  await page.getByRole('tab', { name: 'Play' }).click();
  await page.getByLabel('Import replay').setInputFiles(file);
  await page.getByRole('button', { name: /^Watch Hawk/ }).click();

  const court = () => page.evaluate(() => window.playtrain?.court());
  const goAt = async (speed: '1' | 'max') => {
    await page.locator(`.match-bar input[value="${speed}"]`).check({ force: true });
    await expect.poll(async () => (await state(page)).play?.court?.speed).toBe(speed);
  };
  await goAt('1');
  await expect.poll(async () => (await court())?.ticks ?? 0).toBeGreaterThan(ticksAtOne);
  expect((await court())?.phase, 'the match is shown at 1× for so long').not.toBe('over');
  await goAt('max');
  await expect.poll(async () => (await court())?.phase, { timeout: 60_000 }).toBe('over');
  // The digest is of every tick, those at 1× among them.
  expect(await court()).toMatchObject({ score: record.score, hash: record.finalHash, tickDigest });
});
