/**
 * Runs a TypeScript tool after making sure that packages are installed: `node scripts/run.mjs bench/learn.ts …`.
 * Node 20 cannot run TypeScript by itself.
 */
import { setUp } from './set-up.mjs';
import { runNode } from './tools.mjs';

setUp();
// Not by tsx's own command: it kills a tool that is too busy to answer Ctrl-C in time, with all that is not saved.
process.exitCode = await runNode(['--import', 'tsx', ...process.argv.slice(2)]);
