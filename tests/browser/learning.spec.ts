import type { Page } from '@playwright/test';
import { expect, open, picture, state, test, untilVersion } from './page';

const meanReturn = async (page: Page) => (await state(page)).status.meanReturn ?? 0;

/** The game goes on while the learner is busy, and the learner keeps up. */
async function expectBothToRun(page: Page): Promise<void> {
  const { status } = await state(page);
  expect(status.decisionsDuringUpdate).toBeGreaterThan(0);
  expect(status.policyLag).toBeLessThanOrEqual(1);
}

test('the page learns Balance from scratch, with nobody touching it', async ({ page }) => {
  test.setTimeout(200_000);
  await open(page);
  expect((await state(page)).game).toBe('balance');
  await untilVersion(page, 1);
  await picture(page, 'learning-begins');
  await expect.poll(() => meanReturn(page), { timeout: 150_000, intervals: [500] }).toBeGreaterThan(195);
  await picture(page, 'learning-balance-learned');
  await expectBothToRun(page);
});

test('WebGL learns, pinned where it is drawn in software', { tag: '@long' }, async ({ page }) => {
  test.setTimeout(200_000);
  await open(page, 'backend=webgl');
  expect((await state(page)).status.backend?.name).toBe('webgl');
  // Untrained it falls after 22 decisions.
  await expect.poll(() => meanReturn(page), { timeout: 150_000, intervals: [500] }).toBeGreaterThan(40);
  await expectBothToRun(page);
});

test('Swing learns on too: episodes end by time limit and returns are reported', async ({ page }) => {
  await open(page, 'game=swing');
  expect((await state(page)).game).toBe('swing');
  await untilVersion(page, 2, 90_000);
  expect((await state(page)).status.meanReturn).toBeLessThan(0);
  await picture(page, 'swing');
});

test('a first visit learns before any of tfjs is fetched, and tries WebGL afterwards', async ({ page }) => {
  /** How many updates were finished when a file was asked for. */
  const updatesBefore = new Map<string, number>();
  await page.context().route(/\.(js|wasm)$/, async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    const updates = await page
      .evaluate(() => window.playtrain?.state().status.policyVersion ?? 0)
      .catch(() => 0);
    updatesBefore.set(name, updates);
    await route.continue();
  });
  await open(page, 'game=balance&speed=max');
  await untilVersion(page, 1);
  const tfjs = () => [...updatesBefore].filter(([name]) => /^webgl-|tfjs/.test(name));
  await expect.poll(() => tfjs().length).toBe(1);
  expect(tfjs()[0]?.[1]).toBeGreaterThan(0);
  await expect
    .poll(async () => (await state(page)).status.backend?.reason, { timeout: 60_000 })
    .toContain('measured just now');
  const { backend, policyVersion } = (await state(page)).status;
  expect(backend?.timings.map((timing) => `${timing.job} ${timing.backend}`).sort()).toEqual([
    'act cpu',
    'act wasm',
    'update cpu',
    'update wasm',
    'update webgl',
  ]);
  await untilVersion(page, policyVersion + 2);

  // The next visit knows, and fetches nothing of it where it is slower.
  updatesBefore.clear();
  await page.reload();
  await untilVersion(page, policyVersion + 4);
  await expect
    .poll(async () => (await state(page)).status.backend?.reason ?? '')
    .toContain('at an earlier visit');
  expect(tfjs().length).toBe(backend?.name === 'webgl' ? 1 : 0);
});
