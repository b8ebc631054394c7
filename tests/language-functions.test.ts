import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '..', 'src');
/** Where dates and numbers are written, and where languages are looked at before. */
const allowed = ['cli/whole-number.ts', 'ui/kit/format.ts', 'ui/kit/language-tag.ts'];
/** They throw where the browser's language is none, such as “C”, and write other digits and letters elsewhere. */
const byLanguage = /\bIntl\.|\.toLocale\w*\(/;

it('asks what depends on the browser’s language in one place alone', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  expect(files.length).toBeGreaterThan(100);
  const users = files.filter((name) => byLanguage.test(readFileSync(join(source, name), 'utf8')));
  expect(users.map((name) => name.replaceAll(sep, '/')).toSorted()).toEqual(allowed);
});
