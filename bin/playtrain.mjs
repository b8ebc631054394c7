#!/usr/bin/env node
// The command line of this folder, whose sources are TypeScript; the package has src/cli/main.ts built instead.
import { register } from 'tsx/esm/api';

register();
const { runCommand } = await import('../src/cli/run-command.ts');
process.exit(
  await runCommand(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    readTypeScript: async () => {},
  }),
);
