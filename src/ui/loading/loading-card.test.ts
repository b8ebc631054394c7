import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const picture = (path: string) => {
  const text = readFileSync(new URL(path, import.meta.url), 'utf8');
  const [found] = /<svg class="loading-picture"[\s\S]*?<\/svg>/.exec(text) ?? [''];
  return found.replace(/\s+/g, ' ');
};

it('goes on with the very picture that index.html opens with, so that nothing jumps', () => {
  const opening = picture('../../../index.html');
  expect(opening).toContain('loading-cart');
  expect(picture('./loading-card.ts')).toBe(opening);
});
