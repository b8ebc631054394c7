/**
 * `npm run learn -- --game balance --seeds 5 --backend wasm`: trains agents headless, one seed after the other,
 * and reports how fast they learned. WebAssembly and plain JavaScript run in Node; WebGL, and whatever `auto`
 * chooses, in headless Chromium. Live games, such as `--game flap`, learn by settings of their own, until their goal is
 * reached or the decisions are over.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { liveGames } from '../examples/live-games';
import { hostBackends, pinnedActing } from '../src/agent/update-backend';
import { prepareOutput, writeJson } from '../src/cli/output-file';
import { runMain } from '../src/cli/run-main';
import { withSetOptions } from '../src/cli/set-option';
import {
  type BackendChoice,
  type BackendName,
  backendNames,
  collectorChoices,
  type Hyperparameters,
} from '../src/contract';
import { gatherBeside } from './gather-beside';
import { learnTable } from './learn-report';
import { type CurvePoint, defaultThresholds, runSeed, type SeedResult, type SeedRun } from './learn-run';
import { isLive, type LearnedGame, loadLearned, ownPreset } from './learned-game';
import { commit, machine } from './machine';
import { openToolsPage } from './tools-page';

const usage = `npm run learn -- --game ${['balance', 'swing', ...Object.keys(liveGames)].join('|')} --seeds 5 --backend wasm|cpu|webgl|auto [--steps 100000] [--preset fast|sb3|cleanrl] [--collectors none|1|2|4|8] [--set key=value …] [--threshold X] [--overlap] [--stop-at-threshold] [--json FILE]`;

interface Request {
  readonly seeds: number;
  readonly json: string | undefined;
  readonly goal: string | null;
  readonly run: Omit<SeedRun, 'seed'>;
}

/** What runs seeds: this process, or a browser. */
interface Place {
  readonly renderer: string;
  readonly browser: string | null;
  runSeed(run: SeedRun, onProgress: (point: CurvePoint) => void): Promise<SeedResult>;
  close(): Promise<void>;
}

await runMain(async () => main(await readRequest()));

async function main({ run, seeds, json, goal }: Request): Promise<void> {
  if (json !== undefined) prepareOutput(json);
  const place = await openPlace(run.backend);
  try {
    const results: SeedResult[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      results.push(
        await withBar(`seed ${seed}/${seeds}`, run.steps, (bar) => place.runSeed({ ...run, seed }, bar)),
      );
    }
    const report = {
      game: run.game,
      preset: run.preset,
      collectors: run.overrides?.collectors ?? 'none',
      overlap: run.overlap,
      backend: run.backend,
      renderer: place.renderer,
      browser: place.browser,
      machine: machine(),
      commit: commit(),
      threshold: run.threshold,
      goal,
      steps: run.steps,
      seeds: results,
    };
    console.log(learnTable(report));
    if (json !== undefined) {
      writeJson(json, report);
      console.log(`\nWritten to ${json}.`);
    }
  } finally {
    await place.close();
  }
}

async function readRequest(): Promise<Request> {
  const values = parseOptions();
  const backend = backendNames.find((name) => name === values.backend);
  if (backend === undefined) {
    throw new Error(
      `--backend must be one of ${backendNames.join(', ')}; it was ${values.backend}.\n${usage}`,
    );
  }
  const collectors = collectorChoices.find((choice) => choice === values.collectors);
  if (collectors === undefined) {
    throw new Error(
      `--collectors must be one of ${collectorChoices.join(', ')}; it was ${values.collectors}.\n${usage}`,
    );
  }
  if (isLive(values.game) && (values.overlap || collectors !== 'none')) {
    throw new Error(
      `${values.game} is played in one thread, in turns with learning; leave --overlap and --collectors out.`,
    );
  }
  const game = await loadLearned(values.game);
  const { preset, settings } = presetOf(game, values.preset ?? (isLive(values.game) ? ownPreset : 'sb3'));
  const threshold = values.threshold ?? game.goal?.least ?? defaultThresholds[values.game];
  if (threshold === undefined) {
    throw new Error(`There is no usual threshold for ${values.game}; give one with --threshold.`);
  }
  return {
    seeds: wholeNumber('--seeds', values.seeds),
    json: values.json,
    goal: game.goal?.sentence ?? null,
    run: {
      game: values.game,
      preset,
      overrides: { ...(values.set.length > 0 && withSetOptions(settings, values.set)), collectors },
      backend,
      steps: wholeNumber('--steps', values.steps),
      threshold: finiteNumber('--threshold', threshold),
      stopAtThreshold: values['stop-at-threshold'],
      overlap: values.overlap,
    },
  };
}

function presetOf(
  { presets }: LearnedGame,
  name: string,
): { readonly preset: SeedRun['preset']; readonly settings: Hyperparameters } {
  const settings = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (settings === undefined) {
    throw new Error(`--preset must be one of ${Object.keys(presets).join(', ')}; it was ${name}.\n${usage}`);
  }
  return { preset: name as SeedRun['preset'], settings };
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        game: { type: 'string', default: 'balance' },
        seeds: { type: 'string', default: '5' },
        backend: { type: 'string', default: 'wasm' },
        steps: { type: 'string', default: '100000' },
        preset: { type: 'string' },
        set: { type: 'string', multiple: true, default: [] },
        collectors: { type: 'string', default: 'none' },
        threshold: { type: 'string' },
        overlap: { type: 'boolean', default: false },
        'stop-at-threshold': { type: 'boolean', default: false },
        json: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function finiteNumber(option: string, value: string | number): number {
  const number = Number(value);
  if (value === '' || !Number.isFinite(number))
    throw new Error(`${option} must be a number; it was ${value}.`);
  return number;
}

function wholeNumber(option: string, value: string): number {
  const number = finiteNumber(option, value);
  if (!Number.isInteger(number) || number < 1) {
    throw new Error(`${option} must be a whole number of at least 1; it was ${value}.`);
  }
  return number;
}

async function openPlace(choice: BackendChoice): Promise<Place> {
  if (choice === 'wasm' || choice === 'cpu') {
    const backend: BackendName = choice;
    return {
      renderer: '',
      browser: null,
      runSeed: (run, onProgress) =>
        runSeed(run, {
          backend: hostBackends[backend],
          acting: pinnedActing(backend),
          clock: () => performance.now(),
          breathe: () => new Promise((resolve) => setImmediate(resolve)),
          onProgress,
          ...(availableParallelism() > 1 && { gatherBeside }),
        }),
      close: () => Promise.resolve(),
    };
  }
  const tools = await openToolsPage();
  try {
    const renderer = await tools.renderer();
    return {
      renderer,
      browser: tools.browser,
      runSeed: (run, onProgress) => tools.runSeed(run, onProgress),
      close: () => tools.close(),
    };
  } catch (error) {
    await tools.close();
    throw error;
  }
}

/** Shows a progress bar on standard error while `work` runs. */
async function withBar<Result>(
  label: string,
  steps: number,
  work: (onProgress: (point: CurvePoint) => void) => Promise<Result>,
): Promise<Result> {
  const bar = new SingleBar({
    format: `${label} {bar} {value}/{total} decisions | mean of last 20: {mean} | {duration_formatted}, {eta_formatted} to go`,
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
    hideCursor: true,
  });
  bar.start(steps, 0, { mean: '–' });
  try {
    return await work(({ decisions, mean20 }) => {
      bar.update(Math.min(steps, decisions), { mean: mean20?.toFixed(1) ?? '–' });
    });
  } finally {
    bar.stop();
  }
}
