/**
 * `npm test`: every gate, each timed, ending in one line of counts. `npm run check` is the quick ones (`--quick`).
 *
 * `-- --only unit,lint` runs just those steps. `-- --all-engines` installs and requires Firefox and WebKit, which are
 * otherwise tested only where they are there. `-- --long` runs the tests that are marked `@long` as well: what differs
 * from others in little, or waits for long. `-- --python` requires Python, whose part is otherwise left out where there is
 * none; `-- --python-heavy` also installs torch and Ray, once, and runs the tests that need them.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPicture } from './build-picture.mjs';
import { buildSim } from './build-sim.mjs';
import { ensureBrowser } from './ensure-browser.mjs';
import { ensureEngines, missingEngines } from './ensure-engines.mjs';
import { findPython, pythonAdvice, pythonEnvironment, runPython } from './python.mjs';
import { projectFolder, setUp } from './set-up.mjs';
import {
  addCounts,
  countsLine,
  gateCounts,
  playwrightCounts,
  pytestCounts,
  vitestCounts,
} from './test-counts.mjs';
import { runNode, runTool } from './tools.mjs';

const reportFolder = join(projectFolder, 'artifacts', 'reports');
const typedFolders = ['src', 'tests', 'bench', 'examples', 'scripts'];

/**
 * @typedef {import('./test-counts.mjs').Counts} Counts
 *
 * @typedef {{
 *   readonly name: string;
 *   readonly quick?: boolean;
 *   readonly browser?: boolean;
 *   readonly needs?: string;
 *   readonly run: () => Promise<Counts>;
 * }} Step
 */

/** Unless told, Vitest leaves a core to itself, which is half of two. */
const everyCore = ['--maxWorkers=100%'];

/**
 * The gates in order. `needs` names a step without whose success this one would only repeat its failure, `browser`
 * says that a browser must be there first. `run` returns the step's counts.
 *
 * @type {readonly Step[]}
 */
const steps = [
  { name: 'format', quick: true, run: () => gate('@biomejs/biome', 'biome', ['format', '.']) },
  { name: 'types', quick: true, run: () => gate('typescript', 'tsc', ['--noEmit']) },
  {
    name: 'lint',
    quick: true,
    run: async () =>
      addCounts(
        await gate('@biomejs/biome', 'biome', ['lint', '.']),
        await gate('oxlint', 'oxlint', ['--type-aware', '--deny-warnings', ...typedFolders]),
      ),
  },
  {
    name: 'import rules',
    quick: true,
    run: () => gate('oxlint', 'oxlint', ['-c', 'import-rules.mjs', ...typedFolders]),
  },
  { name: 'unit', quick: true, run: () => vitest('node*', everyCore) },
  { name: 'older Phasers', quick: true, run: () => vitest('phaser-*', everyCore) },
  { name: 'browser unit', browser: true, run: () => vitest('browser*') },
  { name: 'docs', browser: true, run: docs },
  { name: 'package', quick: true, run: pack },
  {
    name: 'package in use',
    browser: true,
    needs: 'package',
    run: () => playwright('package.json', ['-c', 'tests/package']),
  },
  { name: 'python', run: python },
  { name: 'build', run: () => gate('vite', 'vite', ['build', '--logLevel', 'warn']) },
  { name: 'end-to-end', browser: true, needs: 'build', run: () => playwright('playwright.json') },
  { name: 'engines', browser: true, needs: 'build', run: engines },
];

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    only: { type: 'string' },
    'all-engines': { type: 'boolean' },
    long: { type: 'boolean' },
    python: { type: 'boolean' },
    'python-heavy': { type: 'boolean' },
  },
});
const only = options.only?.split(',');
const unknown = only?.find((name) => !steps.some((step) => step.name === name));
if (unknown !== undefined) {
  console.error(`There is no step “${unknown}”; the steps are ${steps.map((step) => step.name).join(', ')}.`);
  process.exit(1);
}
const chosen = steps.filter(
  (step) => (only === undefined || only.includes(step.name)) && (!options.quick || step.quick),
);

setUp();
mkdirSync(reportFolder, { recursive: true });

/** @type {Counts} */
let total = { passed: 0, failed: 0, skipped: 0 };
const failedSteps = new Set();
/**
 * What was not tested, a sentence each: told last, where it is read.
 *
 * @type {string[]}
 */
const leftOut =
  options.quick || options.long ? [] : ['LEFT OUT: tests marked “@long”, which `npm test -- --long` runs.'];
const report = [];
for (const step of chosen) {
  console.log(`\n── ${step.name} ${'─'.repeat(Math.max(0, 60 - step.name.length))}`);
  const startedMs = Date.now();
  const counts = await countsOf(step);
  if (counts.failed > 0) failedSteps.add(step.name);
  total = addCounts(total, counts);
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1).padStart(6);
  report.push(`${counts.failed > 0 ? '✗' : '✓'} ${step.name.padEnd(14)}${seconds} s   ${countsLine(counts)}`);
}
console.log(`\n${report.join('\n')}\n`);
for (const sentence of leftOut) console.log(`${sentence}\n`);
console.log(countsLine(total));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/**
 * @param {Step} step
 * @returns {Promise<Counts>}
 */
async function countsOf(step) {
  if (step.needs !== undefined && failedSteps.has(step.needs)) {
    console.log(`Not run, because “${step.needs}” failed.`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  try {
    if (step.browser) await ensureBrowser();
    return await step.run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * @param {string} packageName
 * @param {string} command
 * @param {readonly string[]} commandArguments
 */
async function gate(packageName, command, commandArguments) {
  return gateCounts(await runTool(packageName, command, commandArguments));
}

/**
 * @param {string} project with `*` for any ending.
 * @param {readonly string[]} options
 */
async function vitest(project, options = []) {
  const file = freshReport(`vitest-${project.replace('*', '')}.json`);
  const exitCode = await runTool('vitest', 'vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...options,
  ]);
  return vitestCounts(readReport(file), exitCode);
}

/** The npm package, put together and judged. */
async function pack() {
  return gateCounts(await runNode([join('scripts', 'pack.mjs')]));
}

/** The guide and the reference, built without a gap or a dead link, and usable by all. */
async function docs() {
  const built = gateCounts(await runNode([join('scripts', 'docs.mjs')]));
  return built.failed > 0 ? built : addCounts(built, await playwright('docs.json', ['-c', 'tests/docs']));
}

/** The built page in every engine that is there, or, where all are required, in all. */
async function engines() {
  if (options['all-engines']) await ensureEngines();
  const { names, advice } = await missingEngines();
  if (names.length > 0) {
    leftOut.push(
      `NOT TESTED: ${names.join(' and ')}, which ${names.length > 1 ? 'are' : 'is'} not installed. ${advice}`,
    );
  }
  return playwright('engines.json', ['-c', 'tests/engines']);
}

/** The Python package: its types, and its tests against the game as it is built here. */
async function python() {
  const heavy = options['python-heavy'] === true;
  const found = findPython();
  if (found === null) {
    if (heavy || options.python) throw new Error(pythonAdvice);
    leftOut.push(`NOT TESTED: the Python package. ${pythonAdvice}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  if (!heavy && !options.long) {
    leftOut.push(
      'LEFT OUT: tests of the Python package that need torch or Ray, which `npm test -- --python-heavy` runs.',
    );
  }
  await buildSim();
  await buildPicture();
  // What draws pictures for the tests of them, where there is any.
  const { findBrowser } = await import('./browser.mjs');
  const browser = findBrowser();
  if (browser === null) leftOut.push('NOT TESTED: pictures of the Python package, which a browser draws.');
  else process.env['CHROMIUM_PATH'] = browser;
  const own = pythonEnvironment(found, heavy ? 'heavy' : 'light');
  // Without Ray and torch, whose types are theirs.
  const light = heavy ? pythonEnvironment(found, 'light') : own;
  const types = gateCounts(runPython(light, ['mypy', '--cache-dir', join(reportFolder, 'mypy')]));
  const file = freshReport('pytest.xml');
  const exitCode = runPython(own, [
    'pytest',
    `--junitxml=${file}`,
    '-p',
    'no:cacheprovider',
    ...(heavy ? [] : ['-m', 'not heavy']),
  ]);
  return addCounts(types, pytestCounts(existsSync(file) ? readFileSync(file, 'utf8') : null, exitCode));
}

/**
 * @param {string} reportName
 * @param {readonly string[]} [commandArguments]
 */
async function playwright(reportName, commandArguments = []) {
  const file = freshReport(reportName);
  const exitCode = await runTool(
    '@playwright/test',
    'playwright',
    [
      'test',
      ...commandArguments,
      ...(options.long ? [] : ['--grep-invert', '@long']),
      '--reporter=list,json',
    ],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  );
  return playwrightCounts(readReport(file), exitCode);
}

/**
 * A report's path, with no older report left there to be mistaken for it.
 *
 * @param {string} name
 */
function freshReport(name) {
  const file = join(reportFolder, name);
  rmSync(file, { force: true });
  return file;
}

/**
 * @param {string} file
 * @returns what it holds, or null where it is missing or no JSON.
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
