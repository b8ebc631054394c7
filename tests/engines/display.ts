import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** An X display whose windows nobody sees. */
export interface Display {
  /** Such as `:99`. */
  readonly name: string;
  stop(): void;
}

/** Starts an X server on the first number that is free. */
export async function startDisplay(xvfb: string): Promise<Display> {
  const numberPipe = 3;
  const server = spawn(
    xvfb,
    ['-displayfd', String(numberPipe), '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const failed = new Promise<never>((_, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code} before it had a display.`)));
  });
  // It writes the number and closes the pipe once it takes windows.
  const number = await Promise.race([text(server.stdio[numberPipe] as Readable), failed]);
  failed.catch(() => {});
  const stop = () => {
    server.kill();
  };
  process.once('exit', stop);
  return { name: `:${number.trim()}`, stop };
}
