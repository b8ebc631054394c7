import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { lessons } from '../../src/lessons/library';
import { expect, open, picture, state, test, untilReady, untilVersion } from './page';
import { answerRightly, answerWrongly, capture, card, perform, untilAsked } from './taking-lessons';

for (const lesson of lessons) {
  test(`the lesson “${lesson.id}” is taken to its end, by wrong and right answers`, async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'Lessons', exact: true }).click();
    const item = page.getByRole('dialog').getByRole('listitem').nth(lessons.indexOf(lesson));
    await item.getByRole('button', { name: /: Begin$/ }).click();
    await expect(card(page)).toBeVisible();
    await untilReady(page);
    const visit = async () => (await state(page)).lessons.visit;
    const steps = (await visit())?.steps ?? [];
    expect(steps.length).toBeGreaterThan(4);
    for (const [at, step] of steps.entries()) {
      await expect.poll(async () => (await visit())?.progress.at).toBe(at);
      await untilAsked(page);
      if (step.kind === 'do') await perform(page, step);
      if (step.kind === 'predict') {
        await answerWrongly(page, step);
        await answerRightly(page, step);
      }
      if (at === 3) {
        await picture(page, `lesson-${lesson.id}`);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      }
      await card(page).getByRole('button', { name: 'Next' }).click();
    }
    await expect(card(page).getByRole('heading', { name: 'Done' })).toBeVisible();
    expect((await state(page)).lessons.kept[lesson.id]?.isOver).toBe(true);
  });
}

test('on paper a lesson stands above what it asks about, on sheets of any width', async ({ page }) => {
  await open(page);
  await page.keyboard.press('l');
  await page
    .getByRole('button', { name: /: Begin$/ })
    .first()
    .click();
  await expect(card(page)).toBeVisible();
  await untilReady(page);
  await capture(page);
  await page.emulateMedia({ media: 'print' });
  for (const width of [794, 1123]) {
    await page.setViewportSize({ width, height: 1123 });
    const [lesson, inspector] = await Promise.all([
      card(page).boundingBox(),
      page.locator('.inspector').boundingBox(),
    ]);
    expect(lesson?.height).toBeGreaterThan(60);
    expect((lesson?.y ?? 0) + (lesson?.height ?? 0)).toBeLessThanOrEqual(inspector?.y ?? 0);
    await expect(card(page).getByRole('heading')).toBeInViewport({ ratio: 1 });
    await expect(page.locator('.skip-link')).toBeHidden();
  }
});

test('lessons are fetched when somebody asks for one', async ({ page }) => {
  await open(page);
  const fetched = () =>
    page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => /lesson/.test(name)).length,
    );
  expect(await fetched()).toBe(0);
  await page.keyboard.press('l');
  await expect(page.getByRole('dialog', { name: 'Lessons' })).toBeVisible();
  expect(await fetched()).toBeGreaterThan(0);
});

test.describe('lessons that do not come', () => {
  test.use({ expectedErrors: [/ERR_FAILED/] });

  test('are told of, and leave the page as it was', async ({ page }) => {
    await page.route(/\/assets\/lesson.*\.js$/, (route) => route.abort());
    await open(page);
    await page.getByRole('button', { name: 'Lessons', exact: true }).click();
    await expect(page.locator('.notice')).toContainText('The lesson could not be fetched');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect((await state(page)).lessons.isListed).toBe(false);
  });
});

test('where the browser keeps nothing, a link for a class opens, and a lesson gives the run back', async ({
  page,
}) => {
  await page.addInitScript(() => {
    // As where a person has forbidden it.
    IDBFactory.prototype.open = () => {
      throw new DOMException('The user denied it.', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('The user denied it.', 'SecurityError');
      },
    });
  });
  await open(page, 'lesson=lambda&seed=7&fixed=learningRate');
  await expect(card(page)).toBeVisible();
  const guest = await state(page);
  expect([guest.hyperparameters.seed, guest.keeping.kind]).toEqual([7, 'guest']);
  // There is nothing that could fail to be kept.
  expect(guest.notices.filter(({ severity }) => severity !== 'info')).toEqual([]);
  await untilVersion(page, 2);
  await card(page).getByRole('button', { name: 'Leave the lesson' }).click();
  await expect(card(page)).toHaveCount(0);
  await untilReady(page);

  await untilVersion(page, 1);
  const before = await state(page);
  await page.keyboard.press('l');
  await page.getByRole('button', { name: 'Why PPO clips: Begin' }).click();
  await expect(card(page)).toBeVisible();
  await untilReady(page);
  await card(page).getByRole('button', { name: 'Leave the lesson' }).click();
  await expect(card(page)).toHaveCount(0);
  await untilReady(page);
  // It waited in memory.
  const after = await state(page);
  expect(after.status.policyVersion).toBeGreaterThanOrEqual(before.status.policyVersion);
  expect([after.name, after.game, after.hyperparameters]).toEqual([
    before.name,
    before.game,
    before.hyperparameters,
  ]);
});

test('a lesson is gone on with where it was left, after a reload too', async ({ page }) => {
  await open(page, 'game=swing&seed=5&speed=4');
  await untilVersion(page, 1);
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('button', { name: 'Return and value: Begin' }).click();
  await expect(card(page)).toBeVisible();
  await untilReady(page);
  expect((await state(page)).keeping.kind).toBe('guest');
  const next = card(page).getByRole('button', { name: 'Next' });
  await expect(next).toBeEnabled();
  // The page goes in the very task of the click: the address finds the lesson again, and the step is where it was.
  const loaded = page.waitForEvent('load');
  await next.evaluate((button: HTMLButtonElement) => {
    button.click();
    location.reload();
  });
  await loaded;
  await untilReady(page);
  await expect(card(page).locator('.lesson-head')).toContainText('2 of');
  await card(page).getByRole('button', { name: 'Leave the lesson' }).click();
  await expect(card(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('button', { name: 'Return and value: Go on at 2 of 7' }).click();
  await untilReady(page);
  await card(page).getByRole('button', { name: 'Leave the lesson' }).click();
  await expect(card(page)).toHaveCount(0);
  await expect.poll(async () => (await state(page)).keeping.kind).not.toBe('guest');
});

test('where nothing can be kept, the address alone finds the step again', async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ['indexedDB', 'localStorage']) {
      Object.defineProperty(window, name, { get: () => undefined });
    }
  });
  await open(page, 'game=swing&seed=5&speed=4');
  await untilVersion(page, 1);
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('button', { name: 'Return and value: Begin' }).click();
  await untilReady(page);
  await card(page).getByRole('button', { name: 'Next' }).click();
  await expect.poll(() => page.url()).toContain('at=1');
  await page.reload();
  await untilReady(page);
  await expect(card(page).locator('.lesson-head')).toContainText('2 of');
});

test('without leaving the page, the very run comes back, with its settings and its speed', async ({
  page,
}) => {
  await open(page, 'game=swing&seed=5&speed=4');
  await untilVersion(page, 1);
  await expect.poll(async () => (await state(page)).keeping.kind).toBe('kept');
  const before = await state(page);
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('button', { name: 'Why PPO clips: Begin' }).click();
  await expect(card(page)).toBeVisible();
  await untilReady(page);
  expect((await state(page)).game).toBe('balance');
  await card(page).getByRole('button', { name: 'Leave the lesson' }).click();
  await expect.poll(async () => (await state(page)).front).toBe(before.front);
  await untilReady(page);
  const after = await state(page);
  expect(after.hyperparameters).toEqual(before.hyperparameters);
  expect([after.name, after.speed, after.running, after.learning, after.keeping.kind]).toEqual([
    before.name,
    before.speed,
    before.running,
    before.learning,
    'kept',
  ]);
  expect(after.status.policyVersion).toBeGreaterThanOrEqual(before.status.policyVersion);
});

/** All that the browser keeps for the page, but how fast its machine is. */
function keptContent(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answer = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('The database gives no answer.'));
      });
    const plain = (_key: string, value: unknown) =>
      ArrayBuffer.isView(value)
        ? Array.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
        : value;
    const all: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        if (store === 'timings') continue;
        const entries = database.transaction(store).objectStore(store);
        all.push([name, store, await answer(entries.getAllKeys()), await answer(entries.getAll())]);
      }
      database.close();
    }
    return JSON.stringify(all, plain);
  });
}

test.describe('a link for a class', () => {
  // A file by itself has no icon of its own to show.
  test.use({ expectedErrors: [/404/] });

  test('opens a fresh run with fixed and hidden settings, and changes nothing that is kept', async ({
    page,
  }) => {
    await open(page, 'seed=5');
    await untilVersion(page, 2);
    await expect.poll(async () => (await state(page)).keeping.kind).toBe('kept');
    const own = (await state(page)).front;
    // A file beside the page: nothing runs there.
    await page.goto('/icon.svg');
    const before = await keptContent(page);
    expect(before).toContain(own);

    await page.goto('/#lesson=lambda&seed=7&fixed=learningRate&hidden=clipRange');
    await untilReady(page);
    await expect(card(page)).toBeVisible();
    const { hyperparameters, keeping, front } = await state(page);
    expect([hyperparameters.seed, keeping.kind, front === own]).toEqual([7, 'guest', false]);
    await capture(page);
    await expect.poll(async () => (await state(page)).lessons.visit?.progress.isMet).toBe(true);
    await card(page).getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => page.url()).toContain('at=1');
    await page.getByRole('button', { name: /^Theme/ }).click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await expect(page.locator('#setting-learningRate')).toBeDisabled();
    await expect(page.locator('[data-field="learningRate"]')).toContainText('Fixed for the class');
    await expect(page.locator('#setting-clipRange')).toHaveCount(0);
    await expect(page.locator('#setting-epochs')).toBeEnabled();
    await picture(page, 'lesson-class-settings');
    await untilVersion(page, 4);
    await page.goto('/icon.svg');
    expect(await keptContent(page)).toBe(before);
  });
});

test('a teacher chooses what a link carries', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('A link for your class').click();
  await dialog.locator('select[name="lesson"]').selectOption('clip');
  await dialog.locator('select[name="game"]').selectOption('swing');
  await dialog.locator('input[name="seed"]').fill('12');
  await dialog.locator('select[name="learningRate"]').selectOption('fix');
  await dialog.locator('select[name="epochs"]').selectOption('hide');
  await picture(page, 'lesson-class-form');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await dialog.getByRole('button', { name: 'Copy the link' }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/#lesson=clip&fixed=learningRate&hidden=epochs&game=swing&.*seed=12/);
});
