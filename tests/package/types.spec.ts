import { expect, test } from '@playwright/test';
import { panelFlap, type TextFiles } from './flap-files';
import { Project } from './project';

/** As strict as TypeScript can be told to be, and others' types are read as closely as one's own. */
const strictest = {
  target: 'ES2022',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noEmit: true,
};

/** Uses something of every entry. */
const everyEntry = `import { DecisionBatch, PlaytrainError, SeededRandom } from 'playtrain';
import { showPanel, type PanelOptions } from 'playtrain/panel';
import { type AgentDeclaration, learn, type LearnOptions, rays } from 'playtrain/phaser';
import { checkAgent, liveEnvironment, serveTwin } from 'playtrain/phaser/twin';
import { play } from 'playtrain/play';

export const used = [DecisionBatch, PlaytrainError, SeededRandom, showPanel, learn, rays, checkAgent, liveEnvironment, serveTwin, play];
export type Used = [PanelOptions, LearnOptions, AgentDeclaration<never>];
`;

let project: Project | null = null;
test.afterEach(() => {
  project?.close();
  project = null;
});

/** What TypeScript says of a project, but of Phaser’s own types, which are at fault themselves where they are read closely. */
function complaints(files: TextFiles, options: object): string[] {
  project = new Project({
    'tsconfig.json': JSON.stringify({ compilerOptions: { ...strictest, ...options } }),
    'every-entry.ts': everyEntry,
    ...files,
  });
  project.write({
    'package.json': JSON.stringify({ name: 'somebodys-game', private: true, type: 'module' }),
  });
  project.unpack('phaser', 'rxjs', 'comlink', 'tslib', 'typescript', '@typescript');
  try {
    project.run('node', 'node_modules/typescript/bin/tsc', '-p', '.', '--pretty', 'false');
    return [];
  } catch (error) {
    const found = String(error)
      .split('\n')
      .filter((line) => line.includes('error TS'));
    if (found.length === 0) throw error;
    return found.filter((line) => !line.includes('node_modules/phaser/'));
  }
}

test('the strictest TypeScript takes the package’s types as bundlers find them', () => {
  expect(complaints(modules(panelFlap()), { module: 'ESNext', moduleResolution: 'bundler' })).toEqual([]);
});

test('the strictest TypeScript takes the package’s types as Node finds them', () => {
  expect(
    complaints(withEndings(modules(panelFlap())), { module: 'node16', moduleResolution: 'node16' }),
  ).toEqual([]);
});

function modules(files: TextFiles): TextFiles {
  return Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith('.ts')));
}

/** Node’s own modules are imported by their files’ names. */
function withEndings(files: TextFiles): TextFiles {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, text.replace(/(from '\.\/[\w.-]+)';/g, "$1.js';")]),
  );
}
