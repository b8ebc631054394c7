import { posix } from 'node:path';

/**
 * What of a site's pages leads where.
 *
 * @typedef {{ readonly dead: readonly string[]; readonly external: readonly string[] }} Links `dead` are sentences.
 */

const reference = /<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g;
const identity = /\sid="([^"]*)"/g;

/**
 * Follows every link of every page: to a file that must be there, and to a place in a page that must have it.
 *
 * @param {Readonly<Record<string, string>>} pages HTML by path, such as `functions/learn.html`.
 * @param {ReadonlySet<string>} files paths of all that is there, pages included.
 * @returns {Links}
 */
export function followLinks(pages, files) {
  const places = new Map(Object.entries(pages).map(([path, html]) => [path, placesIn(html)]));
  /** @type {Set<string>} */
  const external = new Set();
  const dead = Object.entries(pages).flatMap(([from, html]) =>
    [...new Set([...html.matchAll(reference)].map(([, address = '']) => unescaped(address)))]
      .filter((address) => {
        if (/^[a-z]+:/.test(address)) {
          external.add(address);
          return false;
        }
        const [path = '', place] = address.split('#');
        // An address from the host's root does not hold in a subfolder.
        if (path.startsWith('/')) return true;
        const to = path === '' ? from : posix.join(posix.dirname(from), decodeURIComponent(path));
        if (!files.has(to)) return true;
        return place !== undefined && place !== '' && !places.get(to)?.has(decodeURIComponent(place));
      })
      .map((address) => `${from} links to “${address}”, which is not there.`),
  );
  return { dead, external: [...external].toSorted() };
}

/** @param {string} html */
function placesIn(html) {
  return new Set([...html.matchAll(identity)].map(([, id = '']) => unescaped(id)));
}

/** @param {string} attribute */
function unescaped(attribute) {
  return attribute
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
