import { defineConfig } from '@playwright/test';
import { findBrowser, testBrowserArguments } from '../../scripts/browser.mjs';

const executablePath = findBrowser();

/** The packed package (`npm run pack` first) in projects of its users: `npm test -- --only "package in use"`. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../artifacts/package',
  // Learning takes the processor; two pages at once would starve each other.
  workers: 1,
  retries: 0,
  // A fresh project fetches its packages, and may have a page learn twice.
  timeout: 600_000,
  reporter: 'list',
  use: {
    launchOptions: { ...(executablePath !== null && { executablePath }), args: testBrowserArguments },
  },
});
