import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** The pages that `npm run learn` and `npm run bench` open in headless Chromium. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
  build: {
    outDir: '../../dist-tools',
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: {
      input: ['index.html', 'cold.html', 'beside.html'].map((page) => resolve(import.meta.dirname, page)),
      checks: { pluginTimings: false },
    },
    chunkSizeWarningLimit: 2000,
  },
});
