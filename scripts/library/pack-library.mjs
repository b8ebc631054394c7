import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npmCommand } from '../set-up.mjs';
import { libraryFolder, projectManifest } from './entries.mjs';

/** @returns the path of the package's tarball, made anew from `dist/lib`. */
export function packLibrary() {
  const folder = dirname(libraryFolder);
  for (const old of readdirSync(folder)) if (old.endsWith('.tgz')) rmSync(join(folder, old));
  const { command, before } = npmCommand(process.env['npm_execpath']);
  const { status, stderr } = spawnSync(
    command,
    [...before, 'pack', libraryFolder, '--pack-destination', folder, '--silent'],
    { encoding: 'utf8', shell: command === 'npm' && process.platform === 'win32' },
  );
  if (status !== 0) throw new Error(`npm did not pack the package: ${stderr}`);
  return join(folder, `${projectManifest.name}-${projectManifest.version}.tgz`);
}
