import { volley } from '../../src/game/volley/simulation';
import { decodeMatchRecord } from '../../src/match/record';
import { verifyRecord } from '../../src/match/replay';
import { elements } from './elements';
import { type KeyCode, phone } from './engine';
import { find, type Wanted } from './find';
import { deedsOfLeft, goAt, type Hold, leaveCourt, playBlindly, startMatch, untilOver } from './match';
import { expect, test } from './suite';
import type { Visit } from './visit';

/** Keeps the match on the court, sees it again, and exports it: everywhere the same states to the bit. */
async function expectSameEverywhere(page: Visit): Promise<void> {
  const played = await page.court();
  await page.click(elements.keepReplay);
  await expect.poll(async () => (await page.state()).play?.replays.length).toBe(1);
  await leaveCourt(page);

  await page.click(elements.watchReplay);
  await goAt(page, elements.matchSpeedMax, 'max');
  await untilOver(page);
  expect(await page.court()).toMatchObject({ score: played.score, hash: played.hash });
  await leaveCourt(page);

  const file = await page.download(elements.exportReplay);
  const record = decodeMatchRecord(file.toString());
  expect(record.finalHash).toBe(played.hash);
  expect(verifyRecord(volley, record)).toEqual(played.score);
  expect(deedsOfLeft(record)).toEqual(new Set(['left', 'right', 'jump']));
}

test('a match is played by keyboard, and its replay comes to the same here and in Node', async ({
  visit,
}) => {
  const page = await visit();
  await page.open('game=volley');
  await startMatch(page);
  const key = (code: KeyCode): Hold => ({
    down: () => page.page.keyDown(code),
    up: () => page.page.keyUp(code),
  });
  await playBlindly(page, [key('ArrowRight'), key('ArrowUp'), key('ArrowLeft')]);
  await expectSameEverywhere(page);
});

test('a match is played with a finger on a phone’s screen', async ({ visit }) => {
  const page = await visit({ touchScreen: true });
  await page.page.resize(phone);
  await page.open('game=volley');
  await startMatch(page);
  const pad = (wanted: Wanted): Hold => ({
    down: async () => page.page.hold(await find(page.page, wanted)),
    up: () => page.page.release(),
  });
  await playBlindly(page, [pad(elements.padRight), pad(elements.padJump), pad(elements.padLeft)]);
  // The thumb that is lifted answers nothing.
  expect((await page.court()).phase).toBe('over');
  await expect
    .poll(() =>
      page.page.evaluate(
        (card) => getComputedStyle(document.querySelector(card)!).pointerEvents,
        '.match-card-buttons',
      ),
    )
    .not.toBe('none');
  await expectSameEverywhere(page);
});
