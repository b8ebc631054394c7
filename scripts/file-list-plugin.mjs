import { gzipSync } from 'node:zlib';

/** Smaller files are not worth a word to who waits. */
const leastBytes = 10_000;

/**
 * Lists the larger scripts of a build in its page, so that the page can tell how much is still to come.
 *
 * @param {string} id of the element that holds the list.
 * @returns {import('vite').Plugin}
 */
export function fileList(id) {
  return {
    name: 'file-list',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => [
        {
          tag: 'script',
          attrs: { type: 'application/json', id },
          children: listOf(bundle ?? {}),
          injectTo: 'head',
        },
      ],
    },
  };
}

/** @param {import('vite').Rolldown.OutputBundle} bundle */
function listOf(bundle) {
  const files = Object.values(bundle).map((file) => ({
    path: file.fileName,
    content: Buffer.from(file.type === 'chunk' ? file.code : file.source),
  }));
  const large = files.filter(({ path, content }) => path.endsWith('.js') && content.length >= leastBytes);
  return JSON.stringify(
    large.map(({ path, content }) => ({
      path,
      bytes: content.length,
      gzipBytes: gzipSync(content).length,
    })),
  );
}
