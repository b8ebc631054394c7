import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { projectFolder } from './set-up.mjs';

/**
 * Where an installed package keeps the script of one of its commands, so that it can be run by this Node directly:
 * the links in `node_modules/.bin` are shell scripts on Windows.
 */
function commandScript(packageName, command) {
  const folder = join(projectFolder, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Runs a command of an installed package in the project's folder, its output shown as it comes.
 *
 * @returns the exit code; 1 when it was ended by a signal.
 */
export function runTool(packageName, command, commandArguments, environment = {}) {
  const child = spawn(process.execPath, [commandScript(packageName, command), ...commandArguments], {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** @returns the first free TCP port on this machine from `first` on. */
export async function freePort(first) {
  for (let port = first; port < first + 100; port++) {
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${first} to ${first + 99} is free; end one of the servers that use them.`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
