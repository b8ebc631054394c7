import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../set-up.mjs';

const guideFolder = join('docs', 'guide');

/** The guide's pages, and what else tells people by code how to use the package. */
export const codePages = [
  'README.md',
  join('docs', 'package.md'),
  ...readdirSync(join(projectFolder, guideFolder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(guideFolder, name)),
];

/** @param {string} page of this project. */
export function readPage(page) {
  return readFileSync(join(projectFolder, page), 'utf8');
}
