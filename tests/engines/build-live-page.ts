import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { inlineWorkers } from '../../scripts/library/own-workers-plugins.mjs';
import { projectFolder } from '../../scripts/set-up.mjs';

export interface BuiltPage {
  readonly folder: string;
  remove(): void;
}

/** Builds a page with Flap and an agent, whose own workers come in blobs, as the package brings them. */
export async function buildLivePage(): Promise<BuiltPage> {
  const folder = mkdtempSync(join(tmpdir(), 'playtrain-live-page-'));
  await build({
    root: join(projectFolder, 'tests/fixtures/live-page'),
    configFile: false,
    base: './',
    logLevel: 'warn',
    // Before Vite takes workers for files of their own.
    plugins: [{ ...inlineWorkers(new Set()), enforce: 'pre' }],
    worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { checks: { pluginTimings: false } },
    },
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
