import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareOutput, writeJson, writeOutput } from './output-file';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'playtrain-output-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file that a tool writes', () => {
  it('has its folder before the work begins, and is not there yet', () => {
    const file = join(folder, 'new/deeper/run.bin');
    prepareOutput(file);
    prepareOutput(file);
    expect(readdirSync(join(folder, 'new/deeper'))).toEqual([]);
    writeOutput(file, Uint8Array.of(1, 2));
    expect([...readFileSync(file)]).toEqual([1, 2]);
    expect(readdirSync(join(folder, 'new/deeper'))).toEqual(['run.bin']);
  });

  it('makes its folder also where nothing was prepared, and replaces what was there', () => {
    const file = join(folder, 'other/report.json');
    writeJson(file, { a: 1 });
    writeJson(file, { a: 2 });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ a: 2 });
  });

  it('is refused before the work where it could not be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => prepareOutput(join(folder, 'file/run.bin'))).toThrow('Name another');
    mkdirSync(join(folder, 'run'));
    expect(() => prepareOutput(join(folder, 'run'))).toThrow('is a folder');
  });

  it('leaves nothing beside it where it cannot be put there', () => {
    mkdirSync(join(folder, 'taken'));
    expect(() => writeOutput(join(folder, 'taken'), Uint8Array.of(1))).toThrow(
      /EISDIR|ENOTEMPTY|EEXIST|EPERM/,
    );
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});
