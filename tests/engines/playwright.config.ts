import { defineConfig } from '@playwright/test';
import { findEngines } from '../../scripts/engines.mjs';
import { type EngineName, engineNames, onlyIn } from './engine';

const found = findEngines();

/** What tests/browser holds for Chromium already, at greater length. */
const elsewhereInChromium = ['learning.spec.ts', 'keeping.spec.ts', 'live.spec.ts', 'views.spec.ts'];

/**
 * Drives the built page (`vite build` first) in every engine that is installed: `npm test -- --only engines`, or here
 * `npx playwright test -c tests/engines --project webkit`.
 */
export default defineConfig<object, { engineName: EngineName }>({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../artifacts/engines',
  // Learning takes the processor; two pages at once would starve each other.
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  projects: engineNames
    .filter((name) => found[name] !== null)
    .map((name) => ({
      name,
      use: { engineName: name },
      testIgnore: name === 'chromium' ? elsewhereInChromium : [],
      grepInvert: engineNames.filter((other) => other !== name).map((other) => new RegExp(onlyIn(other))),
    })),
});
