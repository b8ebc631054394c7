import { expect, type Page, test } from '@playwright/test';
import { freePort } from '../../scripts/tools.mjs';
import { type StaticHost, serveStatically } from '../browser/static-host';
import { javaScriptFlap, pageOf, panelFlap, scriptFlap, typeScriptFlap } from './flap-files';
import { Project } from './project';

/** Of others’ programs: those that were current when this was written. */
const versions = {
  phaser: 'phaser@4.2.1',
  vite: 'vite@8.3.8',
  webpack: 'webpack@5.113.0',
  esbuild: 'esbuild@0.28.2',
};

let project: Project | null = null;
let host: StaticHost | null = null;
let stop: (() => void) | null = null;
test.afterEach(async () => {
  stop?.();
  await host?.close();
  project?.close();
  [project, host, stop] = [null, null, null];
});

/** A flight that only falls, or only flaps, comes to −0.8 or less. */
async function learns(page: Page, address: string) {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(address);
  await expect
    .poll(
      async () => {
        const title = await page.title();
        if (title.startsWith('failed') || errors.length > 0) throw new Error([title, ...errors].join('\n'));
        return Number(/return (.*)/.exec(title)?.[1] ?? -1);
      },
      { timeout: 120_000 },
    )
    .toBeGreaterThan(1);
}

async function serve(files: Record<string, Uint8Array>, headers: Readonly<Record<string, string>> = {}) {
  host = await serveStatically('/', files, headers);
  return `http://127.0.0.1:${host.port}/`;
}

/** Builds with esbuild, as a script that somebody would write. */
const esbuildScript = {
  'build.cjs': `require('esbuild').buildSync({
    entryPoints: ['main.ts', 'twin.ts'], bundle: true, format: 'esm', splitting: true, minify: true, outdir: 'site',
  });`,
};

test('esbuild: a page learns Flap, where blobs are forbidden too', async ({ page }) => {
  project = new Project({
    ...typeScriptFlap('twin.js'),
    ...pageOf('main.js', '/own-workers'),
    ...esbuildScript,
  });
  project.unpack('phaser', 'rxjs', 'comlink', 'tslib', 'esbuild', '@esbuild', 'tsx');
  // Without a page, by the package’s command.
  project.run('node', 'node_modules/playtrain/bin/playtrain.js', 'check', 'twin.ts');
  project.run('node', 'build.cjs');
  const workers = Object.entries(project.files('node_modules/playtrain/workers'));
  const files = {
    ...project.files('site'),
    'index.html': project.files('.')['index.html']!,
    ...Object.fromEntries(workers.map(([name, bytes]) => [`own-workers/${name}`, bytes])),
  };
  await learns(page, await serve(files, { 'content-security-policy': "worker-src 'self'" }));
});

test('Vite: the panel stands beside Flap, and learns', async ({ page }, testInfo) => {
  project = new Project(panelFlap());
  project.unpack('phaser', 'rxjs', 'comlink', 'tslib', 'vite');
  project.run('node', 'node_modules/vite/bin/vite.js', 'build');
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(await serve(project.files('dist')));
  const panel = page.frameLocator('iframe[title="Playtrain"]');
  await expect(panel.getByRole('tab', { name: 'Charts' })).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('#game canvas')).toBeVisible();
  const version = () =>
    panel.locator('body').evaluate(() => window.playtrain?.state().status.policyVersion ?? 0);
  await expect.poll(version, { timeout: 60_000 }).toBeGreaterThan(0);
  await page.screenshot({ path: testInfo.outputPath('panel.png') });
  expect(errors).toEqual([]);
});

test('esbuild: a page learns Flap from a fresh project @long', async ({ page }) => {
  project = new Project({ ...typeScriptFlap('twin.js'), ...pageOf('main.js'), ...esbuildScript });
  project.install(versions.phaser, versions.esbuild);
  project.run('node', 'build.cjs');
  await learns(
    page,
    await serve({ ...project.files('site'), 'index.html': project.files('.')['index.html']! }),
  );
});

test('Vite: a page learns Flap from a fresh project as it is developed, and as it is built @long', async ({
  page,
}) => {
  project = new Project({ ...typeScriptFlap('twin.ts'), ...pageOf('/main.ts') });
  project.install(versions.phaser, versions.vite);
  const port = await freePort(5373);
  stop = project.start(
    'node',
    'node_modules/vite/bin/vite.js',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
  );
  const address = `http://127.0.0.1:${port}/`;
  await expect
    .poll(() =>
      fetch(address).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
    .toBe(true);
  await learns(page, address);
  stop();
  // What it builds is for pages of old browsers as well, whose workers know no modules, unless it is told.
  project.run('node', 'node_modules/vite/bin/vite.js', 'build');
  await learns(page, await serve(project.files('dist')));
});

test('webpack: a page learns Flap from a fresh project @long', async ({ page }) => {
  project = new Project({
    ...Object.fromEntries(Object.entries(javaScriptFlap()).map(([name, text]) => [`src/${name}`, text])),
    'build.cjs': `require('webpack')({ mode: 'production', entry: './src/main.js' }, (error, stats) => {
      if (error ?? stats.hasErrors()) throw error ?? new Error(stats.toString());
    });`,
  });
  project.install(versions.phaser, versions.webpack);
  project.run('node', 'build.cjs');
  project.write({ 'dist/index.html': pageOf('main.js')['index.html']! });
  await learns(page, await serve(project.files('dist')));
});

test('script elements: a page learns Flap without a bundler @long', async ({ page }) => {
  project = new Project(scriptFlap());
  project.install(versions.phaser);
  const engine = project.files('node_modules/phaser/dist')['phaser.min.js']!;
  const library = project.files('node_modules/playtrain')['playtrain.iife.js']!;
  await learns(
    page,
    await serve({ ...project.files('.'), 'phaser.js': engine, 'playtrain.iife.js': library }),
  );
});
