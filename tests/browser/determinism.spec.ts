import { readFileSync, writeFileSync } from 'node:fs';
import type { MatchTicks } from '../testing/replay-ticks';
import { expect, open, state, test } from './page';

const kept = JSON.parse(
  readFileSync(new URL('../fixtures/volley-match.json', import.meta.url), 'utf8'),
) as MatchTicks;

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
  for (const speed of ['1', 'max'] as const) {
    await expect.poll(async () => (await court())?.phase).not.toBe('over');
    await page.locator(`.match-bar input[value="${speed}"]`).check({ force: true });
    await expect.poll(async () => (await state(page)).play?.court?.speed).toBe(speed);
    await expect.poll(async () => (await court())?.phase, { timeout: 60_000 }).toBe('over');
    expect(await court(), `at speed ${speed}`).toMatchObject({
      score: record.score,
      hash: record.finalHash,
      tickDigest,
    });
    if (speed === '1')
      await page.locator('.match-bar').getByRole('button', { name: 'From the start' }).click();
  }
});
