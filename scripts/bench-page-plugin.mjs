import { join } from 'node:path';
import { build } from 'vite';

/**
 * Builds the page that measures a machine, `bench.html`, once the app and what is kept of it for offline use are there.
 *
 * @param {string} configFile its configuration, from the project's folder.
 * @returns {import('vite').Plugin}
 */
export function benchPage(configFile) {
  let root = '';
  return {
    name: 'bench-page',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        await build({ configFile: join(root, configFile) });
      },
    },
  };
}
