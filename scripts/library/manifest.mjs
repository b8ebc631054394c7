import { entries, projectManifest } from './entries.mjs';

/** Found where a project has them; their types or their code are in ours. */
const peers = {
  '@tensorflow/tfjs-backend-webgl': '^4.22.0',
  '@tensorflow/tfjs-core': '^4.22.0',
  phaser: '^3.60.0 || ^4.0.0',
};

/**
 * The package's manifest.
 *
 * @param {readonly string[]} packages those that its files import.
 */
export function libraryManifest(packages) {
  const { name, version, description, license, engines, dependencies } = projectManifest;
  const needed = packages.filter((each) => !Object.hasOwn(peers, each));
  const unknown = needed.find((each) => dependencies[each] === undefined);
  if (unknown !== undefined) throw new Error(`The package imports ${unknown}, which is no dependency.`);
  return {
    name,
    version,
    description,
    keywords: ['phaser', 'reinforcement-learning', 'ppo', 'game', 'agent', 'machine-learning', 'web-worker'],
    license,
    type: 'module',
    engines,
    // Stand-ins for a page, and workers, do what they do by being imported.
    sideEffects: ['./phaser/twin.js', './chunks/stand-ins.js', './workers/*', './playtrain.iife.js'],
    bin: { playtrain: './bin/playtrain.js' },
    main: './index.js',
    types: './index.d.ts',
    unpkg: './playtrain.iife.js',
    jsdelivr: './playtrain.iife.js',
    exports: {
      ...Object.fromEntries(
        entries.map(({ path, file }) => [path, { types: `./${file}.d.ts`, default: `./${file}.js` }]),
      ),
      './workers/*': './workers/*',
      './playtrain.iife.js': { types: './playtrain.iife.d.ts', default: './playtrain.iife.js' },
      './package.json': './package.json',
    },
    dependencies: Object.fromEntries(needed.map((each) => [each, `^${dependencies[each]}`])),
    peerDependencies: peers,
    peerDependenciesMeta: Object.fromEntries(Object.keys(peers).map((each) => [each, { optional: true }])),
  };
}
