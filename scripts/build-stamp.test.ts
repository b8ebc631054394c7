import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildInputs, hashOf, sourcesOf, stampOf } from './build-stamp.mjs';
import { projectFolder } from './set-up.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'playtrain-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}

describe('the hash of what a build reads', () => {
  const inputs = ['index.html', 'src', 'not-there'];

  it('changes with every change of a file, and back with it', () => {
    write('index.html', '<p>');
    write('src/a/b.ts', 'one');
    const before = hashOf(folder, inputs);
    const changes: readonly (readonly [change: () => void, undo: () => void])[] = [
      [() => write('src/a/b.ts', 'two'), () => write('src/a/b.ts', 'one')],
      [() => write('src/c.ts', ''), () => rmSync(join(folder, 'src/c.ts'))],
      [() => rmSync(join(folder, 'index.html')), () => write('index.html', '<p>')],
    ];
    for (const [change, undo] of changes) {
      change();
      expect(hashOf(folder, inputs)).not.toBe(before);
      undo();
      expect(hashOf(folder, inputs)).toBe(before);
    }
  });

  it('tells apart where one file ends and the next begins', () => {
    write('src/a', 'xy');
    write('src/b', '');
    const before = hashOf(folder, inputs);
    write('src/a', 'x');
    write('src/b', 'y');
    expect(hashOf(folder, inputs)).not.toBe(before);
  });

  it('knows no times, no tests, and nothing beside the inputs', () => {
    write('src/a.ts', 'one');
    const before = hashOf(folder, inputs);
    utimesSync(join(folder, 'src/a.ts'), new Date(0), new Date(0));
    write('src/a.test.ts', 'more');
    write('README.md', 'more');
    expect(hashOf(folder, inputs)).toBe(before);
  });

  it('covers what the page and its configuration name', () => {
    const html = readFileSync(join(projectFolder, 'index.html'), 'utf8');
    const config = readFileSync(join(projectFolder, 'vite.config.ts'), 'utf8');
    const named = [
      ...[...html.matchAll(/(?:src|href)="\/([^/"]+)/g)].map(([, name]) => name),
      ...[...config.matchAll(/from '\.\/([^/']+)/g)].map(([, name]) => name),
    ];
    expect(named.length).toBeGreaterThan(2);
    for (const name of named) expect(buildInputs).toContain(name);
  });
});

describe('a build’s stamp', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.string(), (sources) => {
        expect(sourcesOf(stampOf(sources))).toBe(sources);
      }),
    );
  });

  it('is never found in what other servers answer', () => {
    for (const other of [
      '',
      '<!doctype html>',
      'null',
      '[]',
      '{}',
      '{"app":"other","sources":"x"}',
      '{"app":"playtrain"}',
    ])
      expect(sourcesOf(other)).toBeNull();
  });
});
