/**
 * What a server answers with so that a page is alone with its origin (`crossOriginIsolated`): browsers let it share
 * memory between its threads then. Any host that sends these two does the same.
 */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Lets the development server and the preview answer so, but not Safari and its kin: in an isolated page, WebKit refuses
 * workers whose file a service worker answers, whatever that answers with.
 *
 * @returns {import('vite').Plugin}
 */
export function isolatedPages() {
  /** @param {{ readonly middlewares: import('vite').Connect.Server }} server */
  const answerSo = ({ middlewares }) => {
    middlewares.use((request, response, next) => {
      if (!isWebKit(request.headers['user-agent'] ?? '')) {
        for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
      }
      next();
    });
  };
  return { name: 'isolated-pages', configureServer: answerSo, configurePreviewServer: answerSo };
}

/**
 * Chrome and Edge name WebKit, too.
 *
 * @param {string} userAgent
 */
export function isWebKit(userAgent) {
  return /AppleWebKit/.test(userAgent) && !/Chrom/.test(userAgent);
}
