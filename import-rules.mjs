/**
 * Who may import whom, as an oxlint configuration: `npm test` runs it, and tests/import-rules.test.ts shows that each
 * rule refuses what it should.
 *
 * A folder lists what its files may import, everything else is refused, `import type`, `export … from` and `import()`
 * included. Patterns read as in .gitignore: the last that fits decides, and `!` allows. Where two entries name a file,
 * the later holds. A new folder of src may import the contract only until it has an entry here.
 */

/** What the tests of any folder may import besides what they test. */
const testTools = ['vitest', 'vitest/**', '@vitest/**', 'fast-check', 'node:*'];

/** Files one folder deep reach the rest of src by `../`, those two deep by `../../`. */
const inFolder = ['!./**'];
const inSubfolder = ['!./**', '!../**', '../../**'];

const entries = [
  {
    files: 'src/**',
    may: [...inFolder, '!../contract'],
    sentence: 'Give this folder an entry in import-rules.mjs.',
  },
  {
    files: 'src/index.ts',
    may: [...inFolder, './main', './app/**', './ui/**'],
    sentence: 'The library exports no page.',
  },
  {
    files: 'src/script.ts',
    may: ['!./phaser', '!./phaser/twin', '!./play/play'],
    sentence: 'What pages of scripts get is what modules import.',
  },
  ...['src/main.ts', 'src/app/**'].map((files) => ({
    files,
    mayNot: ['**/main', '**/main.ts'],
    sentence: 'Nothing imports main.ts.',
  })),

  { files: 'src/contract/**', may: inFolder, sentence: 'The contract imports nothing.' },
  {
    files: 'src/texts/**',
    may: [...inFolder, '!../contract'],
    sentence: 'Texts import the contract only.',
  },
  {
    files: 'src/doctor/**',
    may: [...inFolder, '!../contract'],
    inTests: ['!../random/**'],
    sentence: 'The doctor’s rules are pure: they import the contract only.',
  },
  {
    files: 'src/inspector/**',
    may: [...inFolder, '!../contract', '!../agent/gae'],
    inTests: ['!../random/**'],
    sentence: 'What the inspector works out imports the contract and the estimate that trains only.',
  },
  {
    files: 'src/inspector/testing/**',
    may: [...inSubfolder, '!../../agent/gae', '!../../contract', ...testTools.map((name) => `!${name}`)],
    sentence:
      'What the inspector’s tests share imports the estimate that trains, contract and test tools only.',
  },
  {
    files: 'src/lessons/**',
    may: [...inFolder, '!../contract', '!../agent/gae', '!../inspector/**', '!valibot'],
    sentence: 'Lessons are data: they import contract, what the inspector works out, and valibot only.',
  },
  {
    files: 'src/random/**',
    may: [...inFolder, '!pure-rand/**'],
    sentence: 'src/random imports pure-rand only.',
  },

  {
    files: 'src/agent/*.ts',
    may: [...inFolder, '!../contract', '!../random/**', '!@tensorflow/**', '!valibot'],
    inTests: ['!../workers/node-backend', '!../workers/backend'],
    sentence: 'An agent imports contract, random, tfjs and valibot only.',
  },
  {
    files: 'src/agent/*/**',
    may: [...inSubfolder, '!../../contract', '!../../random/**', '!@tensorflow/**', '!valibot'],
    inTests: ['!../../workers/node-backend', '!../../workers/backend'],
    sentence: 'An agent imports contract, random, tfjs and valibot only.',
  },
  {
    files: 'src/agent/kernels/*/**',
    may: [
      ...inSubfolder,
      '!../../**',
      '../../../**',
      '!../../../contract',
      '!../../../random/**',
      '!@tensorflow/**',
    ],
    inTests: ['!../../../workers/node-backend', '!../../../workers/backend'],
    sentence: 'Kernels import the agent, contract, random and tfjs only.',
  },
  {
    files: 'src/agent/testing/**',
    may: [
      ...inSubfolder,
      '!../../contract',
      '!../../random/**',
      '!@tensorflow/**',
      ...testTools.map((name) => `!${name}`),
    ],
    sentence: 'What an agent’s tests share imports contract, random, tfjs and test tools only.',
  },

  {
    // A game's folder: its simulation, parameters and texts.
    files: 'src/game/*/*.ts',
    may: [...inFolder, './scene*', '!../engine/**', '!../../contract', '!../../random/**'],
    sentence: 'A simulation imports contract, random and the engine only.',
  },
  {
    files: 'src/game/engine/**',
    may: [...inFolder, '!../../contract', '!../../random/**'],
    inTests: ['!../*/simulation'],
    sentence: 'The engine imports contract and random only.',
  },
  ...['src/game/*/scene*.ts', 'src/game/scenes/**'].map((files) => ({
    files,
    may: [
      ...inFolder,
      '!../engine/**',
      '!../scenes/**',
      '!../../contract',
      '!../../random/**',
      '!../../../assets/**',
      '!phaser',
    ],
    inTests: ['!../catalogue', '!../load-scene'],
    sentence: 'A scene imports Phaser, its own game, the engine and contract only.',
  })),
  { files: 'src/play/**', may: inFolder, sentence: 'What reads a shipped policy imports nothing.' },
  {
    files: 'src/phaser/**',
    may: [
      ...inFolder,
      '!../contract',
      '!../doctor/limits',
      '!../random/**',
      '!../game/engine/**',
      '!../play/**',
      '!phaser',
    ],
    sentence:
      'What joins an agent to a Phaser game imports Phaser, the engine, contract, random, play and the doctor’s limits only.',
  },
  {
    files: 'src/phaser/sensors/**',
    may: [...inSubfolder, '!../../contract', '!phaser'],
    inTests: ['!../../game/engine/heap-growth'],
    sentence: 'Sensors import what joins agents to Phaser, and the contract, only.',
  },
  {
    files: 'src/phaser/testing/**',
    may: [...inSubfolder, '!phaser'],
    sentence: 'Games that tests share import Phaser and what joins an agent to it only.',
  },
  {
    files: 'src/phaser/assets/**',
    may: [...inSubfolder, '!../../contract', '!phaser'],
    inTests: ['!pngjs'],
    sentence: 'What hands a game’s files to its twin imports Phaser and the contract only.',
  },
  {
    // Where a game meets the workers: its own, and its page's.
    files: 'src/phaser/{index,twin,learn,learning-news,learning-parts}.ts',
    may: [
      ...inFolder,
      '!../agent/{checkpoint,play-file,policy-file}',
      '!../contract',
      '!../streams/**',
      '!../workers/{agent-client,asked-once,own-workers,serve-collected,worker-factory,workers-at}',
      '!phaser',
      '!rxjs',
    ],
    sentence: 'A twin and its page import what joins agents to Phaser, and the workers’ doors, only.',
  },
  {
    // Where a page's game is what is gathered in: a collector in its own thread.
    files: 'src/phaser/seen-gathering.ts',
    may: [
      ...inFolder,
      '!../contract',
      '!../random/**',
      '!../game/engine/**',
      '!../workers/{collector-host,page-collector}',
      '!phaser',
    ],
    sentence: 'A game that is gathered in imports what joins agents to Phaser, and a collector’s door, only.',
  },
  {
    files: 'src/cli/**',
    may: [
      ...inFolder,
      '!../agent/**',
      '!../contract',
      '!../game/catalogue',
      '!../onnx/{export-onnx,import-onnx}',
      '!../phaser/{served-twin,stand-ins}',
      '!../sim/**',
      '!../texts/**',
      '!node:*',
    ],
    sentence:
      'The command line imports agent, catalogue, ONNX, contract, sim, texts and what a twin’s file leaves only.',
  },
  {
    files: 'src/onnx/**',
    may: [
      ...inFolder,
      '!../agent/**',
      '!../contract',
      '!../random/**',
      '!@bufbuild/protobuf/wire',
      '!valibot',
    ],
    inTests: ['!../game/engine/**', '!../game/*/simulation', '!onnxruntime-web'],
    sentence:
      'ONNX files are written and read with agent, contract, random, valibot and a library for protobuf.',
  },
  {
    files: 'src/onnx/testing/**',
    may: [...inSubfolder, '!../../agent/**', '!../../contract', '!../../random/**'],
    sentence: 'What tests of ONNX files share imports agent, contract and random only.',
  },
  {
    files: 'src/sim/**',
    may: [...inFolder, '!../contract', '!../random/**', '!../game/engine/**'],
    inTests: ['!../game/*/simulation'],
    sentence: 'What lets other programs play imports contract, random and the engine only.',
  },
  {
    files: 'src/sim/testing/**',
    may: inSubfolder,
    sentence: 'What tests of frames share imports frames only.',
  },
  {
    files: 'src/picture/**',
    may: [
      ...inFolder,
      '!../contract',
      '!../game/load-scene',
      '!../game/scenes/mount',
      '!../game/scenes/still-stage',
    ],
    sentence:
      'What draws pictures for other programs imports contract and what mounts and stages scenes only.',
  },
  {
    files: 'src/panel/*.ts',
    may: [
      ...inFolder,
      '!../contract',
      '!../phaser/**',
      '!../app/games/page-game',
      '!../workers/worker-factory',
      '!phaser',
      '!virtual:panel-page',
    ],
    inTests: ['!../../examples/**'],
    sentence:
      'What puts a panel beside a game imports what joins agents to Phaser, and of the page types only.',
  },
  {
    files: 'src/panel/page/**',
    may: [
      ...inFolder,
      '!../panel-host',
      '!../../app/{app,app-parts}',
      '!../../app/games/page-game',
      '!../../contract',
      '!../../texts/**',
      '!../../workers/own-workers',
      '!../../ui/styles/**',
      '!rxjs',
    ],
    sentence: 'The page inside a panel’s frame puts the page together, and knows no game.',
  },
  {
    files: 'src/game/catalogue.ts',
    may: ['!../contract', '!./*/about', '!./*/rules'],
    inTests: ['!./**'],
    sentence: 'The catalogue imports what games say of themselves, and fetches their rules.',
  },
  {
    files: 'src/game/load-scene.ts',
    may: ['!./**', '!../contract'],
    sentence: 'What fetches scenes imports contract and scenes only.',
  },
  {
    files: 'src/game/load-senses.ts',
    may: ['!./**', '!../contract'],
    inTests: ['!../random/**'],
    sentence: 'What fetches senses imports contract and scenes only.',
  },

  {
    files: 'src/match/**',
    may: [
      ...inFolder,
      '!../contract',
      '!../random/**',
      '!../agent/**',
      '!../game/engine/**',
      '!fflate',
      '!valibot',
    ],
    inTests: ['!../game/*/*', '../game/*/scene*'],
    sentence: 'Matches import contract, random, agent, the engine, fflate and valibot only.',
  },
  {
    files: 'src/match/testing/**',
    may: [...inSubfolder, '!../../contract', '!../../random/**'],
    sentence: 'What tests of matches share imports matches, contract and random only.',
  },
  {
    files: 'src/streams/**',
    may: [...inFolder, '!../contract', '!rxjs'],
    inTests: ['!rxjs/testing', '!../texts/**'],
    sentence: 'Streams import RxJS and contract only; simulations and agents arrive as arguments.',
  },
  {
    files: 'src/streams/input/**',
    may: [...inSubfolder, '!../../contract', '!rxjs'],
    inTests: ['!rxjs/testing'],
    sentence: 'Streams import RxJS and contract only; simulations and agents arrive as arguments.',
  },
  {
    files: 'src/storage/**',
    may: [...inFolder, '!../contract', '!../texts/**', '!idb', '!valibot', '!fflate'],
    sentence: 'Storage imports idb, valibot, fflate, contract and texts only.',
  },
  {
    files: 'src/offline/**',
    may: inFolder,
    sentence: 'What keeps the page for visits without a network imports nothing.',
  },
  {
    // A feature's panels in a folder of its own; `kit` is what they share, and knows none of them.
    files: 'src/ui/*/**',
    may: [
      ...inSubfolder,
      '!../../contract',
      '!../../texts/**',
      '!rxjs',
      '!lit-html',
      '!lit-html/**',
      '!uplot/**',
    ],
    inTests: ['!rxjs/testing', '!playwright', '!@axe-core/**'],
    sentence: 'Panels import contract, texts, RxJS, lit-html and uPlot (by charts/uplot.ts) only.',
  },
  {
    files: 'src/ui/inspector/**',
    may: [
      ...inSubfolder,
      '!../../agent/gae',
      '!../../agent/gae.ts?raw',
      '!../../contract',
      '!../../inspector/**',
      '!../../texts/**',
      '!lit-html',
    ],
    sentence: 'The inspector’s view imports panels, contract, texts and what the inspector works out only.',
  },
  {
    files: 'src/ui/lessons/**',
    may: [...inSubfolder, '!../../contract', '!../../lessons/**', '!../../texts/**', '!lit-html'],
    sentence: 'The cards of lessons import panels, contract, texts and lessons only.',
  },
  {
    files: 'src/ui/charts/uplot.ts',
    may: [...inSubfolder, '!uplot'],
    sentence: 'This file imports uPlot alone.',
  },
  {
    files: 'src/ui/testing/**',
    may: [
      ...inSubfolder,
      '!../../contract',
      '!../../texts/**',
      '!rxjs',
      ...testTools.map((name) => `!${name}`),
    ],
    sentence: 'What tests of panels share imports panels, contract, texts, rxjs and test tools only.',
  },
  {
    files: 'src/workers/*.ts',
    may: [
      ...inFolder,
      './testing/**',
      '!../contract',
      '!../random/**',
      '!../agent/**',
      '!../match/**',
      '!../storage/**',
      '!../game/engine/**',
      '!@tensorflow/**',
      '!comlink',
      '!rxjs',
      '!node:*',
    ],
    inTests: ['!../game/*/simulation', '!./testing/**'],
    sentence: 'Workers draw nothing and know no game: whoever spawns them names the games.',
  },
  {
    files: 'src/workers/testing/**',
    may: [
      ...inSubfolder,
      '!../../agent/**',
      '!../../contract',
      '!../../random/**',
      '!../../game/*/simulation',
      '!comlink',
    ],
    sentence: 'What tests of workers share draws nothing.',
  },
  {
    files: 'src/app/workers/*.worker.ts',
    may: ['!../../workers/serve-*', '!../../game/catalogue'],
    sentence: 'The page’s workers load the games’ rules and what serves them, and nothing that draws.',
  },

  {
    files: '{tests,bench}/**',
    mayNot: ['**/src/main', '**/src/main.ts'],
    sentence: 'Nothing imports main.ts.',
  },
  {
    files: 'examples/**',
    mayNot: ['**/src', '**/src/**'],
    sentence: 'Examples use the library as others do: by its name, as `exports` in package.json has it.',
  },
];

function override(files, group, sentence) {
  const patterns = [{ group, message: sentence }];
  return { files: [files], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

/** The test files among those that a pattern names. */
const testsAmong = (files) => files.replace(/\*\*$/, '**/*').replace(/(\.ts)?$/, '.test.ts');

const overridesOf = ({ files, may, mayNot, inTests = [], sentence }) =>
  mayNot !== undefined
    ? [override(files, mayNot, sentence)]
    : [
        override(files, ['*', ...may], sentence),
        override(
          testsAmong(files),
          ['*', ...may, ...inTests, ...testTools.map((name) => `!${name}`)],
          sentence,
        ),
      ];

export default {
  plugins: ['import', 'typescript'],
  categories: { correctness: 'off' },
  rules: { 'import/no-cycle': ['error', { ignoreTypes: false }] },
  overrides: entries.flatMap(overridesOf),
};
