import { join } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser, testBrowserArguments } from './scripts/browser.mjs';
import { isolation } from './scripts/isolation.mjs';
import { panelPage } from './scripts/panel-page-plugin.mjs';

const executablePath = findBrowser();

const inNode = {
  environment: 'node',
  // Made for bundlers: Node itself cannot find what it imports.
  deps: {
    optimizer: { ssr: { enabled: true, include: ['@tensorflow/tfjs-core/dist/register_all_gradients'] } },
  },
};

/** Made for each project: Vitest writes its names into it. */
const inBrowser = () => ({
  browser: {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({
      launchOptions: { ...(executablePath !== null && { executablePath }), args: testBrowserArguments },
    }),
    instances: [{ browser: 'chromium' as const }],
  },
});

/** What a loop allocates depends on what else its functions were called with, so these files share no process. */
const allocationTests = [
  'src/game/catalogue.test.ts',
  'src/game/engine/check-environment.test.ts',
  'src/game/engine/heap-growth.test.ts',
  'src/game/engine/vector-environment.test.ts',
  'src/game/volley/simulation.test.ts',
];

/** These stand in for what pages have, and for time and chance, in all of the process. */
const withoutPageTests = [
  'src/phaser/**/*.test.ts',
  'examples/{flap,duel,racer,runner}/*.test.ts',
  'examples/senses.test.ts',
  '{bench,tests}/live-*.test.ts',
  'src/cli/onnx-commands.test.ts',
  'tests/twin-commands.test.ts',
];

/** Tests of the twin, which reaches into Phaser, with each version that is supported besides the newest. */
const olderPhasers = ['phaser-3-60', 'phaser-3-90', 'phaser-4-0'].map((name) => ({
  extends: true as const,
  resolve: {
    alias: [
      { find: /^phaser$/, replacement: join(import.meta.dirname, 'node_modules', name, 'dist', 'phaser.js') },
    ],
  },
  test: {
    ...inNode,
    name,
    include: [
      'src/phaser/{copied-games,fast-games,live-environment,matter,pointer,several-agents}.test.ts',
      'src/phaser/sensors/sensors.test.ts',
    ],
  },
}));

/** A WebGL context that was opened once stays open. */
const browserTestsAlone = [
  'src/workers/backend-choice-without-webgl.browser.test.ts',
  // A live game of our page stays in it for good, and has the keys.
  'src/app/live-matches/live-matches.browser.test.ts',
  'src/app/runs/live-run.browser.test.ts',
  'src/app/compare/live-trainer.browser.test.ts',
];

export default defineConfig({
  plugins: [panelPage()],
  worker: { format: 'es' },
  // As the page is served, so that its threads share memory in tests, too.
  server: { headers: isolation },
  // Every dependency that a test or worker imports: one that is found late reloads the page in mid-test.
  optimizeDeps: {
    include: [
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgl',
      '@tensorflow/tfjs-backend-webgl/dist/base',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-core/dist/register_all_gradients',
      'comlink',
      'fast-check',
      'fflate',
      'idb',
      'lit-html',
      'lit-html/directives/live.js',
      'lit-html/directives/unsafe-html.js',
      'lit-html/directives/ref.js',
      'lit-html/directives/repeat.js',
      'phaser',
      'pure-rand/distribution/uniformFloat64',
      'pure-rand/distribution/uniformInt',
      'pure-rand/generator/xoroshiro128plus',
      'pure-rand/utils/skipN',
      'rxjs',
      'uplot',
      'valibot',
    ],
  },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What comes about in a worker, or with a frame, takes as long as the machine has other things to do.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      ...olderPhasers,
      {
        extends: true,
        test: {
          ...inNode,
          name: 'node',
          include: ['{src,tests,bench,scripts,examples}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', ...allocationTests, ...withoutPageTests],
          // Loading everything anew for each file takes longer than the tests. No test leaves anything behind, in
          // whatever order files come (`--sequence.shuffle.files`).
          isolate: false,
          setupFiles: ['tests/fixtures/no-page-left.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...inNode,
          name: 'node-alone',
          include: [...allocationTests, ...withoutPageTests],
          exclude: ['**/*.browser.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...inBrowser(),
          name: 'browser',
          include: ['{src,tests}/**/*.browser.test.ts'],
          exclude: [...browserTestsAlone],
          // As above: the engine, tfjs and the page's styles are loaded once.
          isolate: false,
          setupFiles: ['tests/fixtures/nothing-left-on-page.ts'],
        },
      },
      { extends: true, test: { ...inBrowser(), name: 'browser-alone', include: [...browserTestsAlone] } },
    ],
  },
});
