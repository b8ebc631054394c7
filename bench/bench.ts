/**
 * `npm run bench [-- update …] [--backend auto|webgl|wasm|cpu] [--json FILE]`: side-by-side measurements in headless
 * Chromium, and of volley's rules in Node. Without a name all run. `--backend` says where the page of the others computes its updates.
 * With `--json` and one name the file holds that benchmark's fields; with several, each under its name.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { backendNames } from '../src/contract';
import { act } from './act';
import type { Benchmark } from './benchmark';
import { collectors } from './collectors';
import { frames } from './frames';
import { load } from './load';
import { commit, machine } from './machine';
import { memory } from './memory';
import { opponent } from './opponent';
import { throughput } from './throughput';
import { ticks } from './ticks';
import { update } from './update';

const benchmarks: Readonly<Record<string, Benchmark>> = {
  update,
  act,
  frames,
  throughput,
  collectors,
  memory,
  load,
  ticks,
  opponent,
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'string' }, backend: { type: 'string', default: 'auto' } },
    allowPositionals: true,
  });
  const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
  const backend = backendNames.find((name) => name === values.backend);
  if (backend === undefined) {
    throw new Error(`--backend must be one of ${backendNames.join(', ')}; it was ${values.backend}.`);
  }
  const reports: Record<string, unknown> = {};
  const about = { machine: machine(), commit: commit() };
  for (const name of names) {
    const benchmark = benchmarks[name];
    if (benchmark === undefined) {
      throw new Error(`There is no benchmark “${name}”; there are ${Object.keys(benchmarks).join(', ')}.`);
    }
    const { fields, table, browser, renderer } = await benchmark(backend);
    reports[name] = { ...fields, ...about, browser, renderer };
    console.log(
      `\n${name}\n${table}\nMachine: ${about.machine}\nBrowser: ${browser}\nRenderer: ${renderer}\nCommit: ${about.commit}`,
    );
  }
  if (values.json !== undefined) {
    const report = names.length === 1 ? reports[names[0] ?? ''] : reports;
    writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`\nWritten to ${values.json}.`);
  }
}
