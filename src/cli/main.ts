#!/usr/bin/env node
import { runCommand } from './run-command';
import { readByTsx } from './twin-file';

void runCommand(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  readTypeScript: readByTsx,
  // A game may have left timers behind that would keep the process alive.
}).then((code) => process.exit(code));
