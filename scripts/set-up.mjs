import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's own folder, whatever folder a command was called from. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

const oldestNode = [20, 19];

/** @returns a sentence to show when `version` (such as `20.19.0`) is too old to run the tools, else null. */
export function nodeProblem(version) {
  const [major, minor] = version.split('.').map(Number);
  const newEnough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  if (newEnough) return null;
  return `Playtrain needs Node ${oldestNode.join('.')} or newer and this is ${version}; install a newer one from https://nodejs.org or with your system's packages.`;
}

/**
 * Compares what `package-lock.json` asks for with what npm says it installed (`node_modules/.package-lock.json`,
 * which npm writes last). Packages for other platforms may be missing.
 *
 * @returns whether every package is there in the right version.
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link === true) return true;
    const found = installed[path];
    return found === undefined ? entry.optional === true : found.version === entry.version;
  });
}

/**
 * Runs npm with the Node that runs this, in the project's folder.
 *
 * @returns whether it succeeded.
 */
export function runNpm(commandArguments) {
  const npmScript = process.env.npm_execpath;
  const [command, first] =
    npmScript !== undefined && /\.c?js$/.test(npmScript) ? [process.execPath, [npmScript]] : ['npm', []];
  const { status } = spawnSync(command, [...first, ...commandArguments], {
    cwd: projectFolder,
    stdio: 'inherit',
    shell: command === 'npm' && process.platform === 'win32',
  });
  return status === 0;
}

function packages(path) {
  const file = new URL(`../${path}`, import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

/** Makes sure that Node is new enough and that the packages are installed; ends the process with a sentence if not. */
export function setUp() {
  const problem = nodeProblem(process.versions.node);
  if (problem !== null) {
    console.error(problem);
    process.exit(1);
  }
  if (isInstalled(packages('package-lock.json'), packages('node_modules/.package-lock.json'))) return;
  console.log('Installing packages (npm ci) …');
  // npm leaves the development tools out when NODE_ENV is production; they are what builds and tests.
  if (!runNpm(['ci', '--include=dev', '--include=optional'])) {
    console.error(
      'The packages could not be installed; see what npm said above, check the network, and run the command again.',
    );
    process.exit(1);
  }
}
