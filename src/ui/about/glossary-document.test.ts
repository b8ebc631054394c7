import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { glossary } from '../../texts/glossary';
import { glossaryDocument } from './glossary-document';

it('docs/glossary.md says what the page says, in at most twenty words', () => {
  // If it does not: npx tsx scripts/write-docs.ts
  const written = readFileSync(new URL('../../../docs/glossary.md', import.meta.url), 'utf8');
  expect(written).toBe(glossaryDocument(glossary));
  expect(glossary.length).toBeLessThanOrEqual(20);
  expect(new Set(glossary.map(({ word }) => word)).size).toBe(glossary.length);
});
