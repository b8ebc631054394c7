/**
 * The Python part's own environment: made once for each lock and Python, outside the tree, so that a clone stays small and
 * the next one is ready at once.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pythonFolder } from './build-sim.mjs';

const oldest = { major: 3, minor: 10 };
/** Names a Python to take. */
const variable = 'PLAYTRAIN_PYTHON';

/** @returns {{ readonly command: string; readonly version: string } | null} a Python that is new enough and has venv. */
export function findPython() {
  const named = process.env[variable];
  for (const command of named === undefined ? ['python3', 'python'] : [named]) {
    const code = 'import sys, venv, ensurepip; print(*sys.version_info[:3], sys.platform, sep=" ")';
    const { status, stdout } = spawnSync(command, ['-c', code], { encoding: 'utf8' });
    if (status !== 0) continue;
    const [major = 0, minor = 0] = stdout.split(' ').map(Number);
    if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) {
      return { command, version: stdout.trim().replaceAll(' ', '-') };
    }
  }
  return null;
}

/** Why nothing of Python was tested, and what to do. */
export const pythonAdvice = `No Python of ${oldest.major}.${oldest.minor} or newer with venv was found; install one (on Debian: apt-get install python3-venv), or name one in ${variable}.`;

/**
 * Makes sure that an environment with the packages of a lock is there.
 *
 * @param {{ readonly command: string; readonly version: string }} python
 * @param {'light' | 'heavy'} lock which of `python/requirements`.
 * @returns the path of its Python.
 */
export function pythonEnvironment({ command, version }, lock) {
  const requirements = join(pythonFolder, 'requirements', `${lock}.txt`);
  const digest = createHash('sha256').update(version).update(readFileSync(requirements)).digest('hex');
  const folder = join(cacheFolder(), `${lock}-${digest.slice(0, 16)}`);
  const own = join(folder, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
  const whole = join(folder, 'whole');
  if (existsSync(whole)) return own;

  console.log(`Making an environment for Python in ${folder}; this takes a while, once.`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run(command, ['-m', 'venv', folder]);
  run(own, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--require-hashes',
    '--only-binary',
    ':all:',
    '-r',
    requirements,
  ]);
  writeFileSync(whole, '');
  return own;
}

function cacheFolder() {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'playtrain', 'python');
}

/**
 * @param {string} command
 * @param {readonly string[]} commandArguments
 */
function run(command, commandArguments) {
  const { status } = spawnSync(command, commandArguments, { stdio: 'inherit' });
  if (status === 0) return;
  throw new Error(`“${command} ${commandArguments.join(' ')}” failed, so the Python part cannot be tested.`);
}

/**
 * Runs a module of Python in `python/`, with the package as it stands there.
 *
 * @param {string} own the environment's Python.
 * @param {readonly string[]} moduleArguments
 * @returns the exit code.
 */
export function runPython(own, moduleArguments) {
  const { status } = spawnSync(own, ['-m', ...moduleArguments], {
    cwd: pythonFolder,
    stdio: 'inherit',
    env: { ...process.env, PYTHONPATH: join(pythonFolder, 'src'), PLAYTRAIN_NODE: process.execPath },
  });
  return status ?? 1;
}
