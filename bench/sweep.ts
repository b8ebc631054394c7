/**
 * `npm run sweep -- --game balance`: searches settings with which a game is learned in the least time in front of a
 * watcher, by successive halving over a stated space. The seeds are far from those that `npm run learn` reports.
 */
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { hostBackends, pinnedActing } from '../src/agent/update-backend';
import { prepareOutput, writeJson } from '../src/cli/output-file';
import { runMain } from '../src/cli/run-main';
import { loadGame } from '../src/game/catalogue';
import { SeededRandom } from '../src/random/seeded-random';
import { defaultThresholds, runSeed } from './learn-run';
import { commit, machine } from './machine';
import { meanScore, type Rung, successiveHalving } from './successive-halving';
import { type Candidate, drawCandidate, sweepSpaces } from './sweep-space';
import { table } from './table';

/** Far from the small seeds that learning is reported with. */
const firstSeed = 1_000_001;
const backend = 'wasm';

await runMain(main);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      game: { type: 'string', default: 'balance' },
      candidates: { type: 'string', default: '81' },
      json: { type: 'string' },
    },
  });
  const { game } = values;
  const space = sweepSpaces[game];
  const threshold = defaultThresholds[game];
  if (space === undefined || threshold === undefined) {
    throw new Error(`There is no space to search for ${game}; add one to bench/sweep-space.ts.`);
  }
  const count = Number(values.candidates);
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`--candidates must be a whole number of at least 1; it was ${values.candidates}.`);
  }
  if (values.json !== undefined) prepareOutput(values.json);
  const rungs: Rung[] = [
    { candidates: count, seeds: 1 },
    { candidates: Math.ceil(count / 3), seeds: 2 },
    { candidates: Math.ceil(count / 9), seeds: 5 },
    { candidates: Math.ceil(count / 27), seeds: 10 },
  ];
  const base = (await loadGame(game)).presets.sb3;
  const random = SeededRandom.fromSeed(firstSeed);
  const candidates = Array.from({ length: count }, () => drawCandidate(space, base, random));
  const bar = new SingleBar({
    format: '{bar} {value}/{total} runs | {duration_formatted}',
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 30_000,
  });
  bar.start(
    rungs.reduce((sum, rung, i) => sum + rung.candidates * (rung.seeds - (rungs[i - 1]?.seeds ?? 0)), 0),
    0,
  );
  const best = await successiveHalving(candidates, rungs, async (candidate, seed) => {
    const score = await watchedSeconds(game, candidate, firstSeed + seed, threshold, space.mostDecisions);
    bar.increment();
    return score;
  });
  bar.stop();
  const rows = best.map((scored) => [
    meanScore(scored).toFixed(2),
    Math.max(...scored.scores).toFixed(2),
    JSON.stringify(scored.candidate),
  ]);
  console.log(table([['mean s', 'worst s', 'settings'], ...rows]));
  const report = { game, threshold, space, rungs, backend, machine: machine(), commit: commit(), best };
  if (values.json !== undefined) writeJson(values.json, report);
}

/**
 * What a watcher waits for the threshold: the mean of two waits. As fast as it goes, it is the time that a processor
 * takes to choose and to learn the decisions, one after the other; at 1×, the longer of that and the time in which the
 * game gives so many decisions.
 */
async function watchedSeconds(
  game: string,
  candidate: Candidate,
  seed: number,
  threshold: number,
  mostDecisions: number,
): Promise<number> {
  const { simulation, presets } = await loadGame(game);
  const result = await runSeed(
    {
      game,
      preset: 'sb3',
      overrides: candidate,
      backend,
      seed,
      steps: mostDecisions,
      threshold,
      stopAtThreshold: true,
      overlap: false,
    },
    {
      backend: hostBackends[backend],
      acting: pinnedActing(backend),
      // Processor time, so that whatever else the machine does counts little.
      clock: () => process.cpuUsage().user / 1000,
      breathe: async () => {},
      onProgress: () => {},
    },
  );
  const secondsPerDecision =
    (simulation.tickMs * presets.sb3.decisionIntervalTicks) / 1000 / candidate.arenas;
  const watched = (decisions: number, processorSeconds: number) =>
    (processorSeconds + Math.max(decisions * secondsPerDecision, processorSeconds)) / 2;
  if (result.toThreshold !== null && result.wallSecondsToThreshold !== null) {
    return watched(result.toThreshold, result.wallSecondsToThreshold);
  }
  const last = result.curve.at(-1)?.mean20 ?? 0;
  const missing = Math.min(1, Math.abs(threshold - last) / Math.abs(threshold));
  return watched(mostDecisions, result.wallSeconds) * (2 + missing);
}
