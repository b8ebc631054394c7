#!/usr/bin/env node
// The command line of this folder, whose sources are TypeScript; the package has src/cli/main.ts built instead.
import { register as readCommonJs } from 'tsx/cjs/api';
import { register as readModules } from 'tsx/esm/api';

readModules();
readCommonJs();
const { runCommand } = await import('../src/cli/run-command.ts');
const { stdout, stderr } = process;
process.exit(await runCommand(process.argv.slice(2), { stdout, stderr, readTypeScript: async () => {} }));
