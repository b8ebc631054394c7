/**
 * A block of code in a page of Markdown.
 *
 * @typedef {{
 *   readonly language: string;
 *   readonly file: string | null;
 *   readonly given: string;
 *   readonly code: string;
 *   readonly line: number;
 * }} CodeBlock `file` is what its first line names it, as a comment, or null; `given` stands in a comment of HTML right
 *   before it, for what readers know to be there; `line` is the page's, of the block's first.
 */

const block = /(?:<!-- given:\n([\s\S]*?)-->\s+)?^```(\w+)\n([\s\S]*?)^```$/gm;
const fileName = /^(?:\/\/|<!--) (\S+\.\w+)(?: -->)?\n/;
const hiddenFile = /^<!-- file: (\S+)\n([\s\S]*?)-->$/gm;

/**
 * @param {string} markdown
 * @returns {readonly CodeBlock[]}
 */
export function codeBlocks(markdown) {
  return [...markdown.matchAll(block)].map(
    ({ 0: whole, 1: given = '', 2: language = '', 3: code = '', index }) => ({
      language,
      file: fileName.exec(code)?.[1] ?? null,
      given,
      code,
      line: markdown.slice(0, index + whole.indexOf('```')).split('\n').length + 1,
    }),
  );
}

/**
 * The files that a page has its reader write, or supposes to be there in a comment (`<!-- file: game.ts …`).
 *
 * @param {string} markdown
 * @returns {Readonly<Record<string, string>>} texts by name.
 */
export function filesOf(markdown) {
  return Object.fromEntries([
    ...[...markdown.matchAll(hiddenFile)].map(({ 1: name = '', 2: text = '' }) => [name, text]),
    ...codeBlocks(markdown).flatMap(({ file, code }) => (file === null ? [] : [[file, code]])),
  ]);
}

/**
 * A page's TypeScript as a project that can be compiled: its files, and a module for each block that names none.
 *
 * @param {string} markdown
 * @returns {Readonly<Record<string, string>>} texts by name.
 */
export function modulesOf(markdown) {
  const unnamed = codeBlocks(markdown).filter(({ language, file }) => language === 'ts' && file === null);
  return {
    ...Object.fromEntries(Object.entries(filesOf(markdown)).filter(([name]) => name.endsWith('.ts'))),
    ...Object.fromEntries(
      unnamed.map(({ given, code, line }) => [`line-${line}.ts`, `${given}${code}export {};\n`]),
    ),
  };
}
