import { defineConfig } from '@playwright/test';
import { findBrowser, testBrowserArguments } from '../../scripts/browser.mjs';

const executablePath = findBrowser();

/** The site that `npm run docs` built: `npm test -- --only docs`. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../artifacts/docs',
  // Some of the pages are long, and all of each is looked at.
  timeout: 90_000,
  workers: 1,
  retries: 0,
  reporter: 'list',
  use: {
    launchOptions: { ...(executablePath !== null && { executablePath }), args: testBrowserArguments },
  },
});
