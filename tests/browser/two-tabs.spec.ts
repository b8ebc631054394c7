import type { BrowserContext, Page } from '@playwright/test';
import { expect, open, picture, state, test, untilReady, untilVersion } from './page';

// Two real pages of one visitor on one run. What the browser offers for locks differs: over plain http there are none.

const worlds: readonly {
  readonly name: string;
  readonly isLong?: boolean;
  readonly prepare: (context: BrowserContext) => Promise<unknown>;
}[] = [
  { name: 'with the browser’s locks', prepare: async () => {} },
  {
    name: 'without locks, as over plain http',
    prepare: (context) =>
      context.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
      }),
  },
  {
    name: 'with locks that refuse',
    // As without any, from there on.
    isLong: true,
    prepare: (context) =>
      context.addInitScript(() => {
        // Pages without an address have none.
        if (!('LockManager' in globalThis)) return;
        LockManager.prototype.request = () => Promise.reject(new DOMException('denied', 'SecurityError'));
      }),
  },
];

/** What storage keeps of a run, read past the page. */
function keptVersion(page: Page, run: string): Promise<number> {
  return page.evaluate(
    (id) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('playtrain');
        opening.onerror = () => reject(new Error('The database does not open.'));
        opening.onsuccess = () => {
          const request = opening.result.transaction('runs').objectStore('runs').get(id);
          request.onsuccess = () => {
            opening.result.close();
            resolve((request.result as { latest: { version: number } }).latest.version);
          };
        };
      }),
    run,
  );
}

for (const { name, isLong, prepare } of worlds) {
  const title = `${name}, the second page on a run says so and saves nothing over the first`;
  test(title, { tag: isLong ? ['@long'] : [] }, async ({ context, page }) => {
    await prepare(context);
    await open(page, 'game=balance');
    await untilVersion(page, 2);
    await expect.poll(async () => (await state(page)).keeping.kind).toBe('kept');
    await page.keyboard.press(' ');
    await expect.poll(async () => (await state(page)).running).toBe(false);
    const { front } = await state(page);
    // An update that was under way when the game stopped may still come; it belongs to the first page.
    const firstVersion = async () => (await state(page)).status.policyVersion;
    const isKept = () => expect.poll(async () => (await firstVersion()) - (await keptVersion(page, front)));
    await isKept().toBe(0);

    const second = await context.newPage();
    await second.goto('/');
    await untilReady(second);
    expect((await state(second)).front).toBe(front);
    expect((await state(second)).keeping).toEqual({ kind: 'unsaved', reason: 'elsewhere' });
    await picture(second, `two-tabs-${worlds.findIndex((world) => world.name === name)}`);
    await untilVersion(second, (await firstVersion()) + 3);
    await second.close();
    await isKept().toBe(0);

    // Once the first is gone, the next page has the run as the first left it.
    await page.close();
    const third = await context.newPage();
    await third.goto('/');
    await untilReady(third);
    const later = await state(third);
    expect(later.front).toBe(front);
    expect(later.keeping.kind).not.toBe('unsaved');
  });
}
