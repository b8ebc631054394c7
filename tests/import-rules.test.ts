import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const project = resolve(import.meta.dirname, '..');

interface Complaint {
  readonly file: string;
  readonly rule: string;
  readonly line: number;
}

/** Lints made-up files, in a folder of their own, with one of the project's configurations. */
function complaints(configuration: string, files: Readonly<Record<string, string>>): Complaint[] {
  const folder = mkdtempSync(join(tmpdir(), 'playtrain-rules-'));
  try {
    for (const name of [configuration, 'tsconfig.json'])
      copyFileSync(join(project, name), join(folder, name));
    symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), `${text}\n`);
    }
    const topFolders = new Set(Object.keys(files).map((name) => name.split('/')[0] ?? ''));
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(project, 'node_modules/oxlint/bin/oxlint'),
        '-c',
        configuration,
        '--format',
        'json',
        ...topFolders,
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    return complaintsIn(stdout, stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function complaintsIn(stdout: string, stderr: string): Complaint[] {
  let report: { diagnostics: { code: string; filename: string; labels: { span: { line: number } }[] }[] };
  try {
    report = JSON.parse(stdout);
  } catch {
    throw new Error(`oxlint did not run: ${stdout} ${stderr}`);
  }
  return report.diagnostics.map(({ filename, code, labels }) => ({
    file: filename.replaceAll('\\', '/'),
    rule: code,
    line: labels[0]?.span.line ?? 0,
  }));
}

/** Lints `[file, specifier]` pairs in one go; returns those refused, as `file ← specifier`. */
function refusedAmong(imports: readonly (readonly [string, string])[]): string[] {
  const files: Record<string, string> = {};
  for (const [file, specifier] of imports) files[file] = `${files[file] ?? ''}import '${specifier}';\n`;
  return complaints('import-rules.mjs', files)
    .filter(({ rule }) => rule === 'eslint(no-restricted-imports)')
    .map(({ file, line }) => `${file} ← ${files[file]?.split('\n')[line - 1]?.slice(8, -2)}`);
}

const pairs = (imports: readonly (readonly [string, string])[]) =>
  imports.map(([file, specifier]) => `${file} ← ${specifier}`).sort();

const refused: readonly (readonly [string, string])[] = [
  ['src/contract/spaces.ts', 'rxjs'],
  ['src/contract/spaces.ts', '../random/seeded-random'],
  ['src/random/seeded-random.ts', '../contract'],
  ['src/doctor/collapse.ts', '../texts/settings'],
  ['src/texts/settings.ts', '../ui/kit/format'],
  ['src/agent/ppo.ts', '../game/balance/simulation'],
  ['src/agent/ppo.ts', '../workers/backend'],
  ['src/agent/ppo.ts', 'rxjs'],
  ['src/agent/ppo.ts', 'comlink'],
  ['src/agent/ppo.ts', 'vitest'],
  ['src/agent/kernels/webgl/gae-scan.ts', '../../../game/balance/simulation'],
  ['src/agent/kernels/webgl/gae-scan.ts', 'phaser'],
  ['src/game/engine/clock.ts', '../balance/simulation'],
  ['src/game/engine/clock.ts', 'phaser'],
  ['src/game/engine/clock.ts', '../../agent/ppo'],
  ['src/game/balance/simulation.ts', 'phaser'],
  ['src/game/balance/simulation.ts', './scene'],
  ['src/game/balance/simulation.ts', 'rxjs'],
  ['src/game/balance/simulation.ts', '@tensorflow/tfjs-core'],
  ['src/game/balance/simulation.ts', '../swing/simulation'],
  ['src/game/balance/scene.ts', '../../agent/ppo'],
  ['src/game/balance/scene.ts', '../../workers/client'],
  ['src/game/balance/scene.ts', 'rxjs'],
  ['src/game/scenes/mount.ts', '../../ui/page'],
  ['src/game/catalogue.ts', 'phaser'],
  ['src/game/catalogue.ts', '../agent/ppo'],
  ['src/game/catalogue.ts', './balance/scene'],
  ['src/match/match.ts', '../game/catalogue'],
  ['src/match/match.ts', '../game/volley/simulation'],
  ['src/match/match.ts', '../workers/protocol'],
  ['src/match/match.ts', 'phaser'],
  ['src/match/match.test.ts', '../game/volley/scene'],
  ['src/agent/ppo.ts', '../match/match'],
  ['src/ui/shell/page.ts', '../../match/match'],
  ['src/streams/drive.ts', '../agent/actor'],
  ['src/streams/drive.ts', '../game/engine/clock'],
  ['src/streams/drive.ts', 'comlink'],
  ['src/storage/runs.ts', 'rxjs'],
  ['src/ui/shell/page.ts', 'phaser'],
  ['src/ui/shell/page.ts', '../../agent/ppo'],
  ['src/ui/shell/page.ts', '../../app/runs/run'],
  ['src/ui/shell/page.ts', '@tensorflow/tfjs-core'],
  ['src/workers/client.ts', '../game/balance/scene'],
  ['src/workers/client.ts', '../ui/page'],
  ['src/workers/client.ts', '../main'],
  ['src/workers/client.ts', 'phaser'],
  ['src/workers/client.ts', '../game/catalogue'],
  ['src/workers/client.ts', '../game/balance/simulation'],
  ['src/workers/client.ts', './testing/collector.worker'],
  ['src/app/workers/actor.worker.ts', '../../game/balance/scene'],
  ['src/app/workers/actor.worker.ts', '../../ui/page'],
  ['src/app/compose.ts', '../main'],
  ['src/app/matches/play.ts', '../../main'],
  ['src/index.ts', './main'],
  ['src/index.ts', './ui/page'],
  ['src/newcomer/anything.ts', 'rxjs'],
  ['tests/learning.test.ts', '../src/main'],
  ['examples/01-train/train.ts', '../../src/agent/ppo'],
  ['examples/01-train/train.ts', '../../src'],
];

const allowed: readonly (readonly [string, string])[] = [
  ['src/contract/spaces.ts', './errors'],
  ['src/random/seeded-random.ts', 'pure-rand/utils/skipN'],
  ['src/agent/ppo.ts', '../contract'],
  ['src/agent/ppo.ts', '../random/seeded-random'],
  ['src/agent/ppo.ts', '@tensorflow/tfjs-core/dist/register_all_gradients'],
  ['src/agent/checkpoint.ts', 'valibot'],
  ['src/agent/ppo.test.ts', 'vitest'],
  ['src/agent/ppo.test.ts', '../workers/node-backend'],
  ['src/agent/kernels/webgl/gae-scan.ts', '../../gae'],
  ['src/agent/kernels/webgl/gae-scan.ts', '../../../contract'],
  ['src/game/engine/clock.ts', '../../contract'],
  ['src/game/engine/vector-environment.ts', '../../random/seeded-random'],
  ['src/game/balance/simulation.ts', '../engine/trigonometry'],
  ['src/game/balance/scene.ts', './simulation'],
  ['src/game/balance/scene.ts', 'phaser'],
  ['src/game/balance/scene.ts', '../../../assets/cart.svg?url'],
  ['src/game/catalogue.ts', './balance/rules'],
  ['src/match/match.ts', '../agent/greedy-policy'],
  ['src/match/match.ts', '../game/engine/state-hash'],
  ['src/match/record.ts', 'valibot'],
  ['src/match/match.test.ts', '../game/volley/simulation'],
  ['src/workers/learner.worker.ts', '../match/match'],
  ['src/app/compose.ts', '../match/match'],
  ['src/app/matches/play.ts', '../../match/match'],
  ['bench/ladder.ts', '../src/match/play-match'],
  ['src/streams/drive.ts', 'rxjs'],
  ['src/streams/drive.test.ts', 'rxjs/testing'],
  ['src/storage/runs.ts', 'idb'],
  ['src/storage/checked.ts', 'valibot'],
  ['src/storage/archive-file.ts', 'fflate'],
  ['src/ui/shell/page.ts', 'lit-html/directives/repeat.js'],
  ['src/ui/shell/page.ts', '../charts/charts-panel'],
  ['src/workers/learner.worker.ts', '../agent/learner'],
  ['src/workers/client.ts', 'comlink'],
  ['src/main.ts', './ui/page'],
  ['src/app/compose.ts', '../ui/page'],
  ['src/index.ts', './agent/ppo'],
  ['examples/01-train/train.ts', 'playtrain'],
  ['examples/01-train/train.ts', 'playtrain/phaser/twin'],
];

describe('import rules', () => {
  it('refuse what a folder may not import', () => {
    expect(refusedAmong(refused).sort()).toEqual(pairs(refused));
  });

  it('allow what it may', () => {
    expect(refusedAmong(allowed)).toEqual([]);
  });

  it('see every way to import', () => {
    const file = 'src/streams/drive.ts';
    for (const text of [
      `import type { Actor } from '../agent/actor'; export type A = Actor;`,
      `export * from '../agent/actor';`,
      `export const load = () => import('../agent/actor');`,
    ]) {
      expect(complaints('import-rules.mjs', { [file]: text })).toMatchObject([
        { file, rule: 'eslint(no-restricted-imports)' },
      ]);
    }
  });

  it('refuse a cycle', () => {
    const found = complaints('import-rules.mjs', {
      'src/contract/one.ts': `import { two } from './two'; export const one = () => two;`,
      'src/contract/two.ts': `import { one } from './one'; export const two = () => one;`,
    });
    expect(found).toContainEqual(expect.objectContaining({ rule: 'import(no-cycle)' }));
  });
});

describe('lint rules', () => {
  const rulesBroken = (files: Readonly<Record<string, string>>) =>
    complaints('.oxlintrc.json', files).map(({ file, rule }) => `${file}: ${rule}`);

  it('refuse “done” as a name', () => {
    const texts = [
      'export const done = 1;',
      'export function f(done: boolean) { return !done; }',
      'export interface Step { done: boolean }',
      'export const step = { done: true };',
    ];
    const files = Object.fromEntries(texts.map((text, index) => [`src/agent/step${index}.ts`, text]));
    const broken = rulesBroken(files);
    for (const file of Object.keys(files)) expect(broken).toContain(`${file}: eslint(id-denylist)`);
  });

  it('refuse chance, clocks and the page in pure folders, and only there', () => {
    const impure = [
      'Math.random()',
      'Date.now()',
      'new Date()',
      'performance.now()',
      'window.name',
      'document.title',
      'setTimeout(() => 1, 1)',
      'crypto.getRandomValues(new Uint8Array(1))',
    ];
    const text = impure
      .map((expression, index) => `export const f${index} = () => ${expression};`)
      .join('\n');
    const pure = ['src/agent/a.ts', 'src/contract/a.ts', 'src/game/engine/a.ts', 'src/game/x/simulation.ts'];
    const files = Object.fromEntries([...pure, 'src/workers/a.ts'].map((file) => [file, text]));
    const found = complaints('.oxlintrc.json', files);
    for (const file of pure) {
      const lines = found.filter((complaint) => complaint.file === file).map(({ line }) => line);
      expect(lines.sort((a, b) => a - b)).toEqual(impure.map((_, index) => index + 1));
    }
    expect(found.filter(({ file }) => file === 'src/workers/a.ts')).toEqual([]);
  });

  it('refuse functions that engines round differently in simulations, and leave square roots', () => {
    const names = ['sin', 'cos', 'tan', 'exp', 'tanh', 'log', 'pow', 'atan2', 'hypot', 'cbrt', 'sqrt'];
    const text = names.map((name) => `export const ${name} = (x: number) => Math.${name}(x, 2);`).join('\n');
    const found = complaints('.oxlintrc.json', { 'src/game/x/simulation.ts': text });
    expect(new Set(found.map(({ line }) => names[line - 1]))).toEqual(new Set(names.slice(0, -1)));
  });

  it('refuse a promise that nobody waits for, Comlink’s included', () => {
    const text = `
      import { wrap } from 'comlink';
      interface Door { start(seed: number): void }
      export function begin(worker: Worker): void {
        const door = wrap<Door>(worker);
        door.start(1);
      }`;
    const rule = 'typescript(no-floating-promises)';
    expect(
      rulesBroken({
        'src/workers/careless.ts': text,
        'src/workers/careful.ts': text.replace('door.start', 'void door.start'),
      }),
    ).toEqual([`src/workers/careless.ts: ${rule}`]);
  });
});
