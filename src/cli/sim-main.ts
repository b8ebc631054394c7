#!/usr/bin/env node
// `playtrain sim` by itself, as the Python package brings it: the games of the registry, and nothing that learns.
import { sentenceOf } from '../contract';
import { CommandError, exitCodes } from './exit-codes';
import { sim } from './sim';
import { readSim } from './sim-options';
import { keepOutputForFrames, stdioChannel } from './stdio-channel';
import { readByTsx } from './twin-file';

async function run() {
  const command = readSim(process.argv.slice(2));
  keepOutputForFrames();
  return sim(command, { channel: stdioChannel(), stderr: process.stderr, readTypeScript: readByTsx });
}

run().then(
  // A game may have left timers behind that would keep the process alive.
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exit(error instanceof CommandError ? error.exitCode : exitCodes.failed);
  },
);
