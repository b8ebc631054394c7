import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { projectFolder } from '../scripts/set-up.mjs';
import { runCommand } from '../src/cli/run-command';
import { play } from '../src/play/play';

const folder = mkdtempSync(join(tmpdir(), 'playtrain-twin-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const twins = join(import.meta.dirname, 'fixtures/twins');

/** Runs a command in this process. @returns how it exits, and what it says. */
async function run(...words: readonly string[]) {
  let [out, err] = ['', ''];
  const code = await runCommand(words, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    readTypeScript: async () => {},
  });
  return { code, out, err };
}

describe('playtrain train', () => {
  const train = (seed: string, out: string) =>
    run('train', join(twins, 'box.twin.ts'), '--steps', '512', '--seed', seed, '--out', out);

  it('trains what the file serves, tells how it goes, and the same seed comes to the same policy', async () => {
    const files = ['first', 'again', 'other'].map((name) => join(folder, 'new', `${name}.policy`));
    const { code, out, err } = await train('1', files[0]!);
    expect(code).toBe(0);
    expect(out).toMatch(/“box”, seed 1: 512 decisions and 4 updates in .* mean return/);
    expect(err).toMatch(/128 of 512 decisions, mean return .* to go/);
    await train('1', files[1]!);
    await train('2', files[2]!);
    const [first, again, other] = files.map((file) => readFileSync(file));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    const act = play(new Uint8Array(first!).buffer);
    expect([0, 1]).toContain(act(Float32Array.of(0.5))[0]);
    const inLarger = new Uint8Array(first!.length + 3);
    inLarger.set(first!, 3);
    for (const bytes of [first!, inLarger.subarray(3)]) {
      expect(play(bytes)(Float32Array.of(0.5))).toEqual(act(Float32Array.of(0.5)));
    }
  });

  it('ends where a mean return is reached', async () => {
    const { code, out } = await run('train', join(twins, 'box.twin.ts'), '--until', '0.1');
    expect(code).toBe(0);
    expect(out).toContain('policy was not kept; say --out FILE');
    expect(Number(/(\d+) decisions/.exec(out)?.[1])).toBeLessThan(2_000);
  });

  it.each([
    ['that is kept', ['--out', join(folder, 'stopped.policy')], /; what was learned is saved/],
    ['of which nothing is kept', [], /^Stopping\. /m],
  ])('stopped by Ctrl-C says what becomes of a policy %s', async (_, words, sentence) => {
    let err = '';
    const file = join(twins, 'box.twin.ts');
    const code = await runCommand(['train', file, '--steps', '1000000', ...words], {
      stdout: { write: () => {} },
      stderr: {
        write: (text) => {
          // As it tells of its first update.
          if (err === '') process.emit('SIGINT');
          err += text;
        },
      },
      readTypeScript: async () => {},
    });
    expect(code).toBe(130);
    expect(err).toMatch(sentence);
  });

  it('fails with a sentence where the mean return that was asked for is not reached', async () => {
    const { code, err } = await run('train', join(twins, 'box.twin.ts'), '--steps', '256', '--until', '1e9');
    expect(code).toBe(1);
    expect(err).toContain('did not reach 1000000000 within 256 decisions');
  });
});

describe('playtrain check', () => {
  it('finds nothing where all is well, and how fast the twin is', async () => {
    const { code, out } = await run('check', join(twins, 'box.twin.ts'));
    expect(code).toBe(0);
    expect(out).toMatch(/takes [\d,]+ steps a second here.*\nNothing was found/);
  });

  it('exits by a code of its own where it found something, which it names', async () => {
    const { code, out } = await run('check', join(twins, 'blind.twin.ts'));
    expect(code).toBe(3);
    expect(out).toContain('constantSight: “x” is 0.5 all the time');
  });
});

it('a game that takes Phaser from where its script puts it finds it there', async () => {
  expect((await run('check', join(twins, 'global.twin.ts'))).err).toBe('');
});

describe('a command that fails', () => {
  it.each<[string, readonly string[], number, RegExp]>([
    ['is unknown', ['fly'], 2, /no command “fly”.*train, check.*sim/],
    ['names no file', ['train'], 2, /Name the file that serves the twin/],
    ['names two', ['train', 'a.ts', 'b.ts'], 2, /One file at a time.*b\.ts/],
    ['has an unknown option', ['train', 'a.ts', '--step', '3'], 2, /--step/],
    ['has no number', ['train', 'a.ts', '--steps', 'many'], 2, /--steps must be a number; it was many/],
    ['has too few steps', ['train', 'a.ts', '--steps', '0'], 2, /at least 1; it was 0/],
    ['has an unknown backend', ['train', 'a.ts', '--backend', 'gpu'], 2, /auto, wasm, cpu; it was gpu/],
    ['has no such file', ['train', 'nowhere.ts'], 2, /no file “nowhere.ts”/],
    ['serves nothing', ['check', join(twins, 'box.ts')], 1, /serves no twin; call serveTwin/],
    ['does not fit', ['train', join(twins, 'lost.twin.ts')], 1, /scene “Nowhere”, which the game does not/],
    [
      'has an unknown setting',
      ['train', join(twins, 'box.twin.ts'), '--set', 'epoch=1'],
      2,
      /no setting “epoch”/,
    ],
  ])('because it %s says so in a sentence, and by its code', async (_why, words, code, sentence) => {
    const { err, ...ended } = await run(...words);
    expect(ended.code).toBe(code);
    expect(err).toMatch(sentence);
  });
});

it('the command of this folder runs in a process of its own', async () => {
  const command = join(projectFolder, 'bin/playtrain.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [command, '--help']);
  expect(stdout).toContain('playtrain train ./twin.ts');
});
