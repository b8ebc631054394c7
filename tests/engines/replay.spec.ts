import { readFileSync, writeFileSync } from 'node:fs';
import type { MatchTicks } from '../testing/replay-ticks';
import { elements } from './elements';
import { goAt, untilOver } from './match';
import { expect, test } from './suite';

/** Node's hashes: engines that come to them have come to the same as one another. */
const kept = JSON.parse(
  readFileSync(new URL('../fixtures/volley-match.json', import.meta.url), 'utf8'),
) as MatchTicks;

test('a kept match has the hash that Node has at every tick', async ({ visit }, testInfo) => {
  const { record, tickDigest } = kept;
  const file = testInfo.outputPath('match.json');
  writeFileSync(file, JSON.stringify(record));
  const page = await visit();
  await page.open('game=volley');
  await page.click(elements.tabs.play);
  await page.upload(elements.importReplay, file);
  await page.click(elements.watchReplay);
  await goAt(page, elements.matchSpeedMax, 'max');
  await untilOver(page);
  expect(await page.court()).toMatchObject({ score: record.score, hash: record.finalHash, tickDigest });
});
