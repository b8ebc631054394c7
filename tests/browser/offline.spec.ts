import { builtFolder } from '../../scripts/build-app.mjs';
import { builtFiles } from '../../scripts/built-files.mjs';
import { expect, state, test, untilReady, untilVersion } from './page';
import { type Files, type StaticHost, serveStatically } from './static-host';

test.use({
  // What cannot be fetched is written to the console by the browser, whoever answers instead.
  expectedErrors: [/net::ERR_|Failed to load resource/],
  serviceWorkers: 'allow',
});

const path = '/schools/of/somewhere/playtrain/';
const games = ['balance', 'swing', 'volley'] as const;

let host: StaticHost;
test.beforeEach(async () => {
  host = await serveStatically(path, builtFiles(builtFolder));
});
test.afterEach(() => host.close());

const address = (game: string) => `http://127.0.0.1:${host.port}${path}#game=${game}`;

test('after one visit to one game, every game opens and learns without a network', async ({ page }) => {
  await page.goto(address('balance'));
  await untilVersion(page, 1, 90_000);
  // The service worker takes over once all is kept.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await host.close();

  for (const game of games) {
    await page.goto('about:blank');
    await page.goto(address(game));
    await untilReady(page);
    expect((await state(page)).game).toBe(game);
    await expect(page.locator('.game canvas').first()).toBeVisible();
    await untilVersion(page, (await state(page)).status.policyVersion + 1, 90_000);
    expect((await state(page)).notices.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
  await page.screenshot({ path: 'artifacts/screenshots/offline-volley.png' });
});

test('a newer release is told, shown by a reload, and leaves open tabs their own files', async ({ page }) => {
  await page.goto(address('balance'));
  await untilVersion(page, 1, 90_000);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const scriptOf = () => page.evaluate(() => document.querySelector<HTMLScriptElement>('script[src]')?.src);
  const before = await scriptOf();

  host.publish(nextRelease(builtFiles(builtFolder)));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect(page.locator('.notice', { hasText: 'newer version' })).toBeVisible();
  await page.screenshot({ path: 'artifacts/screenshots/offline-newer.png' });
  expect((await state(page)).notices.map(({ id }) => id)).toEqual(['release']);

  // Scenes and workers that this tab has not asked for yet: their names are not on the host any more.
  await page.evaluate(() => {
    location.hash = '#game=volley';
  });
  await expect.poll(async () => (await state(page)).game).toBe('volley');
  await untilReady(page);
  await expect(page.locator('.game canvas').first()).toBeVisible();

  await page.reload();
  await untilReady(page);
  expect(await scriptOf()).not.toBe(before);
  expect((await state(page)).notices.filter(({ id }) => id === 'release')).toEqual([]);
});

/** The same page as another release, of which every file beside `index.html` has another name. */
function nextRelease(files: Files): Files {
  const renamed = (text: string) =>
    text
      .replaceAll(/(-[\w-]{8})\.(?=(js|css|wasm|svg|wav|safetensors)\b)/g, '$1second.')
      .replace(/(version:.)[0-9a-f]{16}/, '$1second');
  const decoder = new TextDecoder();
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [
      renamed(name),
      /\.(js|css|html)$/.test(name) ? new TextEncoder().encode(renamed(decoder.decode(bytes))) : bytes,
    ]),
  );
}
