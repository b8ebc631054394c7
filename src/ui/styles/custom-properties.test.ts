import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { largeTypeScale } from '../kit/type-scale';

const folder = new URL('.', import.meta.url);
const sheets = readdirSync(folder)
  .filter((name) => name.endsWith('.css'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');

it('names no custom property that nothing defines: its rule would do nothing, without a word', () => {
  const defined = new Set(sheets.match(/--[a-z-]+(?=:)/g));
  // Set by what draws, not by a sheet.
  const setInPlace = new Set(['--at', '--look', '--used', '--weight']);
  const used = new Set([...sheets.matchAll(/var\((--[a-z-]+)/g)].map(([, name]) => name ?? ''));
  expect([...used].filter((name) => !defined.has(name) && !setInPlace.has(name))).toEqual([]);
});

it('says how large large type is as what draws on canvases has it', () => {
  const large = /:root\[data-large\] \{\s+--type: ([\d.]+);/.exec(sheets);
  expect(Number(large?.[1])).toBe(largeTypeScale);
});
