import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
  build: {
    target: 'es2022',
    rolldownOptions: { checks: { pluginTimings: false } },
    sourcemap: true,
    chunkSizeWarningLimit: 2000,
  },
});
