import { basename, dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { bundling } from './bundling.mjs';
import { workers } from './entries.mjs';
import { notePackages } from './licences.mjs';

/** How sources name a worker's file. */
const workerAddress = /new URL\(\s*'\.\/([\w-]+\.worker\.ts)',\s*import\.meta\.url,?\s*\)/g;
const inlined = '\0inlined-worker:';

/**
 * Puts the text of each worker that is started into the program, to be started from a blob: bundlers' development servers
 * do not find workers inside of packages.
 *
 * @param {Set<string>} bundled packages whose code workers bring; grows.
 * @returns {import('rolldown').Plugin}
 */
export function inlineWorkers(bundled) {
  return {
    name: 'inline-workers',
    transform(code, id) {
      if (!code.includes('.worker.ts')) return null;
      /** @type {string[]} */
      const imports = [];
      const changed = code.replace(workerAddress, (_address, name) => {
        const address = `workerAddress${imports.length}`;
        imports.push(`import ${address} from ${JSON.stringify(inlined + join(dirname(id), name))};`);
        return `${address}()`;
      });
      return imports.length === 0 ? null : { code: imports.join('') + changed, map: null };
    },
    resolveId: (id) => (id.startsWith(inlined) ? id : null),
    async load(id) {
      if (!id.startsWith(inlined)) return null;
      const text = await workerText(id.slice(inlined.length), [
        inlineWorkers(bundled),
        notePackages(bundled),
      ]);
      return `
        const text = ${JSON.stringify(text)};
        let address;
        export default () => (address ??= URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));`;
    },
  };
}

/**
 * Lets workers start each other from files that lie beside each other.
 *
 * @returns {import('rolldown').Plugin}
 */
export function workersBeside() {
  const fileNames = new Map(Object.entries(workers).map(([name, source]) => [basename(source), name]));
  return {
    name: 'workers-beside',
    transform: (code) =>
      code.includes('.worker.ts')
        ? {
            code: code.replace(
              workerAddress,
              (_address, name) => `new URL('./${fileNames.get(name)}.js', import.meta.url)`,
            ),
            map: null,
          }
        : null,
  };
}

/**
 * A worker with all that it needs, in one text.
 *
 * @param {string} file its source.
 * @param {import('rolldown').Plugin[]} plugins
 */
async function workerText(file, plugins) {
  const bundle = await rolldown({ ...bundling, input: file, plugins });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false, minify: true });
  return output[0].code;
}
