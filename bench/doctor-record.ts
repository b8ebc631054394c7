/**
 * `npm run doctor:record [-- --only balance-fast] [--held-out]`: trains every game by each of its presets, five seeds each, and writes
 * the curves to `tests/fixtures/doctor`, thinned, for the test that the doctor finds nothing in them. With `--held-out`
 * five other seeds are trained, which no threshold was chosen by; nothing is written, and what is found in them is told.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'fflate';
import { liveGames } from '../examples/live-games';
import { hostBackends, pinnedActing } from '../src/agent/update-backend';
import { games } from '../src/game/catalogue';
import { trainSeed } from './learn-run';
import { loadLearned } from './learned-game';
import { commit } from './machine';
import { findingsAlong, pointsOf, type RecordedRuns, type RecordedSeed, recordOf } from './recorded-runs';

const seeds = [1, 2, 3, 4, 5];
const heldOut = [6, 7, 8, 9, 10];
/** Decisions of each run; others are learned for longer before anything can be told. */
const usualSteps = 100_000;
const longerSteps: Readonly<Record<string, number>> = { 'volley-fast': 600_000, 'duel-own': 300_000 };

const { values } = parseArgs({ options: { only: { type: 'string' }, 'held-out': { type: 'boolean' } } });
mkdirSync('tests/fixtures/doctor', { recursive: true });
for (const game of [...games.map(({ id }) => id), ...Object.keys(liveGames)]) {
  const { presets, spec } = await loadLearned(game);
  for (const preset of Object.keys(presets)) {
    const name = `${game}-${preset}`;
    if (values.only !== undefined && values.only !== name) continue;
    const ofGame = await spec();
    if (values['held-out'] === true) {
      for (const seed of heldOut) {
        const run = await record(game, preset, seed, longerSteps[name] ?? usualSteps);
        const found = findingsAlong(pointsOf(run), run.settings, ofGame);
        if (found.length > 0) process.exitCode = 1;
        const told = found.map(
          ({ look, found: each }) => `${look}: ${each.map(({ rule }) => rule).join(', ')}`,
        );
        console.log(`${name}, seed ${seed}: ${told.length === 0 ? 'nothing found' : told.join('; ')}`);
      }
      continue;
    }
    const runs: RecordedSeed[] = [];
    for (const seed of seeds) runs.push(await record(game, preset, seed, longerSteps[name] ?? usualSteps));
    const recorded: RecordedRuns = { game, preset, commit: commit(), spec: ofGame, runs };
    const file = `tests/fixtures/doctor/${name}.json.gz`;
    const bytes = gzipSync(new TextEncoder().encode(JSON.stringify(recorded)), { level: 9, mtime: 0 });
    writeFileSync(file, bytes);
    console.log(`${file}: ${bytes.length} bytes`);
  }
}

async function record(game: string, preset: string, seed: number, steps: number): Promise<RecordedSeed> {
  const { points, hyperparameters } = await trainSeed(
    {
      game,
      preset: preset as Parameters<typeof trainSeed>[0]['preset'],
      backend: 'wasm',
      seed,
      steps,
      threshold: Number.POSITIVE_INFINITY,
      stopAtThreshold: false,
      overlap: false,
    },
    {
      backend: hostBackends.wasm,
      acting: pinnedActing('wasm'),
      clock: () => performance.now(),
      breathe: () => Promise.resolve(),
      onProgress: () => {},
    },
  );
  return recordOf(points, hyperparameters);
}
