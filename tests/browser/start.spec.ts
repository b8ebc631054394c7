import { spawn } from 'node:child_process';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { isolation } from '../../scripts/isolation.mjs';
import { projectFolder } from '../../scripts/set-up.mjs';
import { freePort } from '../../scripts/tools.mjs';
import { expect } from '../testing/expect';

/** `npm start`, as a process of its own, called from a folder that is not the project's. */
function start(...options: string[]) {
  const child = spawn(process.execPath, [join(projectFolder, 'scripts/start.mjs'), '--no-open', ...options], {
    cwd: tmpdir(),
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return {
    output: () => output,
    ended,
    /** Ends it as Ctrl+C does. */
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** The status that a server on this machine answers with when it is called by another name. */
function statusFor(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.once('error', reject).end();
  });
}

const addressIn = (output: string) => /Playtrain is at (http:\S+)/.exec(output)?.[1];

test('serves the page from any folder, builds once, and is found by who starts it again', async () => {
  const port = String(await freePort(5173));
  const first = start('--port', port);
  try {
    await expect.poll(() => addressIn(first.output())).toBe(`http://127.0.0.1:${port}/`);
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect(await page.text()).toContain('<title>Playtrain');
    for (const [name, value] of Object.entries(isolation)) expect(page.headers.get(name)).toBe(value);
    const missing = await fetch(`http://127.0.0.1:${port}/some/deep/path/`);
    expect(missing.status).toBe(404);

    const second = start('--port', port);
    expect(await second.ended).toBe(0);
    expect(second.output()).not.toContain('Building');
    expect(second.output()).toContain(`Playtrain is at http://127.0.0.1:${port}/ already.`);
  } finally {
    expect(await first.stop()).toBe(0);
  }
});

test('beside another program it says that runs kept at the usual address are not seen', async () => {
  const other = createServer((_request, response) => response.end('another program'));
  const port = await freePort(5273);
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const begun = start('--port', String(port));
  try {
    await expect.poll(() => addressIn(begun.output())).toBeDefined();
    const address = addressIn(begun.output()) ?? '';
    expect(address).not.toContain(`:${port}/`);
    expect(begun.output()).toContain(`port ${port} is taken by another program`);
    expect(begun.output()).toContain(`those kept at http://127.0.0.1:${port}/ are not seen at ${address}`);
  } finally {
    await begun.stop();
    other.close();
  }
});

test('with --host other machines are let in, by whatever name', async () => {
  const port = await freePort(5373);
  const begun = start('--host', '--port', String(port));
  try {
    await expect.poll(() => addressIn(begun.output())).toBeDefined();
    for (const host of ['classroom.local', '192.168.1.20', 'anything.example']) {
      expect(await statusFor(host, port)).toBe(200);
    }
  } finally {
    await begun.stop();
  }
});

test('what it does not understand it refuses with a sentence', async () => {
  const begun = start('--port', 'many');
  expect(await begun.ended).toBe(1);
  expect(begun.output()).toContain('--port must be a whole number');
});
