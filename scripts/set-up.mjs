import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled, namesAreInstalled } from './installed-packages.mjs';
import { isInRange, rangeInWords } from './node-range.mjs';

/** The project's own folder, whatever folder a command was called from. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** What pnpm and Yarn leave in `node_modules` once they have filled it. */
const marksOfOthers = ['.modules.yaml', '.yarn-integrity', '.yarn-state.yml'];

/**
 * @param {string} range of Node's versions, as in `package.json`.
 * @param {string} version such as `20.19.0`.
 * @returns a sentence to show when the tools do not run on that version, else null.
 */
export function nodeProblem(range, version) {
  if (isInRange(range, version)) return null;
  return `Playtrain needs Node ${rangeInWords(range)}, and this is ${version}; install another from https://nodejs.org or with your system's packages.`;
}

/**
 * The npm that runs this, or else the one that came with Node. Under pnpm and Yarn `npm_execpath` names those, whose
 * commands are others.
 *
 * @param {string | undefined} execPath `npm_execpath` of the environment.
 * @returns the command, and what stands before its arguments.
 */
export function npmCommand(execPath) {
  const isNpm = execPath !== undefined && basename(execPath.replaceAll('\\', '/')) === 'npm-cli.js';
  return isNpm ? { command: process.execPath, before: [execPath] } : { command: 'npm', before: [] };
}

/**
 * Runs npm in the project's folder, its output shown as it comes.
 *
 * @param {readonly string[]} commandArguments
 * @returns whether it succeeded.
 */
function runNpm(commandArguments) {
  const { command, before } = npmCommand(process.env['npm_execpath']);
  const { status } = spawnSync(command, [...before, ...commandArguments], {
    cwd: projectFolder,
    stdio: 'inherit',
    shell: command === 'npm' && process.platform === 'win32',
  });
  return status === 0;
}

/**
 * @param {string} path from the project's folder.
 * @returns what the JSON file holds, or null where there is none.
 */
function json(path) {
  const file = join(projectFolder, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** @returns {import('./installed-packages.mjs').Machine} */
function thisMachine() {
  return { os: process.platform, cpu: process.arch, libc: process.platform === 'linux' ? cLibrary() : null };
}

function cLibrary() {
  // Else it would look up the names of all network connections first.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = /** @type {{ header: object }} */ (process.report.getReport());
  return 'glibcVersionRuntime' in header ? 'glibc' : 'musl';
}

function packagesAreThere() {
  if (marksOfOthers.some((mark) => existsSync(join(projectFolder, 'node_modules', mark)))) {
    const { dependencies, devDependencies } = json('package.json');
    return namesAreInstalled(
      { ...dependencies, ...devDependencies },
      (name) => json(`node_modules/${name}/package.json`)?.version ?? null,
    );
  }
  const wanted = json('package-lock.json').packages;
  return isInstalled(wanted, json('node_modules/.package-lock.json')?.packages ?? {}, thisMachine());
}

/**
 * Loads the build tool, with the part of it that is not JavaScript, in a process of its own: one that failed to load
 * stays so in its process.
 *
 * @returns what went wrong, or null.
 */
function loadingProblem() {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', "import 'vite';"],
    {
      cwd: projectFolder,
      encoding: 'utf8',
    },
  );
  return status === 0 ? null : stderr.trim();
}

/**
 * Makes sure that Node is one that the tools run on, and that the packages are installed and work; ends the process with
 * a sentence if not.
 */
export function setUp() {
  const problem = nodeProblem(json('package.json').engines.node, process.versions.node);
  if (problem !== null) return giveUp(problem);
  if ('pnp' in process.versions) {
    return giveUp(
      'Yarn’s Plug’n’Play has no node_modules folder, which the tools need; run `npm start`, or write `nodeLinker: node-modules` into .yarnrc.yml and install again.',
    );
  }
  if (packagesAreThere() && loadingProblem() === null) return;
  console.log('Installing packages (npm ci) …');
  // npm leaves the development tools out when NODE_ENV is production; they are what builds and tests.
  if (!runNpm(['ci', '--include=dev', '--include=optional'])) {
    return giveUp(
      'The packages could not be installed; see what npm said above, check the network, and run the command again.',
    );
  }
  const failure = loadingProblem();
  if (failure !== null) {
    giveUp(
      `The packages are installed, but the build tool does not load on this machine (${process.platform}, ${process.arch}, Node ${process.versions.node}):\n${failure}`,
    );
  }
}

/** @param {string} sentence */
function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}
