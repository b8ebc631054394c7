/**
 * `npm run bench [-- update …] [--backend auto|webgl|wasm|cpu] [--json FILE]`: side-by-side measurements in headless
 * Chromium, and of volley's rules in Node. Without a name all run but `beside`, which takes `--game` (flap), `doctor`, `cold`, which takes that and `--seeds` (10), `inspector`, `opponent`, `overlay`, `soak`, which takes `--minutes` (60), `soak-headless` and `switches`. `--backend` says where the page of the others computes its updates.
 * With `--json` and one name the file holds that benchmark's fields; with several, each under its name.
 */
import { parseArgs } from 'node:util';
import { prepareOutput, writeJson } from '../src/cli/output-file';
import { runMain } from '../src/cli/run-main';
import { backendNames } from '../src/contract';
import { act } from './act';
import type { Benchmark } from './benchmark';
import { beside } from './beside';
import { cold } from './cold';
import { collectors } from './collectors';
import { doctor } from './doctor';
import { frames } from './frames';
import { handOver } from './hand-over';
import { inspector } from './inspector';
import { load } from './load';
import { commit, machine } from './machine';
import { memory } from './memory';
import { opponent } from './opponent';
import { overlay } from './overlay';
import { peersSideBySide } from './peers';
import { profile } from './profile';
import { rltools } from './rltools';
import { shards } from './shards';
import { soak } from './soak';
import { soakHeadless } from './soak-headless';
import { switching } from './switches';
import { throughput } from './throughput';
import { ticks } from './ticks';
import { twin } from './twin';
import { update } from './update';

const benchmarks: Readonly<Record<string, Benchmark>> = {
  update,
  profile,
  rltools,
  peers: peersSideBySide,
  shards,
  act,
  frames,
  throughput,
  collectors,
  'hand-over': handOver,
  memory,
  load,
  ticks,
  twin,
  cold,
  beside,
  opponent,
  inspector,
  overlay,
  soak,
  'soak-headless': soakHeadless,
  switches: switching,
  doctor,
};
/** Take so long (up to 18 minutes, and `--minutes`) that they run only when they are asked for. */
const byNameOnly: ReadonlySet<string> = new Set([
  'beside',
  'cold',
  'doctor',
  'inspector',
  'opponent',
  'overlay',
  'soak',
  'soak-headless',
  'switches',
]);

await runMain(main);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      json: { type: 'string' },
      backend: { type: 'string', default: 'auto' },
      minutes: { type: 'string', default: '60' },
      game: { type: 'string', default: 'flap' },
      seeds: { type: 'string', default: '10' },
    },
    allowPositionals: true,
  });
  const usual = Object.keys(benchmarks).filter((name) => !byNameOnly.has(name));
  const names = positionals.length > 0 ? positionals : usual;
  const backend = backendNames.find((name) => name === values.backend);
  if (backend === undefined) {
    throw new Error(`--backend must be one of ${backendNames.join(', ')}; it was ${values.backend}.`);
  }
  const unknown = names.find((name) => !(name in benchmarks));
  if (unknown !== undefined) {
    throw new Error(`There is no benchmark “${unknown}”; there are ${Object.keys(benchmarks).join(', ')}.`);
  }
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes must be a number above 0; it was ${values.minutes}.`);
  const seeds = Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1) {
    throw new Error(`--seeds must be a whole number of at least 1; it was ${values.seeds}.`);
  }
  // Before anything is measured, since that takes long: a folder that cannot be made is told at once.
  if (values.json !== undefined) prepareOutput(values.json);
  const reports: Record<string, unknown> = {};
  const about = { machine: machine(), commit: commit() };
  for (const name of names) {
    const benchmark = benchmarks[name];
    if (benchmark === undefined) continue;
    const { fields, table, browser, renderer } = await benchmark(backend, minutes, {
      game: values.game,
      seeds,
    });
    reports[name] = { ...fields, ...about, browser, renderer };
    console.log(
      `\n${name}\n${table}\nMachine: ${about.machine}\nBrowser: ${browser}\nRenderer: ${renderer}\nCommit: ${about.commit}`,
    );
  }
  if (values.json !== undefined) {
    const report = names.length === 1 ? reports[names[0] ?? ''] : reports;
    writeJson(values.json, report);
    console.log(`\nWritten to ${values.json}.`);
  }
}
