/**
 * Lets nothing import from a worker's own script: WebKit runs that a second time where another part of the program
 * imports from it, with a second listener for every message and a second set of classes.
 *
 * @returns {import('vite').Plugin}
 */
export function entriesApart() {
  return {
    name: 'entries-apart',
    apply: 'build',
    // Vite sets this option of the bundler for workers itself, behind what the configuration says.
    options: (options) => ({ ...options, preserveEntrySignatures: 'strict' }),
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const entries = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
      for (const { fileName, imports, dynamicImports } of chunks) {
        const entry = [...imports, ...dynamicImports].find((each) => entries.has(each));
        if (entry !== undefined)
          this.error(`${fileName} imports from ${entry}, which WebKit would run twice.`);
      }
    },
  };
}
