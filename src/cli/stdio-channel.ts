import { readSync, writeSync } from 'node:fs';
import type { ByteChannel } from '../sim/serve-frames';

/** How long a descriptor that is not ready is left alone, milliseconds. */
const restMs = 1;

/** Bytes over this process's standard input and output, waited for without an event loop. */
export function stdioChannel(input = 0, output = 1): ByteChannel {
  const rest = new Int32Array(new SharedArrayBuffer(4));
  /** Where somebody set a descriptor not to block, it says so in place of waiting. */
  const whenReady = (move: () => number): number => {
    for (;;) {
      try {
        return move();
      } catch (error) {
        if (!isCode(error, 'EAGAIN')) throw error;
        Atomics.wait(rest, 0, 0, restMs);
      }
    }
  };
  return {
    read: (buffer, offset) => {
      try {
        return whenReady(() => readSync(input, buffer, offset, buffer.length - offset, null));
      } catch (error) {
        // As Windows says that a pipe has ended; or nothing is there to be read from.
        if (isCode(error, 'EOF') || isCode(error, 'EPIPE') || isCode(error, 'ECONNRESET')) return 0;
        throw error;
      }
    },
    write: (bytes) => {
      let sent = 0;
      while (sent < bytes.length) {
        const from = sent;
        sent += whenReady(() => writeSync(output, bytes, from, bytes.length - from));
      }
    },
  };
}

/**
 * Keeps everybody else off standard output, which is for frames alone: what a game prints goes to standard error.
 */
export function keepOutputForFrames(): void {
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
