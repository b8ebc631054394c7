import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../scripts/set-up.mjs';
import { framesIn, readOutcome, readSpec, requests } from '../src/sim/testing/test-client';

const twins = join(import.meta.dirname, 'fixtures/twins');

/** Starts `playtrain sim` as another program does. */
function started(...words: readonly string[]) {
  const child = spawn(process.execPath, [join(projectFolder, 'bin/playtrain.mjs'), 'sim', ...words]);
  const out: Buffer[] = [];
  let err = '';
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => {
    err += bytes.toString();
  });
  // It may be gone before all is written.
  child.stdin.on('error', () => {});
  const end = new Promise<{ code: number | null; err: string; frames: ReturnType<typeof framesIn> }>(
    (resolve) => {
      child.on('close', (code) => resolve({ code, err, frames: framesIn(out) }));
    },
  );
  return { child, end };
}

function sentAll(child: ChildProcessWithoutNullStreams, frames: readonly Uint8Array[]): void {
  child.stdin.end(Buffer.concat(frames));
}

describe('playtrain sim', () => {
  it.concurrent('plays a game of the registry until it is told to close', async () => {
    const { child, end } = started('--game', 'swing', '--arenas', '2', '--seed', '3', '--time-limit', '5');
    const steps = Array.from({ length: 5 }, () => requests.step([0.5, -0.5]));
    sentAll(child, [requests.reset([1, 2]), ...steps, requests.close()]);
    const { code, err, frames } = await end;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const spec = readSpec(frames[0]!);
    expect(spec).toMatchObject({ game: 'swing', timeLimitTicks: 5, autoreset: 'next-step' });
    expect(readOutcome(spec, frames[6]!).truncated).toEqual([1, 1]);
  });

  it.concurrent('plays a twin, and keeps what its game prints out of the frames', async () => {
    const { child, end } = started(join(twins, 'talkative.twin.ts'), '--autoreset', 'same-step');
    sentAll(child, [requests.reset([1]), requests.step([1]), requests.state(), requests.close()]);
    const { code, err, frames } = await end;
    expect(code).toBe(0);
    const spec = readSpec(frames[0]!);
    expect(spec).toMatchObject({ kind: 'live', canSeed: false, canSave: false });
    expect(readOutcome(spec, frames[2]!).rewards.length).toBe(1);
    expect(frames.length).toBe(5);
    expect(err).toContain('a game that talks');
  });

  it.concurrent('plays whatever module exports a simulation', async () => {
    const { child, end } = started(join(projectFolder, 'examples/02-several-actions/workbench.ts'));
    sentAll(child, [requests.reset([1]), requests.close()]);
    const { code, err, frames } = await end;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(readSpec(frames[0]!)).toMatchObject({ kind: 'simulation', action: { kind: 'product' } });
  });

  it.concurrent.each([
    [
      'bytes that are no frame',
      ['--game', 'balance'],
      [Buffer.from('GET / HTTP/1.1\r\n')],
      4,
      'A frame begins with',
    ],
    ['an end without a word', ['--game', 'balance'], [requests.reset([1])], 5, 'went away without CLOSE'],
    ['an unknown game', ['--game', 'chess'], [], 2, 'There is no game “chess”'],
    ['an export of no file', ['--game', 'balance', '--export', 'x'], [], 2, '--export is for files'],
    [
      'an opponent that is not there',
      ['--game', 'volley', '--opponent', 'x'],
      [],
      2,
      'has no scripted player “x”',
    ],
    ['a file that serves nothing', [join(twins, 'box.ts')], [], 2, 'exports no Simulation'],
    [
      'a mode that is not there',
      ['--game', 'volley', '--autoreset', 'x'],
      [],
      2,
      '--autoreset must be one of',
    ],
  ] as const)(
    'ends with a sentence and a code of its own at %s',
    async (_what, words, frames, code, sentence) => {
      const { child, end } = started(...words);
      sentAll(child, frames);
      const ended = await end;
      expect(ended.code).toBe(code);
      expect(ended.err).toContain(sentence);
    },
  );

  it.concurrent('ends where its answers are taken by nobody', async () => {
    const { child, end } = started('--game', 'balance');
    child.stdout.destroy();
    child.stdin.write(requests.reset([1]));
    const { code, err } = await end;
    expect(code).toBe(5);
    expect(err).toContain('takes no more answers');
  });
});
