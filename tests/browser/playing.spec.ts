import type { Page } from '@playwright/test';
import { expect, open, picture, state, test, ticks, untilReady, untilVersion } from './page';

test('the keyboard alone takes an arena over and hands it back, while the agent learns on', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press(']');
  await expect.poll(async () => (await state(page)).focusedArena).toBe(1);
  await page.keyboard.press('t');
  await expect.poll(async () => (await state(page)).focusPlayer).toBe('person');
  await page.keyboard.down('ArrowRight');
  await picture(page, 'playing-taken-over');
  const { policyVersion } = (await state(page)).status;
  await untilVersion(page, policyVersion + 1);
  await page.keyboard.up('ArrowRight');
  await page.keyboard.press('t');
  await expect.poll(async () => (await state(page)).focusPlayer).toBe('newest');
});

test('a key that a person chose plays, also after a reload, and is no shortcut then', async ({ page }) => {
  await open(page);
  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'Player 1, left: A; change it' }).click();
  // Else it would freeze the policy.
  await page.keyboard.press('f');
  await expect.poll(async () => (await state(page)).bindings['first.left']).toEqual(['KeyF']);
  await picture(page, 'playing-keys');
  await page.reload();
  await untilReady(page);
  expect((await state(page)).bindings['first.left']).toEqual(['KeyF']);
  await page.keyboard.press('t');
  await expect.poll(async () => (await state(page)).focusPlayer).toBe('person');
  await page.keyboard.press('f');
  expect((await state(page)).focusPlayer).toBe('person');
});

test('pause stops the game, a step is one tick, and play goes on', async ({ page }) => {
  await open(page);
  await page.keyboard.press(' ');
  await expect.poll(async () => (await state(page)).running).toBe(false);
  const paused = await settledTicks(page);
  await page.keyboard.press('.');
  await expect.poll(() => ticks(page)).toBe(paused + 1);
  await page.waitForTimeout(300);
  expect(await ticks(page)).toBe(paused + 1);
  await page.keyboard.press(' ');
  await expect.poll(() => ticks(page)).toBeGreaterThan(paused + 10);
});

test('faster is faster', async ({ page }) => {
  await open(page, 'rolloutLength=8192');
  const ticksInASecond = async () => {
    const before = await ticks(page);
    await page.waitForTimeout(1000);
    return (await ticks(page)) - before;
  };
  await page.keyboard.press('1');
  const realtime = await ticksInASecond();
  await page.keyboard.press('2');
  const fourfold = await ticksInASecond();
  await page.keyboard.press('4');
  const fastest = await ticksInASecond();
  // Balance ticks 50 times a second.
  expect(realtime).toBeGreaterThan(35);
  expect(realtime).toBeLessThan(65);
  expect(fourfold).toBeGreaterThan(2 * realtime);
  expect(fastest).toBeGreaterThan(fourfold);
});

test('the same seed and the same policy give the same states at every speed', async ({ page }) => {
  // A rollout so long that no update comes between.
  const link = (speed: string) => `seed=5&rolloutLength=8192&speed=${speed}`;
  const runTo = async (speed: string, atLeast: number) => {
    await open(page, link(speed));
    // Paused from inside the page: thousands of ticks pass while a key press travels to it.
    await page.evaluate(
      (least) =>
        new Promise<void>((resolve) => {
          const look = () => {
            if ((window.playtrain?.ticks() ?? 0) < least) {
              setTimeout(look, 1);
              return;
            }
            document.dispatchEvent(new KeyboardEvent('keydown', { key: ' ' }));
            resolve();
          };
          look();
        }),
      atLeast,
    );
    return settledTicks(page);
  };
  const fast = await runTo('max', 200);
  const fastHash = await hash(page);
  // A new document, not only another hash of the same one.
  await page.goto('about:blank');
  // At 4× some tens of ticks pass between the look and the pause; the rest is stepped.
  const slow = await runTo('4', fast - 150);
  expect(slow).toBeLessThan(fast);
  // A thousand key presses through the browser take a minute; these are the same events.
  await page.evaluate((steps) => {
    for (let step = 0; step < steps; step++)
      document.dispatchEvent(new KeyboardEvent('keydown', { key: '.' }));
  }, fast - slow);
  await expect.poll(() => ticks(page)).toBe(fast);
  expect(await hash(page)).toBe(fastHash);
});

const hash = (page: Page) => page.evaluate(() => window.playtrain?.hash());

/** Ticks once they have stopped: an answer may still have been under way. */
async function settledTicks(page: Page): Promise<number> {
  let before = -1;
  let now = await ticks(page);
  while (now !== before) {
    await page.waitForTimeout(150);
    before = now;
    now = await ticks(page);
  }
  return now;
}
