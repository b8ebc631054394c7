import { readFileSync, writeFileSync } from 'node:fs';
import type { Page, Route } from '@playwright/test';
import { volley } from '../../src/game/volley/simulation';
import { decodeMatchRecord, type MatchRecord } from '../../src/match/record';
import { verifyRecord } from '../../src/match/replay';
import type { CourtState, PlayState } from '../../src/ui/matches/play-state';
import { expect, open, picture, state, test, untilVersion } from './page';

test('a match is played by keyboard, moves the rating, and its replay comes to the same score', async ({
  page,
}) => {
  const waiting: Route[] = [];
  let isHeld = true;
  await page.route(/\.safetensors$/, (route) => (isHeld ? void waiting.push(route) : route.continue()));
  await open(page, 'game=volley');
  await page.getByRole('tab', { name: 'Play' }).click();
  const before = (await play(page)).visitor;

  // Whoever wants something else does not wait for an agent that does not come.
  await page.locator('.play-button').click();
  await expect(page.getByText('The match is on its way')).toBeVisible();
  await picture(page, 'volley-fetching');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The match is on its way')).toBeHidden();
  isHeld = false;
  for (const route of waiting) await route.continue();
  expect((await play(page)).court).toBeNull();

  const beganMs = Date.now();
  await page.locator('.play-button').click();
  await expect.poll(async () => (await state(page)).play?.court?.view.phase).toBe('countdown');
  await picture(page, 'volley-countdown');
  await goAt(page, '16');
  await expect.poll(async () => (await court(page)).speed).toBe('16');

  // Nobody loses a point in a tab that nobody sees.
  await hide(page, true);
  await expect.poll(async () => (await court(page)).paused).toBe(true);
  await hide(page, false);
  await page.locator('.match-bar').getByRole('button', { name: 'Resume' }).click();
  // Nor while somebody looks at another window.
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect.poll(async () => (await court(page)).paused).toBe(true);
  await page.locator('.match-bar').getByRole('button', { name: 'Resume' }).click();

  await playByKeys(page);
  expect(Date.now() - beganMs).toBeLessThan(60_000);
  await expect.poll(async () => (await court(page)).ratingChange).not.toBeNull();
  const { view, ratingChange } = await court(page);
  expect(view.score[view.winner ?? 0]).toBe(Math.max(...view.score));
  expect(Math.max(...view.score)).toBeGreaterThanOrEqual(view.pointsToWin ?? Number.POSITIVE_INFINITY);
  const after = (await play(page)).visitor;
  expect(ratingChange).toMatchObject({ before: before.rating, after: after.rating });
  expect(after.matches).toBe(before.matches + 1);
  expect(Math.sign(after.rating - before.rating)).toBe(view.winner === 0 ? 1 : -1);
  await picture(page, 'volley-over');

  const played = await probe(page);
  await page.locator('.match-bar').getByRole('button', { name: 'Keep replay' }).click();
  await expect.poll(async () => (await play(page)).replays.length).toBe(1);
  await leave(page);
  await page.getByRole('button', { name: /^Watch Person/ }).click();
  await expect.poll(async () => (await state(page)).play?.court?.kind).toBe('replay');
  await goAt(page, 'max');
  await untilOver(page);
  expect(await probe(page)).toMatchObject({ score: played.score, hash: played.hash });
  // A replay counts for nothing.
  expect((await play(page)).visitor).toEqual(after);

  // To its start and back, without playing what lies between.
  const slider = page.getByRole('slider', { name: 'Place in the match' });
  await goAt(page, '1');
  await slider.press('Home');
  await expect.poll(async () => (await probe(page)).score).toEqual([0, 0]);
  await page.locator('.match-bar').getByRole('button', { name: 'Pause' }).click();
  await slider.press('PageUp');
  await expect.poll(async () => (await probe(page)).score.toSorted()).toEqual([0, 1]);
  await picture(page, 'volley-replay');
  await slider.press('End');
  await untilOver(page);
  expect(await probe(page)).toMatchObject({ score: played.score, hash: played.hash });

  // Handed on: whoever opens the link sees the match, and has what they had.
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => document.body.setAttribute('data-copied', text);
  });
  await page.locator('.match-bar').getByRole('button', { name: 'Share' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-copied', /#game=volley&replay=[\w-]+$/);
  const link = (await page.locator('body').getAttribute('data-copied')) ?? '';
  const { front } = await state(page);
  await page.goto('about:blank');
  await page.goto(link);
  await expect.poll(async () => (await state(page)).play?.court?.kind).toBe('replay');
  expect((await court(page)).kept).toBe(false);
  expect((await state(page)).front).toBe(front);
  expect((await play(page)).replays).toHaveLength(1);
  await slider.press('End');
  await untilOver(page);
  expect(await probe(page)).toMatchObject({ score: played.score, hash: played.hash });
  await page.evaluate(
    (address) => {
      location.hash = address;
    },
    link.slice(link.indexOf('#'), -20),
  );
  await expect(page.locator('.notices')).toContainText('cut short or changed');

  await page.reload();
  await expect.poll(async () => (await state(page)).play?.visitor).toEqual(after);
  expect((await play(page)).replays).toHaveLength(1);
});

test('two agents and a seed make one match, whenever it is played, here and in Node', async ({ page }) => {
  await open(page, 'game=volley');
  const before = await play(page);
  const watched = async (speed: CourtState['speed']) => {
    await page.locator('.play-button').click();
    await expect.poll(async () => (await state(page)).play?.court?.kind).toBe('match');
    await goAt(page, speed);
    await untilOver(page);
    const { score, hash } = await probe(page);
    return { score, hash };
  };
  await setUpWatching(page, 'bot-steady', 'bot-pebble', 20260);
  const first = await watched('max');
  await page.locator('.match-bar').getByRole('button', { name: 'Keep replay' }).click();
  await expect.poll(async () => (await play(page)).replays.length).toBe(1);
  await leave(page);
  expect(await watched('16')).toEqual(first);
  await leave(page);

  const record = await exported(page);
  expect(record.seed).toBe(20260);
  expect(record.finalHash).toBe(first.hash);
  expect(verifyRecord(volley, record)).toEqual(first.score);
  expect((await play(page)).visitor).toEqual(before.visitor);
});

test('agents play rating matches in the background, and none while a person plays', async ({ page }) => {
  await open(page, 'game=volley');
  const shipped = async () =>
    (await play(page)).contestants.filter(({ kind }) => kind === 'shipped' || kind === 'scripted');
  await expect.poll(async () => (await shipped()).length).toBeGreaterThan(1);
  const before = await shipped();
  await untilVersion(page, 1);
  const matches = () => generationMatches(page);
  await expect.poll(matches, { timeout: 60_000 }).toBeGreaterThan(0);
  // Those that ship hold the scale.
  expect(await shipped()).toEqual(before);

  await page.getByRole('tab', { name: 'Play' }).click();
  await page.locator('.play-button').click();
  await expect.poll(async () => (await state(page)).play?.court?.kind).toBe('match');
  // What was over already may still be on its way.
  await page.waitForTimeout(1500);
  const begun = await matches();
  await page.waitForTimeout(2500);
  expect(await matches()).toBe(begun);
});

test('two people share the keyboard', async ({ page }) => {
  await open(page, 'game=volley');
  await page.getByRole('tab', { name: 'Play' }).click();
  await page.locator('input[name=match-kind][value=people]').check({ force: true });
  await page.locator('.play-button').click();
  await expect.poll(async () => (await state(page)).play?.court?.view.phase).toBe('rally');
  // Both run to the net and jump there; only the left half of the keyboard moves the left one.
  await picture(page, 'volley-two-people');
  await page.keyboard.down('KeyD');
  await page.keyboard.down('ArrowLeft');
  await goAt(page, '16');
  await untilOver(page);
  await page.keyboard.up('KeyD');
  await page.keyboard.up('ArrowLeft');
  const { ratingChange, view } = await court(page);
  expect(view.names).toEqual(['Player 1', 'Player 2']);
  expect(ratingChange).toBeNull();
});

test('the agent in training learns from a person, and takes its new version over in mid-match', async ({
  page,
}) => {
  await open(page, 'game=volley&rolloutLength=32&minibatchSize=128');
  await untilVersion(page, 1);
  await page.getByRole('tab', { name: 'Play' }).click();
  // As a rival, trained as fast as it goes; cut short here.
  await page.getByRole('button', { name: 'Train two minutes, then play it' }).click();
  await expect.poll(async () => (await play(page)).rival?.leftMs ?? 0).toBeLessThan(120_000);
  expect((await state(page)).speed).toBe('max');
  await page.getByRole('button', { name: 'Play it now' }).click();
  await expect
    .poll(async () => (await state(page)).play?.court?.view.phase, { timeout: 60_000 })
    .toBe('rally');
  const began = await court(page);
  expect(began.setup.seats).toContain('training');
  expect((await state(page)).speed).toBe('1');
  expect(began).toMatchObject({ learning: true, takeovers: 0 });
  await picture(page, 'volley-learning');
  await page.keyboard.down('ArrowRight');
  await expect.poll(async () => (await court(page)).takeovers).toBeGreaterThan(0);
  await page.keyboard.up('ArrowRight');
  expect((await court(page)).version).toBeGreaterThan(began.version ?? Number.POSITIVE_INFINITY);

  // A pause is for the whole run.
  await page.locator('.match-bar').getByRole('button', { name: 'Pause' }).click();
  await expect.poll(async () => (await court(page)).paused).toBe(true);
  const paused = await probe(page);
  await page.waitForTimeout(500);
  expect(await probe(page)).toEqual(paused);

  await leave(page);
  await untilVersion(page, (await state(page)).status.policyVersion + 1);
  expect((await play(page)).court).toBeNull();
});

test('wrong files are refused with a sentence and nothing is lost', async ({ page }, testInfo) => {
  await open(page, 'game=volley');
  await untilVersion(page, 1);
  await setUpWatching(page, 'bot-steady', 'bot-pebble', 3);
  await page.locator('.play-button').click();
  await goAt(page, 'max');
  await untilOver(page);
  await page.locator('.match-bar').getByRole('button', { name: 'Keep replay' }).click();
  await leave(page);
  const record = await exported(page);
  const agent = await exportedAgent(page);
  const text = (changes: object) => Buffer.from(JSON.stringify({ ...record, ...changes }));
  const files: readonly (readonly [name: string, content: Buffer, says: RegExp])[] = [
    ['shopping.safetensors', Buffer.from('Apples, pears, plums.'), /\w+ .*\./],
    ['cut.safetensors', agent.subarray(0, agent.length / 2), /\w+ .*\./],
    ['other-game.safetensors', replaced(agent, '"volley', '"wolley'), /damaged or changed/],
    [
      'other-version.safetensors',
      replaced(agent, 'formatVersion":"2', 'formatVersion":"9'),
      /damaged or changed|version/,
    ],
    ['shopping.json', Buffer.from('Apples, pears, plums.'), /readable/],
    ['other-game.json', text({ game: 'balance' }), /balance/],
    ['later.json', text({ formatVersion: 2 }), /version/],
    ['other-seed.json', text({ seed: 4 }), /does not repeat/],
    ['other-score.json', text({ score: [0, 0] }), /does not repeat/],
  ];
  const before = await play(page);
  for (const [name, content, says] of files) {
    const file = testInfo.outputPath(name);
    writeFileSync(file, content);
    await page.getByLabel(name.endsWith('.json') ? 'Import replay' : 'Import agent').setInputFiles(file);
    const notice = page.locator('.notice[data-severity=error]');
    await expect(notice, name).toContainText(says);
    await notice.getByRole('button').click();
    await expect(notice).toHaveCount(0);
  }
  const after = await play(page);
  expect(after.replays).toEqual(before.replays);
  // The run goes on learning, so it may keep another generation meanwhile.
  const others = ({ contestants }: typeof after) =>
    contestants.filter(({ kind }) => kind !== 'generation').map(({ id }) => id);
  expect(others(after).sort()).toEqual(others(before).sort());

  // What was exported may come back.
  const file = testInfo.outputPath('mine.safetensors');
  writeFileSync(file, agent);
  await page.getByLabel('Import agent').setInputFiles(file);
  await expect
    .poll(async () => (await play(page)).contestants.some(({ kind }) => kind === 'imported'))
    .toBe(true);
});

/** Matches that the ratings of generations rest on, as they are kept. */
function generationMatches(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('playtrain');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction('standings').objectStore('standings');
          let sum = 0;
          const reading = store.openCursor();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => {
            const cursor = reading.result;
            if (cursor === null) {
              opening.result.close();
              resolve(sum);
              return;
            }
            const [, player] = cursor.key as [string, string];
            const { matches } = cursor.value as { matches: number };
            if (player.startsWith('generation/')) sum += matches;
            cursor.continue();
          };
        };
      }),
  );
}

/** What the page shows of matches. */
async function play(page: Page): Promise<PlayState> {
  const shown = (await state(page)).play;
  if (shown === null) throw new Error('The page shows nothing of matches.');
  return shown;
}

async function court(page: Page): Promise<CourtState> {
  const shown = (await play(page)).court;
  if (shown === null) throw new Error('There is nothing on the court.');
  return shown;
}

async function probe(page: Page) {
  const seen = await page.evaluate(() => window.playtrain?.court());
  if (seen === null || seen === undefined) throw new Error('There is nothing on the court.');
  return seen;
}

const untilOver = (page: Page) =>
  expect.poll(async () => (await probe(page)).phase, { timeout: 60_000 }).toBe('over');

/** Runs and jumps until somebody has won. */
async function playByKeys(page: Page): Promise<void> {
  await page.keyboard.down('ArrowUp');
  for (const key of repeated(['ArrowRight', 'ArrowLeft'])) {
    if ((await probe(page)).phase === 'over') break;
    await page.keyboard.down(key);
    await page.waitForTimeout(100);
    await page.keyboard.up(key);
  }
  await page.keyboard.up('ArrowUp');
}

function* repeated<Item>(items: readonly Item[]): Generator<Item> {
  for (;;) yield* items;
}

/** Lets the page believe that its tab is hidden, or seen again. */
async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

/** The radio buttons lie under what people see of them. */
const choose = (page: Page, contestant: string) =>
  page.locator(`.ladder input[value=${contestant}]`).check({ force: true });
const goAt = (page: Page, speed: CourtState['speed']) =>
  page.locator(`.match-bar input[value="${speed}"]`).check({ force: true });

async function leave(page: Page): Promise<void> {
  await page.locator('.match-bar').getByRole('button', { name: 'Leave the court' }).click();
  await expect.poll(async () => (await play(page)).court).toBeNull();
}

const nameOf = { 'bot-steady': 'Steady', 'bot-pebble': 'Pebble' } as const;
type Watched = keyof typeof nameOf;

async function setUpWatching(page: Page, left: Watched, right: Watched, seed: number): Promise<void> {
  await page.getByRole('tab', { name: 'Play' }).click();
  await page.locator('input[name=match-kind][value=agents]').check({ force: true });
  const legend = page.locator('.ladder legend');
  for (const [side, id] of [
    ['left', left],
    ['right', right],
  ] as const) {
    await page.locator(`input[name=cast-seat][value=${side}]`).check({ force: true });
    await expect(legend).toContainText(side);
    await choose(page, id);
    // Each choice is built on the one shown.
    await expect(page.locator(`.seat[data-side=${side}] .seat-name`)).toHaveText(nameOf[id]);
  }
  await page.locator('#match-seed').fill(String(seed));
  await page.locator('#match-seed').press('Enter');
  await expect.poll(async () => (await play(page)).setup).toMatchObject({ seats: [left, right], seed });
}

async function exported(page: Page): Promise<MatchRecord> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: /^Export .*:/ })
      .first()
      .click(),
  ]);
  return decodeMatchRecord(readFileSync(await download.path(), 'utf8'));
}

async function exportedAgent(page: Page): Promise<Buffer> {
  await choose(page, 'training');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Export Agent/ }).click(),
  ]);
  return readFileSync(await download.path());
}

/** Of the same length. */
function replaced(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}
