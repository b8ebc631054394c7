import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInstalled, type LockEntries, namesAreInstalled } from './installed-packages.mjs';
import { isInRange, rangeInWords } from './node-range.mjs';
import { nodeProblem, npmCommand, projectFolder } from './set-up.mjs';

const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
const lock: LockEntries = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')).packages;
const range: string = manifest.engines.node;

describe('the range of Node versions', () => {
  it('is what the build tool asks for, no wider', () => {
    const vite: { engines: { node: string } } = JSON.parse(
      readFileSync(join(projectFolder, 'node_modules/vite/package.json'), 'utf8'),
    );
    expect(range).toBe(vite.engines.node);
  });

  it('takes the first that work and all later ones of theirs', () => {
    for (const version of ['20.19.0', '20.20.2', '22.12.0', '22.21.1', '23.0.0', '24.0.0', '25.0.0-nightly'])
      expect(nodeProblem(range, version)).toBeNull();
  });

  it('refuses those between and before, and says what to do', () => {
    for (const version of ['18.20.8', '20.0.0', '20.18.3', '21.7.3', '22.0.0', '22.11.0']) {
      expect(nodeProblem(range, version)).toBe(
        `Playtrain needs Node 20.19 or a later 20, or 22.12 or newer, and this is ${version}; install another from https://nodejs.org or with your system's packages.`,
      );
    }
  });

  it('orders versions as numbers', () => {
    const number = fc.nat({ max: 300 });
    fc.assert(
      fc.property(fc.tuple(number, number, number), fc.tuple(number, number, number), (a, b) => {
        const [left, right] = [a.join('.'), b.join('.')];
        const weight = ([major, minor, patch]: readonly [number, number, number]) =>
          (major * 1000 + minor) * 1000 + patch;
        expect(isInRange(`>=${left}`, right)).toBe(weight(b) >= weight(a));
        expect(isInRange(`^${left}`, right)).toBe(weight(b) >= weight(a) && a[0] === b[0]);
      }),
    );
  });

  it('says that it does not understand others', () => {
    for (const odd of ['', '20', '~20.19.0', '>=20.19', '^20.19.0 ||']) {
      expect(() => isInRange(odd, '20.19.0')).toThrow('is no range of versions that is understood here');
      expect(() => rangeInWords(odd)).toThrow('is no range of versions');
    }
  });
});

describe('isInstalled', () => {
  const linux = { os: 'linux', cpu: 'x64', libc: 'glibc' };
  const wanted = {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '2.0.0' },
    'node_modules/a-darwin-arm64': { version: '2.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
    'node_modules/a-linux-x64-musl': {
      version: '2.0.0',
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    },
    'node_modules/a-linux-x64-gnu': {
      version: '2.0.0',
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['glibc'],
    },
    'node_modules/a-not-windows': { version: '2.0.0', optional: true, os: ['!win32'] },
    'node_modules/needed-by-a-darwin': { version: '2.0.0', optional: true },
  };
  const complete = {
    'node_modules/a': { version: '2.0.0' },
    'node_modules/a-linux-x64-gnu': { version: '2.0.0' },
    'node_modules/a-not-windows': { version: '2.0.0' },
  };

  it('is content with the same versions, packages for other machines aside', () => {
    expect(isInstalled(wanted, complete, linux)).toBe(true);
  });

  it('notices every package that is missing or of another version, also those for this machine alone', () => {
    const names = Object.keys(complete) as (keyof typeof complete)[];
    for (const name of names) {
      const { [name]: _, ...without } = complete;
      expect(isInstalled(wanted, without, linux)).toBe(false);
      expect(isInstalled(wanted, { ...complete, [name]: { version: '1.9.0' } }, linux)).toBe(false);
    }
    const stale = { ...complete, 'node_modules/a-darwin-arm64': { version: '1.0.0' } };
    expect(isInstalled(wanted, stale, linux)).toBe(false);
  });

  it('asks each machine for its own', () => {
    const windows = { os: 'win32', cpu: 'x64', libc: null };
    expect(isInstalled(wanted, { 'node_modules/a': { version: '2.0.0' } }, windows)).toBe(true);
    expect(isInstalled(wanted, complete, { os: 'darwin', cpu: 'arm64', libc: null })).toBe(false);
    expect(isInstalled(wanted, complete, { ...linux, libc: 'musl' })).toBe(false);
    expect(isInstalled(wanted, complete, { ...linux, cpu: 'arm64' })).toBe(true);
  });

  it('finds in the lock file what is not JavaScript in the tools, for each usual machine', () => {
    const everything = Object.entries(lock).filter(([, { optional }]) => optional !== true);
    for (const machine of [
      linux,
      { ...linux, libc: 'musl' },
      { ...linux, cpu: 'arm64' },
      { os: 'darwin', cpu: 'arm64', libc: null },
      { os: 'win32', cpu: 'x64', libc: null },
    ]) {
      expect(isInstalled(lock, Object.fromEntries(everything), machine)).toBe(false);
    }
  });
});

describe('with other package managers', () => {
  it('asks for each package by its name and version', () => {
    const versions = new Map([['a', '1.0.0']]);
    const installed = (name: string) => versions.get(name) ?? null;
    expect(namesAreInstalled({ a: '1.0.0' }, installed)).toBe(true);
    expect(namesAreInstalled({ a: '1.0.1' }, installed)).toBe(false);
    expect(namesAreInstalled({ a: '1.0.0', b: '1.0.0' }, installed)).toBe(false);
    expect(namesAreInstalled({ a: 'npm:@some/other@1.0.0' }, installed)).toBe(true);
    expect(namesAreInstalled({ a: 'npm:other@1.0.1' }, installed)).toBe(false);
    expect(namesAreInstalled({ a: 'file:some/folder' }, installed)).toBe(true);
    expect(namesAreInstalled({ b: 'file:some/folder' }, installed)).toBe(false);
  });

  it('names every package in one version, so that they install the same', () => {
    const versions = Object.values<string>({ ...manifest.dependencies, ...manifest.devDependencies });
    for (const version of versions) expect(version).toMatch(/^(npm:[a-z-]+@)?\d+\.\d+\.\d+$|^file:scripts\//);
  });

  it('never takes them for npm', () => {
    for (const npm of [
      '/usr/lib/node_modules/npm/bin/npm-cli.js',
      'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js',
    ]) {
      expect(npmCommand(npm)).toEqual({ command: process.execPath, before: [npm] });
    }
    for (const other of ['/x/pnpm/bin/pnpm.cjs', '/x/yarn/bin/yarn.js', '/x/npx-cli.js', undefined]) {
      expect(npmCommand(other)).toEqual({ command: 'npm', before: [] });
    }
  });
});

describe('line ends', () => {
  const isClone = existsSync(join(projectFolder, '.git'));

  it.skipIf(!isClone)('are the same on every system, and bytes stay as they are', () => {
    const files = execFileSync('git', ['ls-files'], { cwd: projectFolder, encoding: 'utf8' }).split('\n');
    const binary = files.filter((name) => /\.(png|wav|safetensors)$/.test(name));
    expect(binary.length).toBeGreaterThan(10);
    const attributes = (names: readonly string[]) =>
      execFileSync('git', ['check-attr', 'text', 'eol', '--', ...names], {
        cwd: projectFolder,
        encoding: 'utf8',
      });
    expect(attributes(binary)).not.toMatch(/text: (?!unset)/);
    expect(attributes(['index.html', 'src/index.ts', 'docs/metrics.md'])).not.toMatch(/eol: (?!lf)/);
  });
});

describe('the lock file', () => {
  it('names no registry, so that packages come from whichever a person uses', () => {
    const places = Object.values(lock).flatMap((entry) =>
      'resolved' in entry ? [String(entry.resolved)] : [],
    );
    expect(places.filter((place) => !place.startsWith('file:scripts/'))).toEqual([]);
  });
});
