import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { builtFiles, sizesOf, zipOf } from './built-files.mjs';

const bytes = (text: string) => new TextEncoder().encode(text);

it('packs what is served, byte for byte and always the same, without source maps', () => {
  const files = {
    'assets/a.js': bytes('let a = 1;'.repeat(100)),
    'assets/a.js.map': bytes('{}'),
    'assets/b.wasm': new Uint8Array([0, 97, 115, 109]),
    'index.html': bytes('<!doctype html>'),
  };
  const { 'assets/a.js.map': _, ...served } = files;
  expect(unzipSync(zipOf(files))).toEqual(served);
  expect(zipOf(files)).toEqual(zipOf(files));
  const { raw, gzip, sourceMaps } = sizesOf(files);
  expect([raw, sourceMaps]).toEqual([1000 + 4 + 15, 2]);
  expect(gzip).toBeLessThan(100);
});

it('reads a folder by paths with slashes, in order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'playtrain-'));
  try {
    mkdirSync(join(folder, 'assets', 'deep'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), 'x');
    writeFileSync(join(folder, 'assets', 'deep', 'a.svg'), 'y');
    expect(Object.entries(builtFiles(folder))).toEqual([
      ['assets/deep/a.svg', bytes('y')],
      ['index.html', bytes('x')],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
