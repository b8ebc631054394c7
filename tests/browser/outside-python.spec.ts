import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findPython, pythonEnvironment } from '../../scripts/python.mjs';
import { expect, open, state, test, untilVersion } from './page';

const root = join(import.meta.dirname, '..', '..');
const python = findPython();
/** Steps the tab by one action, tells what came, and begins again. */
const program = `
import sys
import numpy as np
from playtrain.tab import TabVectorEnv

env = TabVectorEnv(sys.argv[1], 4, port=int(sys.argv[2]), autoreset_mode="SameStep", wait=60)
observations, _ = env.reset(seed=7)
ended = 0
for step in range(300):
    observations, rewards, terminated, truncated, infos = env.step(np.full(4, step % 2, np.int64))
    assert observations.shape == (4, 4) and np.isfinite(observations).all() and (rewards == 1).all()
    ended += int((terminated | truncated).sum())
print("ended", ended, flush=True)
if sys.argv[3] == "stay":
    sys.stdin.readline()
    env.step(np.zeros(4, np.int64))
env.close()
`;

test.use({ expectedErrors: [/ERR_CONNECTION_REFUSED/] });
test.skip(python === null, 'There is no Python that is new enough.');

let children: ChildProcess[] = [];
test.afterEach(() => {
  for (const child of children) child.kill();
  children = [];
});

function start(code: string, port: number, what: 'leave' | 'stay') {
  const own = pythonEnvironment(python!, 'light');
  const child = spawn(own, ['-c', program, code, String(port), what], {
    env: { ...process.env, PYTHONPATH: join(root, 'python', 'src') },
  });
  children.push(child);
  let words = '';
  child.stdout.on('data', (piece: Buffer) => (words += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (words += piece.toString()));
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { child, words: () => words, exit };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

test('a real Python trains a real tab, and a tab that is closed in the middle is an error there', async ({
  page,
}) => {
  // A Python's environment may have to be made first.
  test.setTimeout(240_000);
  const port = await freePort();
  await open(page);
  await untilVersion(page, 1);
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByText('Train this tab from Python').click();
  const offer = async () => {
    await page.getByLabel('Port', { exact: true }).fill(String(port));
    await page.getByRole('button', { name: 'Offer this tab' }).click();
    await expect.poll(async () => (await state(page)).outside?.phase.kind).toBe('waiting');
    return (await state(page)).outside?.code ?? '';
  };

  const first = start(await offer(), port, 'leave');
  await expect(page.locator('.outside [role=status]')).toContainText('Python is done with this tab.', {
    timeout: 60_000,
  });
  expect(await first.exit, first.words()).toBe(0);
  expect(Number(/ended (\d+)/.exec(first.words())?.[1])).toBeGreaterThan(8);
  await expect.poll(async () => (await state(page)).running).toBe(true);
  await page.locator('.outside').getByRole('button', { name: 'Close' }).click();

  const second = start(await offer(), port, 'stay');
  await expect.poll(() => second.words(), { timeout: 60_000 }).toContain('ended');
  await page.close();
  second.child.stdin?.write('\n');
  expect(await second.exit).toBe(1);
  expect(second.words()).toContain('The tab was closed, or stopped, in the middle');
});
