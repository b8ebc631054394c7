import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
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
