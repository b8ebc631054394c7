/**
 * What a server answers with so that a page is alone with its origin (`crossOriginIsolated`): browsers let it share
 * memory between its threads then. Any host that sends these two does the same.
 */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
