import { defineConfig } from 'vite';

/** The page `bench.html` beside the built app, which no visitor of the app fetches anything of. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
  build: {
    outDir: '../../dist',
    emptyOutDir: false,
    assetsDir: 'bench',
    target: 'es2022',
    rolldownOptions: { input: `${import.meta.dirname}/bench.html`, checks: { pluginTimings: false } },
    chunkSizeWarningLimit: 2000,
  },
});
