import fc from 'fast-check';
import { expect, it } from 'vitest';
import { oddTag } from '../testing/odd-tags';
import { isLanguageTag } from './language-tag';
import { type Languages, makeUsable } from './usable-language';

/** As in a browser, where the properties are the prototype's and cannot be written to. */
function browserOf(language: unknown, languages: unknown): Languages {
  return Object.create({
    get language() {
      return language;
    },
    get languages() {
      return languages;
    },
  });
}

it('whatever a browser says of its languages, Intl takes the first one afterwards', () => {
  fc.assert(
    fc.property(oddTag, fc.option(fc.array(oddTag, { maxLength: 3 }), { nil: undefined }), (first, all) => {
      const own = browserOf(first, all);
      makeUsable(own);
      expect(() => new Intl.NumberFormat(own.language).format(1234.5)).not.toThrow();
      expect(own.language).not.toBe('');
      expect(own.language === first).toBe(isLanguageTag(first));
    }),
  );
});

it('a language that nobody chose gives way to the next that was', () => {
  const own = browserOf('C', ['C', 'fr-CH', 'fr']);
  makeUsable(own);
  expect(own).toMatchObject({ language: 'fr-CH', languages: ['fr-CH', 'fr'] });
});
