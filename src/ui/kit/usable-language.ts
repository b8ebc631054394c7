/**
 * Browsers hand on whatever language the system says it has; WebKitGTK says “C” where nobody chose one. `Intl` throws
 * at what is no language tag, and libraries pass `navigator.language` to it while they load.
 *
 * Imported for what it does, before such a library: makes the page's language one that `Intl` takes.
 */
import { isLanguageTag } from './language-tag';

/** What a page reads of its browser's languages; `navigator` is one. */
export interface Languages {
  readonly language: string;
  readonly languages: readonly string[];
}

/** Takes what is no language tag out of `languages`, and puts English where nothing is left. */
export function makeUsable(own: Languages): void {
  if (isLanguageTag(own.language)) return;
  const usable = (own.languages ?? []).filter(isLanguageTag);
  const languages = usable.length > 0 ? usable : ['en'];
  Object.defineProperties(own, {
    language: { value: languages[0], configurable: true },
    languages: { value: Object.freeze(languages), configurable: true },
  });
}

if (typeof navigator === 'object') makeUsable(navigator);
