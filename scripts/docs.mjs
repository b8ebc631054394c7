/**
 * `npm run docs`: the guide and the reference of the package as a site of plain files in `dist/docs`, for any path of any
 * host. Fails where something public is not explained, and where a link leads nowhere.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { followLinks } from './docs/links.mjs';
import { projectFolder, setUp } from './set-up.mjs';
import { runNode } from './tools.mjs';

const site = join(projectFolder, 'dist', 'docs');

setUp();
writeStyles();
rmSync(site, { recursive: true, force: true });
const typedoc = join('node_modules', 'playtrain-docs', 'node_modules', 'typedoc', 'bin', 'typedoc');
process.exitCode = await runNode([typedoc, '--options', join('scripts', 'docs', 'typedoc.json')]);
if (process.exitCode === 0) checkLinks();

/** The page's own colours and measures, and what they are for here. */
function writeStyles() {
  const folder = join(projectFolder, 'dist-tools', 'docs');
  const sources = [join('src', 'ui', 'styles', 'tokens.css'), join('scripts', 'docs', 'site.css')];
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'site.css'),
    sources.map((source) => readFileSync(join(projectFolder, source), 'utf8')).join('\n'),
  );
}

function checkLinks() {
  const files = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(site, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const pages = Object.fromEntries(
    files
      .filter((file) => file.endsWith('.html'))
      .map((file) => [file, readFileSync(join(site, file), 'utf8')]),
  );
  const { dead, external } = followLinks(pages, new Set(files));
  for (const sentence of dead) console.error(sentence);
  if (dead.length > 0) process.exitCode = 1;
  console.log(
    `Links to elsewhere, which nobody follows here:\n${external.map((each) => `  ${each}`).join('\n')}`,
  );
  console.log(`dist/docs  ${Object.keys(pages).length} pages`);
}
