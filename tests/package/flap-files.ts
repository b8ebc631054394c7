import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

const flap = join(import.meta.dirname, '..', '..', 'examples', 'flap');
/** Matches an import of a module beside it. */
const besideIt = /^import .*from '\.\/([\w.-]+)';$/gm;

/** How well the page’s agent flies is the page’s title, or why it does not. @param twin how the worker’s file is called. */
const main = (twin: string) => `import Phaser from 'phaser';
import { learn, workersAt } from 'playtrain/phaser';
import { bird } from './bird.agent';
import { flapConfig } from './flap';

const folder = document.documentElement.dataset.workers;
const agent = learn(new Phaser.Game(flapConfig), bird, {
  twin: (name) => new Worker(new URL('./${twin}', import.meta.url), { type: 'module', name }),
  ...(folder !== undefined && { workers: workersAt(folder) }),
});
agent.points$.subscribe(({ values }) => {
  document.title = 'return ' + (values.meanReturn ?? -1).toFixed(2);
});
agent.events$.subscribe((event) => {
  if (event.kind === 'failed') document.title = 'failed: ' + event.message;
});
`;

const page = (scripts: string, attributes = '') =>
  `<!doctype html><html${attributes}><meta charset="utf-8"><title>Flap</title><body>${scripts}</body></html>`;

/** Files by their names. */
export type TextFiles = Readonly<Record<string, string>>;

/** @param twin how the worker’s file is called in the end. */
export function typeScriptFlap(twin: string): TextFiles {
  return { ...flapModules('twin'), 'main.ts': main(twin) };
}

/** Of the example: these modules, each after those that it imports. */
function flapModules(...names: readonly string[]): TextFiles {
  const files: Record<string, string> = {};
  const entered = new Set<string>();
  const add = (name: string) => {
    if (entered.has(name)) return;
    entered.add(name);
    const text = readFileSync(join(flap, `${name}.ts`), 'utf8');
    for (const [, imported] of text.matchAll(besideIt)) add(imported!);
    files[`${name}.ts`] = text;
  };
  names.forEach(add);
  return files;
}

/** The example with the panel beside it, as it stands. */
export function panelFlap(): TextFiles {
  return {
    ...flapModules('twin', 'with-panel'),
    'index.html': readFileSync(join(flap, 'with-panel.html'), 'utf8'),
  };
}

/** As those write it who do not use TypeScript. */
export function javaScriptFlap(): TextFiles {
  return Object.fromEntries(
    Object.entries(typeScriptFlap('twin.js')).map(([name, text]) => [
      name.replace(/ts$/, 'js'),
      withoutTypes(text),
    ]),
  );
}

/** As those write it who use no modules: what is exported is global, and what is imported is looked up there. */
export function scriptFlap(): TextFiles {
  const asScript = (text: string) =>
    text
      .replace(/^import Phaser .*$/m, '')
      .replace(/^import \{(.*)\} from ["']playtrain.*$/gm, 'var {$1} = Playtrain;')
      .replace(/^import .*$/gm, '')
      .replace(/^export /gm, '');
  const { 'main.js': main = '', 'twin.js': twin = '', ...game } = javaScriptFlap();
  const scripts = ['phaser.js', 'playtrain.iife.js', ...Object.keys(game)];
  return {
    ...Object.fromEntries(Object.entries(game).map(([name, text]) => [name, asScript(text)])),
    'twin.js': `importScripts(${scripts.map((name) => `'${name}'`).join(', ')});
${asScript(twin)}`,
    'main.js': asScript(main).replace(/new Worker\(.*\)/, "new Worker('twin.js', { name })"),
    'index.html': page([...scripts, 'main.js'].map((name) => `<script src="${name}"></script>`).join('')),
  };
}

/** @param workers the folder that the package’s own workers are served from, where the page is to say so. */
export function pageOf(name: string, workers?: string): TextFiles {
  const attributes = workers === undefined ? '' : ` data-workers="${workers}"`;
  return { 'index.html': page(`<script type="module" src="${name}"></script>`, attributes) };
}

function withoutTypes(text: string): string {
  return transformSync(text, { loader: 'ts', target: 'es2022' }).code;
}
