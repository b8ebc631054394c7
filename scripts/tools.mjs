import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { projectFolder } from './set-up.mjs';

/**
 * Where an installed package keeps the script of one of its commands, so that it can be run by this Node directly:
 * the links in `node_modules/.bin` are shell scripts on Windows.
 *
 * @param {string} packageName
 * @param {string} command
 */
function commandScript(packageName, command) {
  const folder = join(projectFolder, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Runs a command of an installed package in the project's folder, its output shown as it comes.
 *
 * @param {string} packageName
 * @param {string} command
 * @param {readonly string[]} commandArguments
 * @param {Readonly<Record<string, string>>} [environment] added to this process's own.
 * @returns {Promise<number>} the exit code; 1 when it was ended by a signal.
 */
export function runTool(packageName, command, commandArguments, environment = {}) {
  return runNode([commandScript(packageName, command), ...commandArguments], environment);
}

/**
 * As `runTool`, for a script, with what else Node is to be told before it.
 *
 * @param {readonly string[]} nodeArguments
 * @param {Readonly<Record<string, string>>} [environment] added to this process's own.
 * @returns {Promise<number>} the exit code; 1 when it was ended by a signal.
 */
export function runNode(nodeArguments, environment = {}) {
  const child = spawn(process.execPath, nodeArguments, {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  // The terminal sends Ctrl-C to the child as well, which may have something to save before it ends.
  const waitOn = () => {};
  process.on('SIGINT', waitOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => process.removeListener('SIGINT', waitOn));
}

/** How many ports are tried, one after the other. */
export const portsTried = 100;

/**
 * @param {number} first
 * @returns the first free TCP port on this machine from `first` on.
 */
export async function freePort(first) {
  for (let port = first; port < first + portsTried; port++) {
    if (await isFree(port)) return port;
  }
  throw noPortFree(first);
}

/**
 * @param {number} first the first port that was tried.
 */
export function noPortFree(first) {
  return new Error(
    `No port from ${first} to ${first + portsTried - 1} is free; end one of the servers that use them.`,
  );
}

/**
 * @param {number} port
 * @param {string} [host] the address to listen at; `0.0.0.0` for all of this machine's.
 * @returns {Promise<boolean>}
 */
export function isFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
