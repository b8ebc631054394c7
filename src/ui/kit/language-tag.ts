/** True for what `Intl` takes as a language, such as `de-CH`; false for `C`, `de_CH` and an empty text. */
export function isLanguageTag(tag: unknown): tag is string {
  if (typeof tag !== 'string' || tag === '') return false;
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

/**
 * The English in which dates are written to somebody who reads these languages: the page is in English, and so are its
 * dates, but where to put the month differs. What is no language tag is passed over.
 *
 * @returns such as `en-US`, of language and region alone; `en-GB` where no English is read.
 */
export function englishFor(languages: readonly unknown[]): string {
  for (const tag of languages) {
    if (!isLanguageTag(tag)) continue;
    const { language, region } = new Intl.Locale(tag).maximize();
    if (language === 'en' && region !== undefined) return `en-${region}`;
  }
  return 'en-GB';
}
