import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { entries, projectManifest } from '../library/entries.mjs';
import { projectFolder } from '../set-up.mjs';

/**
 * @typedef {typeof import('../../node_modules/playtrain-docs/node_modules/typedoc/dist/types/index.d.ts')} TypeDoc
 */

/** The very copy that runs this; from here its name alone would not find it, nor tell its types. */
const typedocFile = join(
  projectFolder,
  'node_modules',
  'playtrain-docs',
  'node_modules',
  'typedoc',
  'dist',
  'index.js',
);
const { Converter, PageEvent, ReflectionKind } = /** @type {TypeDoc} */ (
  await import(pathToFileURL(typedocFile).href)
);

/** Entries whose every property is to be explained; of the engine's, names and types mostly say it. */
const explainedToTheLast = /^playtrain\/(?!webgl)/;

/**
 * TypeDoc's pages as ours: modules named as they are imported, and gaps in docstrings told that it does not look for.
 *
 * @param {import('../../node_modules/playtrain-docs/node_modules/typedoc/dist/types/index.d.ts').Application} app
 */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module))
      module.name = importedName(module.name);
    for (const document of documents(project)) document.name = titleOf(document) ?? document.name;
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const { getSignature, setSignature } of accessors(project)) {
      if (setSignature && getSignature?.comment) setSignature.comment ??= getSignature.comment.clone();
    }
  });
  app.renderer.on(PageEvent.END, (page) => {
    if (page.contents !== undefined) page.contents = usable(page.contents);
  });
  app.on('validateProject', (project) => {
    for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
      const name = property.getFullName();
      if (name.includes('__type')) continue;
      if (!explainedToTheLast.test(name) || property.hasComment()) continue;
      // Of what others wrote down nothing can be asked.
      if (!('inheritedFrom' in property && property.inheritedFrom))
        app.logger.validationWarning(`${name} has no docstring.`);
    }
  });
}

/** @param {import('../../node_modules/playtrain-docs/node_modules/typedoc/dist/types/index.d.ts').ProjectReflection} project */
function accessors(project) {
  return /** @type {import('../../node_modules/playtrain-docs/node_modules/typedoc/dist/types/index.d.ts').DeclarationReflection[]} */ (
    project.getReflectionsByKind(ReflectionKind.Accessor)
  );
}

/** @param {string} name of a module, as TypeDoc makes it of the source's. */
function importedName(name) {
  const entry = entries.find(({ source }) => [`src/${name}.ts`, `src/${name}/index.ts`].includes(source));
  return entry === undefined ? name : `${projectManifest.name}${entry.path.slice(1)}`;
}

/** @param {import('../../node_modules/playtrain-docs/node_modules/typedoc/dist/types/index.d.ts').ProjectReflection} project */
function documents(project) {
  return /** @type {import('../../node_modules/playtrain-docs/node_modules/typedoc/dist/types/index.d.ts').DocumentReflection[]} */ (
    project.getReflectionsByKind(ReflectionKind.Document)
  );
}

/** @param {import('../../node_modules/playtrain-docs/node_modules/typedoc/dist/types/index.d.ts').DocumentReflection} document */
function titleOf({ content }) {
  return /^\s*# (.+)$/m.exec(content.map(({ text }) => text).join(''))?.[1];
}

/**
 * What screen readers and keyboards need of a page, and TypeDoc leaves out: landmarks, and wide tables that can be moved.
 *
 * @param {string} html
 */
function usable(html) {
  const title = html.indexOf('col-content');
  const aside = html.indexOf('col-sidebar');
  // Where one function is all that a page has, its parts come right below its title.
  const isDeep = /<h[23][ >]/.test(html.slice(title, aside));
  return (
    (isDeep ? html : html.replaceAll(/(<\/?)h4/g, '$1h2'))
      .replace('<div class="col-content"', '<div class="col-content" role="main"')
      .replace(
        '<div class="col-sidebar"',
        '<div class="col-sidebar" role="complementary" aria-label="On this site"',
      )
      .replaceAll(/<h5( class="tsd-index-heading[^>]*>[^<]*)<\/h5>/g, '<h2$1</h2>')
      // Nothing in what is pressed may be pressed by itself.
      .replaceAll(/<summary[\s\S]*?<\/summary>/g, withoutLinks)
      .replaceAll('<table>', '<div class="wide" tabindex="0"><table>')
      .replaceAll('</table>', '</table></div>')
  );
}

/** @param {string} html */
function withoutLinks(html) {
  return html.replaceAll(/<a\s[^>]*tsd-anchor-icon[\s\S]*?<\/a>|<a\s[^>]*>|<\/a>/g, '');
}
