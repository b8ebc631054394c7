import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { projectFolder } from '../scripts/set-up.mjs';
import { decodeTrainingState } from '../src/agent/checkpoint';

const folder = mkdtempSync(join(tmpdir(), 'playtrain-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a tool as `npm run` does. */
function run(
  ...command: readonly string[]
): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(process.execPath, ['scripts/run.mjs', ...command], { cwd: projectFolder });
  let text = '';
  const take = (chunk: Buffer) => (text += chunk.toString());
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });
}

it('train writes its run into a folder that was not there, goes on from it, and so does learn its report', async () => {
  const out = join(folder, 'of', 'train', 'run.safetensors');
  const json = join(folder, 'of', 'learn', 'report.json');
  const small = ['rolloutLength=16', 'arenas=2', 'minibatchSize=32', 'epochs=1', 'hiddenSizes=4'];
  const training = ['bench/train.ts', '--game', 'balance', '--backend', 'cpu', '--out', out].concat(
    small.flatMap((setting) => ['--set', setting]),
  );
  const learning = ['--steps', '256', '--seeds', '1', '--backend', 'cpu', '--json', json];
  const [train, learn] = await Promise.all([
    run(...training, '--decisions', '64'),
    run('bench/learn.ts', ...learning),
  ]);
  expect(train).toMatchObject({ code: 0 });
  expect(decodeTrainingState(readFileSync(out)).decisions).toBe(64);
  expect(learn).toMatchObject({ code: 0 });
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ game: 'balance', steps: 256 });

  const more = await run(...training, '--decisions', '128');
  expect(more.text).toContain('at 64 decisions');
  expect(decodeTrainingState(readFileSync(out)).decisions).toBe(128);
});

it('a command that cannot be understood says so, and makes no folder', async () => {
  const out = join(folder, 'never', 'run.safetensors');
  const { code, text } = await run('bench/train.ts', '--decisions', 'many', '--out', out);
  expect(code).toBe(1);
  expect(text).toContain('--decisions must be a whole number; it was many.');
  expect(existsSync(join(folder, 'never'))).toBe(false);
});
