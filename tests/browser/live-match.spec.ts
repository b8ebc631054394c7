import type { Page } from '@playwright/test';
import { expect, open, picture, state, test, ticks } from './page';

const match = async (page: Page) => (await state(page)).liveMatch;
const panel = (page: Page) => page.getByRole('tabpanel', { name: 'Play' });

test('a person plays a rated match in a live game by its keys, and what came of it is there after a reload', async ({
  page,
}) => {
  await open(page, 'game=duel');
  await page.getByRole('tab', { name: 'Play' }).click();
  await panel(page)
    .getByRole('radio', { name: /Hard, by rules/ })
    .check();
  await picture(page, 'live-match-before');
  await panel(page).getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(async () => (await match(page))?.isPlayed).toBe(true);
  // The space bar throws, though it would else pause the page.
  for (const key of ['w', 'd', ' ', 's', 'a']) await page.keyboard.press(key, { delay: 150 });
  expect(await state(page)).toMatchObject({ running: true, focusPlayer: 'person' });
  // Whoever only stands there soon loses a round, and then has more against them than for them.
  await expect
    .poll(
      async () => {
        const [own, other] = (await match(page))?.score ?? [0, 0];
        return other - own;
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(0);
  await picture(page, 'live-match-played');
  await panel(page).getByRole('button', { name: 'Leave the match' }).click();
  await expect(panel(page).getByRole('status')).toContainText('You lost.');
  await expect(panel(page).getByText('after 1 match')).toBeVisible();
  await expect(panel(page).getByText('0 won, 1 lost')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take over' })).toBeVisible();
  // Had it missed a question meanwhile, the agent would be started anew.
  const left = await ticks(page);
  await expect.poll(() => ticks(page)).toBeGreaterThan(left + 60);
  expect((await state(page)).notices).toEqual([]);
  await picture(page, 'live-match-left');
  const { visitor } = (await match(page))!;

  await page.reload();
  await expect.poll(async () => (await match(page))?.visitor, { timeout: 60_000 }).toEqual(visitor);
  expect(visitor).toMatchObject({ matches: 1, against: { 'bot-hard': { won: 0, lost: 1 } } });
});
