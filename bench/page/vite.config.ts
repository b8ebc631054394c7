import { defineConfig } from 'vite';

/** The page that `npm run learn` and `npm run bench` open in headless Chromium. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
  build: {
    outDir: '../../dist-tools',
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { checks: { pluginTimings: false } },
    chunkSizeWarningLimit: 2000,
  },
});
