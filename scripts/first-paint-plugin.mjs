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
