import { defineConfig } from '@playwright/test';
import { findBrowser, testBrowserArguments } from './scripts/browser.mjs';
import { freePort } from './scripts/tools.mjs';

// Chosen once: Playwright reads this file again in each of its workers, which inherit the choice.
process.env['PLAYTRAIN_PORT'] ??= String(await freePort(4273));
const port = Number(process.env['PLAYTRAIN_PORT']);
const address = `http://127.0.0.1:${port}`;

const executablePath = findBrowser();

/** Drives the built app (`vite build` first) in headless Chromium, WebGL rendered in software. */
export default defineConfig({
  testDir: 'tests/browser',
  testMatch: '*.spec.ts',
  outputDir: 'artifacts/playwright',
  // Learning takes the processor; two pages at once would starve each other.
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    baseURL: address,
    viewport: { width: 1280, height: 800 },
    launchOptions: { ...(executablePath !== null && { executablePath }), args: testBrowserArguments },
    // It fetches the whole page once more; the tests of it allow it.
    serviceWorkers: 'block',
    // Traces record the screen all the while, which costs more than the page itself where WebGL is software.
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: address,
    reuseExistingServer: false,
  },
});
