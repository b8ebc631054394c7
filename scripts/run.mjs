/**
 * Runs a TypeScript tool after making sure that packages are installed: `node scripts/run.mjs bench/learn.ts …`.
 * Node 20 cannot run TypeScript by itself.
 */
import { setUp } from './set-up.mjs';
import { runTool } from './tools.mjs';

setUp();
process.exitCode = await runTool('tsx', 'tsx', process.argv.slice(2));
