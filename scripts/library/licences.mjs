import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../set-up.mjs';

const packageOf = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;
const licenceFiles = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license'];

/**
 * Notes which packages’ code ends up in a bundle.
 *
 * @param {Set<string>} names grows.
 * @returns {import('rolldown').Plugin}
 */
export function notePackages(names) {
  return {
    name: 'note-packages',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        for (const id of file.moduleIds) {
          const name = packageOf.exec(id)?.[1];
          if (name !== undefined) names.add(name.replaceAll('\\', '/'));
        }
      }
    },
  };
}

/**
 * The licences of others' code that is bundled, as they ask for. Of packages that bring none as a file, the folder
 * `licences` has what their sources say.
 *
 * @param {Iterable<string>} names of packages.
 */
export function licencesOf(names) {
  return [...names]
    .toSorted()
    .map((name) => {
      const folder = join(projectFolder, 'node_modules', name);
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const written = join(import.meta.dirname, 'licences', `${name.replace('/', '+')}.txt`);
      const file = [...licenceFiles.map((each) => join(folder, each)), written].find(existsSync);
      if (file === undefined) throw new Error(`${name} is bundled and brings no licence; leave it outside.`);
      return `${name} ${version}\n\n${readFileSync(file, 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
