import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'vite';
import { stampFile } from './build-stamp.mjs';
import { builtFiles, isSourceMap } from './built-files.mjs';

/** In the folder of the page, since a service worker sees no further than its own. */
const scriptFile = 'service-worker.js';

/**
 * Builds the service worker once everything else is there, and tells it what that is.
 *
 * @param {string} source its script, from the project's folder.
 * @returns {import('vite').Plugin}
 */
export function serviceWorker(source) {
  /** @type {import('vite').ResolvedConfig} */
  let config;
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const outDir = join(config.root, config.build.outDir);
        const release = releaseOf(builtFiles(outDir));
        await build({
          configFile: false,
          root: config.root,
          logLevel: 'warn',
          define: { __RELEASE__: JSON.stringify(release) },
          build: {
            outDir,
            emptyOutDir: false,
            copyPublicDir: false,
            target: config.build.target,
            // One script without imports: Firefox knows no others for service workers until 147.
            rolldownOptions: {
              input: join(config.root, source),
              output: { format: 'iife', entryFileNames: scriptFile },
            },
          },
        });
      },
    },
  };
}

/**
 * What a build consists of.
 *
 * @param {Readonly<Record<string, Uint8Array>>} files
 * @returns {import('../src/offline/release').Release}
 */
export function releaseOf(files) {
  const { 'index.html': page, ...others } = files;
  if (page === undefined)
    throw new Error('The build has no index.html, so that it cannot be kept for offline use.');
  const [, entry] = /<script type="module"[^>]* src="\.\/([^"]+)"/.exec(new TextDecoder().decode(page)) ?? [];
  if (entry === undefined)
    throw new Error('The built page has no module script by which to know its release.');
  const kept = Object.entries(others).filter(
    ([path]) => !isSourceMap(path) && path !== stampFile && path !== scriptFile,
  );
  const hash = createHash('sha256').update(page);
  for (const [path, bytes] of kept) hash.update(path).update(bytes);
  return { version: hash.digest('hex').slice(0, 16), entry, files: kept.map(([path]) => path) };
}
