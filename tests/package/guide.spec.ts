import { expect, test } from '@playwright/test';
import { filesOf } from '../../scripts/docs/code-blocks.mjs';
import { readPage } from '../../scripts/docs/pages.mjs';
import { type StaticHost, serveStatically } from '../browser/static-host';
import { Project } from './project';

/** The guide's first page, as somebody follows it who does not look elsewhere. */
const guide = readPage('docs/guide/ten-minutes.md');

let project: Project | null = null;
const hosts: StaticHost[] = [];
test.afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
  project?.close();
  project = null;
});

async function serve(files: Record<string, Uint8Array>) {
  const host = await serveStatically('/', files);
  hosts.push(host);
  return `http://127.0.0.1:${host.port}/`;
}

test('an agent in your game in ten minutes: it passes the check, learns, and plays by what was saved', async ({
  page,
}) => {
  const own = new Project(filesOf(guide));
  project = own;
  own.unpack('phaser', 'vite', 'tsx', 'rxjs', 'comlink', 'tslib');
  own.run('node', 'node_modules/playtrain/bin/playtrain.js', 'check', 'src/twin.ts');
  const build = () => {
    own.run('node', 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error');
    return own.files('dist');
  };

  await page.goto(await serve(build()));
  // An apple or two are caught by chance.
  await expect
    .poll(async () => Number(/return (\S+)/.exec((await page.textContent('#learning')) ?? '')?.[1]), {
      timeout: 120_000,
    })
    .toBeGreaterThan(5);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
  expect(download.suggestedFilename()).toBe('catcher.policy');
  await download.saveAs(`${own.folder}/public/catcher.policy`);

  own.write({ 'index.html': filesOf(guide)['shipped.html']! });
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  const policy = page.waitForResponse(/catcher\.policy$/);
  await page.goto(await serve(build()));
  expect((await policy).ok()).toBe(true);
  await expect(page.locator('canvas')).toBeVisible();
  expect(errors).toEqual([]);
  expect(page.workers()).toEqual([]);
});
