import { defineConfig } from 'vite';

/** The page that `npm run learn` and `npm run bench` open in headless Chromium. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  worker: { format: 'es' },
  build: { outDir: '../../dist-tools', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2000 },
});
