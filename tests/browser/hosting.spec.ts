import { unzipSync } from 'fflate';
import config from '../../playwright.config';
import { testBrowserArguments } from '../../scripts/browser.mjs';
import { builtFolder } from '../../scripts/build-app.mjs';
import { builtFiles, zipOf } from '../../scripts/built-files.mjs';
import { expect, state, test, untilReady, untilVersion } from './page';
import { type StaticHost, serveStatically } from './static-host';

/**
 * Another machine of the network, for the browser: over plain http it grants such a page no clipboard, no locks, no
 * service worker and none of the other interfaces that it keeps for secure contexts.
 */
const classroom = 'classroom.example';
const path = '/schools/of/somewhere/playtrain/';

test.use({
  launchOptions: {
    ...config.use?.launchOptions,
    args: [...testBrowserArguments, `--host-resolver-rules=MAP ${classroom} 127.0.0.1`],
  },
  serviceWorkers: 'allow',
});

let host: StaticHost;
let address = '';
test.beforeEach(async () => {
  // As somebody has it who unpacked the zip into a folder of a web server.
  host = await serveStatically(path, unzipSync(zipOf(builtFiles(builtFolder))));
  address = `http://${classroom}:${host.port}${path}`;
});
test.afterEach(() => host.close());

test('the zip learns at any path of a plain server, and what needs a secure context has a substitute', async ({
  page,
}) => {
  await page.goto(`${address}#game=volley`);
  expect(
    await page.evaluate(() => [isSecureContext, 'locks' in navigator, 'clipboard' in navigator]),
  ).toEqual([false, false, false]);
  await untilVersion(page, 1, 90_000);
  await page.screenshot({ path: 'artifacts/screenshots/hosting-plain-http.png' });

  await page.getByRole('button', { name: 'Copy link' }).first().click();
  await expect(page.locator('.notice', { hasText: 'is copied' })).toBeVisible();
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' }));
    document.querySelector<HTMLTextAreaElement>('#pasted')?.focus();
  });
  await page.keyboard.press('Control+V');
  const pasted = await page.locator('#pasted').inputValue();
  expect(pasted).toContain(`${address}#game=volley`);

  await page.getByRole('tab', { name: 'Play' }).click();
  await page.locator('input[name=match-kind][value=agents]').check({ force: true });
  await page.locator('.play-button').click();
  await expect.poll(async () => (await state(page)).play?.court?.kind).toBe('match');
  await page.locator('.match-bar').getByRole('radio', { name: 'Max' }).check({ force: true });
  await expect
    .poll(async () => (await state(page)).play?.court?.view.phase, { timeout: 60_000 })
    .toBe('over');
  await page.locator('.match-bar').getByRole('button', { name: 'Keep replay' }).click();
  await expect.poll(async () => (await state(page)).play?.replays.length).toBe(1);
});

test('a run goes on after a reload, by the address of the page’s file as well', async ({ page }) => {
  await page.goto(`${address}index.html`);
  await untilVersion(page, 2, 90_000);
  await page.waitForFunction(() => window.playtrain?.state().saved !== null);
  await page.reload();
  await untilReady(page);
  expect((await state(page)).status.policyVersion).toBeGreaterThan(0);
});

test('where the clipboard is refused altogether, the link is there to be copied by hand', async ({
  page,
}) => {
  await page.addInitScript(() => {
    document.execCommand = () => false;
  });
  await page.goto(address);
  await untilReady(page);
  await page.getByRole('button', { name: 'Copy link' }).first().click();
  await expect(page.locator('.notice', { hasText: `by hand: ${address}#game=balance` })).toBeVisible();
});
