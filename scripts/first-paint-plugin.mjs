import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the build puts into the head is moved to where `index.html` has it: behind what is shown at once. */
const stylesheets = /\s*<link rel="stylesheet"[^>]*>/g;

/**
 * Lets the page be painted before its styles are there: a stylesheet in the head holds up everything, one at the body's
 * end only what comes after it.
 *
 * @returns {import('vite').Plugin}
 */
export function firstPaint() {
  return {
    name: 'first-paint',
    apply: 'build',
    transformIndexHtml: { order: 'post', handler: withStylesLast },
  };
}

/** @param {string} html */
export function withStylesLast(html) {
  const links = [...html.matchAll(stylesheets)].map(([link]) => link);
  return html.replaceAll(stylesheets, '').replace(/(\s*)<\/body>/, (end) => links.join('') + end);
}

/** A file of the project that stands in the page itself, since whatever is fetched comes too late to be seen at once. */
const files = /<!-- file: (\S+) -->/g;

/**
 * Puts the files that the page names in such comments into it.
 *
 * @returns {import('vite').Plugin}
 */
export function filesInPage() {
  return {
    name: 'files-in-page',
    transformIndexHtml: {
      order: 'pre',
      handler: (html, { filename }) => withFiles(html, dirname(filename)),
    },
  };
}

/**
 * @param {string} html
 * @param {string} folder that the names begin in.
 */
export function withFiles(html, folder) {
  return html.replaceAll(files, (_, /** @type {string} */ path) =>
    readFileSync(join(folder, path), 'utf8').trim(),
  );
}
