import { build } from 'vite';
import { bundling } from './library/bundling.mjs';
import { inlineWorkers } from './library/own-workers-plugins.mjs';

const name = 'virtual:panel-page';
const resolved = `\0${name}`;
const entry = 'src/panel/page/page.ts';

/**
 * The page inside a panel's frame as one text, which needs no file beside it: what bundlers make of files in packages
 * differs. Where sources are served it names its own.
 *
 * @param {() => readonly import('rolldown').Plugin[]} pluginsOfPage for the program that is put into it.
 * @returns {import('vite').Plugin}
 */
export function panelPage(pluginsOfPage = () => [inlineWorkers(new Set())]) {
  let isServed = false;
  return {
    name: 'panel-page',
    configResolved({ command }) {
      isServed = command === 'serve';
    },
    resolveId: (id) => (id === name ? resolved : null),
    async load(id) {
      if (id !== resolved) return null;
      const html = isServed ? pageOf('', `src="/${entry}">`) : await builtPage(pluginsOfPage());
      return `export default ${JSON.stringify(html)};`;
    },
  };
}

/** @param {readonly import('rolldown').Plugin[]} plugins */
async function builtPage(plugins) {
  const built = await build({
    root: bundling.cwd,
    configFile: false,
    logLevel: 'warn',
    // Before Vite takes workers for files of their own.
    plugins: plugins.map((plugin) => ({ ...plugin, enforce: 'pre' })),
    build: {
      write: false,
      target: 'es2022',
      cssCodeSplit: false,
      assetsInlineLimit: Number.POSITIVE_INFINITY,
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        treeshake: bundling.treeshake,
        output: { codeSplitting: false },
        checks: { pluginTimings: false },
      },
    },
  });
  const { output } = /** @type {import('rolldown').RolldownOutput} */ (
    Array.isArray(built) ? built[0] : built
  );
  const script = output.find((file) => file.type === 'chunk')?.code ?? '';
  const style = output.find(({ fileName }) => fileName.endsWith('.css'));
  const text = style?.type === 'asset' ? String(style.source) : '';
  return pageOf(text, `>${script.replaceAll('</script', '<\\/script')}`);
}

/**
 * @param {string} style
 * @param {string} script the rest of its opening tag, and what is in it.
 */
function pageOf(style, script) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Playtrain</title><style>${style}</style></head><body><script type="module" ${script}</script></body></html>`;
}
