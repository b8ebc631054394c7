import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that works until it is interrupted, or, where it is stuck, for ever. */
function working(stuck: boolean) {
  const module = JSON.stringify(join(import.meta.dirname, 'interruption.ts'));
  const source = `
    import { Interruption } from ${module};
    const interruption = new Interruption(() => console.log('asked'));
    console.log('working');
    const wasListening = () => process.listenerCount('SIGINT') > 0;
    const work = () => {
      if (!interruption.happened || wasListening()) return void setImmediate(work);
      console.log('no longer listening');
      if (${stuck}) for (;;);
    };
    work();
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const says = async (sentence: string) => {
    while (!said.includes(sentence)) said.push(...((await once(lines, 'line')) as string[]));
  };
  return { child, said, says };
}

describe('Ctrl-C', () => {
  it('asks once, however often one press is passed on, and lets the work come to its end', async () => {
    const { child, said, says } = working(false);
    await says('working');
    child.kill('SIGINT');
    await says('asked');
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(said.filter((line) => line === 'asked')).toHaveLength(1);
  });

  it('ends the process at once when it comes again, also one that is stuck', async () => {
    const { child, says } = working(true);
    await says('working');
    child.kill('SIGINT');
    await says('no longer listening');
    child.kill('SIGINT');
    const [code, signal] = await once(child, 'exit');
    expect([code, signal]).toEqual([null, 'SIGINT']);
  });
});
