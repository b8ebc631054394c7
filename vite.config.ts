import { defineConfig } from 'vite';
import { benchPage } from './scripts/bench-page-plugin.mjs';
import { buildStamp } from './scripts/build-stamp.mjs';
import { entriesApart } from './scripts/entries-apart-plugin.mjs';
import { fileList } from './scripts/file-list-plugin.mjs';
import { filesInPage, firstPaint } from './scripts/first-paint-plugin.mjs';
import { isolatedPages } from './scripts/isolation.mjs';
import { panelPage } from './scripts/panel-page-plugin.mjs';
import { serviceWorker } from './scripts/service-worker-plugin.mjs';

export default defineConfig({
  root: import.meta.dirname,
  // Every path is relative, so that the built page works wherever it is put.
  base: './',
  // A page of one address: what is not there is answered with 404, not with the page.
  appType: 'mpa',
  // The files are public, so by what name another machine reaches this one does not matter.
  preview: { allowedHosts: true },
  plugins: [
    isolatedPages(),
    panelPage(),
    filesInPage(),
    firstPaint(),
    fileList('files'),
    buildStamp(import.meta.dirname),
    serviceWorker('src/offline/service-worker.ts'),
    benchPage('bench/manual/vite.config.ts'),
  ],
  worker: {
    format: 'es',
    rolldownOptions: { checks: { pluginTimings: false } },
    plugins: () => [entriesApart()],
  },
  build: {
    target: 'es2022',
    rolldownOptions: {
      checks: { pluginTimings: false },
      // A file of its own, so that a new release of ours does not make a visitor fetch the engine again.
      output: { codeSplitting: { groups: [{ name: 'phaser', test: /node_modules[\\/]phaser/ }] } },
    },
    sourcemap: true,
    chunkSizeWarningLimit: 2000,
  },
});
