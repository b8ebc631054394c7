#!/usr/bin/env node
// `playtrain export` and `playtrain import` by themselves, as the Python package brings them.
import { sentenceOf } from '../contract';
import { readCommand } from './command-line';
import { CommandError, exitCodes } from './exit-codes';
import { exportPolicy, importPolicy } from './onnx-commands';

function run(): string {
  const command = readCommand(process.argv.slice(2));
  if (command.kind === 'export') return exportPolicy(command);
  if (command.kind === 'import') return importPolicy(command);
  throw new CommandError(exitCodes.usage, 'This is playtrain export and playtrain import; say one of them.');
}

try {
  process.stdout.write(run());
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = error instanceof CommandError ? error.exitCode : exitCodes.failed;
}
