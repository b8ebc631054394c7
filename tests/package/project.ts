import { spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { npmCommand } from '../../scripts/set-up.mjs';
import type { TextFiles } from './flap-files';

const ours = join(import.meta.dirname, '..', '..');

/** The tarball that `npm run pack` wrote. */
function tarball(): string {
  const dist = join(ours, 'dist');
  const name = readdirSync(dist).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error('There is no tarball in dist; run `npm run pack` first.');
  return join(dist, name);
}

/** A project of somebody who uses the package, in a folder of its own that is gone once it is closed. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'playtrain-user-'));

  constructor(files: TextFiles) {
    this.write({ 'package.json': JSON.stringify({ name: 'somebodys-game', private: true }), ...files });
  }

  write(files: TextFiles): void {
    for (const [name, text] of Object.entries(files)) {
      const file = join(this.folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** Installs the tarball, and others from the registry, as its owner would. */
  install(...packages: readonly string[]): void {
    const { command, before } = npmCommand(process.env['npm_execpath']);
    this.run(command, ...before, 'install', '--no-audit', '--no-fund', tarball(), ...packages);
  }

  /** As `install`, without a network: others are those of this project. */
  unpack(...packages: readonly string[]): void {
    const modules = join(this.folder, 'node_modules');
    mkdirSync(modules, { recursive: true });
    this.run('tar', '-xzf', tarball(), '-C', modules);
    symlinkOf(join(modules, 'package'), join(modules, 'playtrain'));
    for (const name of packages) symlinkOf(join(ours, 'node_modules', name), join(modules, name));
  }

  /** Runs a command to its end. @throws with what it said, where it fails. */
  run(command: string, ...args: readonly string[]): void {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: this.folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  }

  /** Starts a command that stays. @returns what ends it. */
  start(command: string, ...args: readonly string[]): () => void {
    const child = spawn(command, args, { cwd: this.folder, stdio: 'ignore' });
    return () => child.kill();
  }

  /** Of a folder, by their paths in it. */
  files(folder: string): Record<string, Uint8Array> {
    const root = join(this.folder, folder);
    return Object.fromEntries(
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((file) => [
          file.slice(root.length + 1).replaceAll('\\', '/'),
          new Uint8Array(readFileSync(file)),
        ]),
    );
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function symlinkOf(target: string, link: string): void {
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(target, link, 'junction');
}
