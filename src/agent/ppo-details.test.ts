import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/ppo-details.md', root), 'utf8');

describe('docs/ppo-details.md', () => {
  it('has each of the 38 details once, in order', () => {
    const numbers = Array.from(page.matchAll(/^\| (\d+) \|/gm), (row) => Number(row[1]));
    expect(numbers).toEqual(Array.from({ length: 38 }, (_, i) => i + 1));
  });

  it('names what exists', () => {
    const places = Array.from(page.matchAll(/`([^`]+)` in `([^`]+\.ts)`/g), ([, name, path]) => ({
      name: name!,
      path: path!,
    }));
    expect(places.length).toBeGreaterThanOrEqual(38);
    const missing = places.filter(
      ({ name, path }) => !readFileSync(new URL(`src/${path}`, root), 'utf8').includes(name),
    );
    expect(missing).toEqual([]);
  });
});
