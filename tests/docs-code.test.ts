import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { codeBlocks, filesOf, modulesOf } from '../scripts/docs/code-blocks.mjs';
import { codePages, readPage } from '../scripts/docs/pages.mjs';

const project = join(import.meta.dirname, '..');
const scratch = join(project, 'dist-tools', 'docs-code');
const tenMinutes = join('docs', 'guide', 'ten-minutes.md');

/** What `npm install` leaves a reader with; the package is found by its name from anywhere inside of this project. */
const readersConfiguration = {
  compilerOptions: {
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'bundler',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    // What the package's sources need; its built types need none.
    types: ['vite/client', 'node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['.', join(project, 'src', 'panel', 'panel-page.d.ts')],
};

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The guide's function takes an agent of somebody's own scene. @param file where it is. */
const calledWithTyped = (file: string) => `import { catcher } from './catcher.agent';
import { versus } from './${file.replace('.ts', '')}';
export const meet = (...[game, , policy]: Parameters<typeof versus>) => versus(game, catcher, policy);
`;

/** Each page in a folder of its own, beside a game: the package's README speaks of Flap, the guide of its own. */
function writeProjects(): void {
  rmSync(scratch, { recursive: true, force: true });
  const guideFiles = Object.entries(filesOf(readPage(tenMinutes)))
    .filter(([name]) => name.endsWith('.ts'))
    .map(([name, text]) => [name.replace('src/', ''), text] as const);
  for (const page of codePages) {
    const folder = join(scratch, page.replace(/\.md$/, ''));
    mkdirSync(folder, { recursive: true });
    const isGuide = page.includes('guide');
    if (isGuide) for (const [name, text] of guideFiles) write(join(folder, name), text);
    else {
      for (const name of ['flap.ts', 'look.ts'])
        copyFileSync(join(project, 'examples', 'flap', name), join(folder, name));
    }
    for (const [name, text] of Object.entries(modulesOf(readPage(page)))) {
      write(join(folder, name), text);
      if (text.includes('export const versus')) write(join(folder, 'typed.ts'), calledWithTyped(name));
    }
  }
  write(join(scratch, 'tsconfig.json'), JSON.stringify(readersConfiguration));
}

it('all TypeScript in README, the package’s page and the guide compiles against the package', () => {
  writeProjects();
  const tsc = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', scratch], { encoding: 'utf8', cwd: scratch });
  expect(stdout).toBe('');
  expect(readdirSync(join(scratch, 'docs', 'guide'))).toContain('ten-minutes');
});

it('all code in these pages is in a language that is checked, or is no code to be compiled', () => {
  const languages = new Set(
    codePages.flatMap((page) => codeBlocks(readPage(page)).map(({ language }) => language)),
  );
  expect(
    [...languages].filter((language) => !['ts', 'sh', 'html', 'json', 'python'].includes(language)),
  ).toEqual([]);
});

it('every finding of a check is explained where people look when it does not learn', () => {
  const source = readPage(join('src', 'phaser', 'agent-findings.ts'));
  const codes = [...(/AgentFindingCode =([^;]*);/.exec(source)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
    ([, code]) => code,
  );
  const page = readPage(join('docs', 'guide', 'when-it-does-not-learn.md'));
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]);
});
