import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decodePolicy } from '../agent/policy-file';
import { runCommand } from './run-command';

const folder = mkdtempSync(join(tmpdir(), 'playtrain-onnx-'));
const shipped = 'assets/agents/volley/expert.safetensors';

async function run(...words: string[]) {
  const said = { out: '', err: '' };
  const code = await runCommand(words, {
    stdout: { write: (text: string) => (said.out += text) },
    stderr: { write: (text: string) => (said.err += text), isTTY: false },
    readTypeScript: async () => {},
  });
  return { code, ...said };
}

it('takes a policy to another engine and back', async () => {
  const [model, policy] = [join(folder, 'a.onnx'), join(folder, 'a.safetensors')];
  expect(await run('export', shipped, '--onnx', 'mlagents', '--out', model)).toMatchObject({
    code: 0,
    err: '',
  });
  const back = await run('import', model);
  expect(back.out).toContain(`The policy is in ${policy}`);
  const [before, after] = [shipped, policy].map((file) => decodePolicy(readFileSync(file)));
  expect(after).toMatchObject({ name: before!.name, hiddenSizes: before!.hiddenSizes, spec: before!.spec });
});

it('refuses what it cannot read or was not told, with a sentence', async () => {
  const model = join(folder, 'none.onnx');
  writeFileSync(model, 'no model');
  expect(await run('export', shipped, '--onnx', 'keras')).toMatchObject({ code: 2 });
  expect((await run('export', shipped)).err).toContain(
    '--onnx must be one of mlagents, godot; it was left out.',
  );
  expect((await run('import')).err).toContain('Name the model');
  expect((await run('import', join(folder, 'gone.onnx'))).err).toContain('cannot be read');
  expect(await run('import', model)).toMatchObject({ code: 1 });
  expect((await run('import', model)).err).toContain('This file was not loaded');
});
