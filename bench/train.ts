/**
 * `npm run train -- --game volley --decisions 5000000 --seed 1 --out FILE`: trains one agent headless, on the fastest
 * backend there is in Node, by the code that the page learns with. FILE holds the whole run; started again with it,
 * training goes on.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { decodeTrainingState, encodeTrainingState } from '../src/agent/checkpoint';
import { decodePolicy, encodePolicy, type PolicyData, policyOf } from '../src/agent/policy-file';
import { chooseHostBackend, type HostBackend } from '../src/cli/host-backend';
import { Interruption } from '../src/cli/interruption';
import { prepareOutput, writeOutput } from '../src/cli/output-file';
import { runMain } from '../src/cli/run-main';
import { withSetOptions } from '../src/cli/set-option';
import type { ActingBackend, Hyperparameters, Simulation, TrainingState } from '../src/contract';
import { loadGame } from '../src/game/catalogue';
import { environmentSpec } from '../src/game/engine/vector-environment';
import { annealingOver } from './annealing-over';
import type { Judgement } from './judgement';
import { commit, machine } from './machine';
import { type Judging, type TrainResult, train, type Until, untilRallies } from './train-run';
import { TrainingBar } from './training-bar';

const usage =
  'npm run train -- --game volley --decisions N --seed S --out FILE [--preset fast|sb3|cleanrl] [--set key=value …] [--backend auto|wasm|cpu] [--policy FILE [--name NAME]] [--best] [--judge-every N] [--judge-rallies N] [--until bot-steady:0.6]';
const saveEveryMs = 30_000;
const backendChoices = ['auto', 'wasm', 'cpu'] as const;

interface Request {
  readonly simulation: Simulation;
  readonly hyperparameters: Hyperparameters;
  readonly backend: 'auto' | ActingBackend;
  readonly decisions: number;
  readonly out: string;
  readonly policyFile: string | null;
  readonly name: string;
  readonly best: boolean;
  readonly judging: Omit<Judging, 'best'> | null;
  /** As typed, for the policy's file. */
  readonly command: string;
}

await runMain(async () => main(await readRequest()));

async function main(request: Request): Promise<void> {
  const { simulation, hyperparameters, out, policyFile, best } = request;
  prepareOutput(out);
  if (policyFile !== null) prepareOutput(policyFile);
  const spec = environmentSpec(simulation);
  const state = existsSync(out) ? decodeTrainingState(readFileSync(out), spec) : null;
  const clock = () => performance.now();
  const backend = await chooseHostBackend(spec, hyperparameters, request.backend, clock);
  console.log(`Machine: ${machine()}\nCommit: ${commit()}\n${backendLine(backend)}`);
  if (state !== null) console.log(`Going on from ${out}, at ${state.decisions} decisions.`);
  const earlierBest =
    best && policyFile !== null && existsSync(policyFile) && state !== null
      ? decodePolicy(readFileSync(policyFile), spec)
      : null;

  const bar = new TrainingBar(request.decisions, state?.decisions ?? 0);
  const interrupted = new Interruption(() => bar.print('Stopping and saving; Ctrl-C again ends at once.'));
  let savedMs = clock();
  try {
    const result = await train({
      simulation,
      hyperparameters,
      decisions: request.decisions,
      state,
      name: request.name,
      backend,
      judging: request.judging === null ? null : { ...request.judging, best: earlierBest },
      clock,
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
      onUpdate: (metrics, stateNow) => {
        bar.show(metrics);
        if (clock() - savedMs < saveEveryMs) return;
        saveState(out, stateNow());
        savedMs = clock();
      },
      onJudged: (judgement, isBest, { policy }, seconds) => {
        bar.print(judgementLine(judgement, isBest, seconds));
        if (isBest && best && policyFile !== null) savePolicy(policyFile, policy, request);
      },
      shouldStop: () => interrupted.happened,
    });
    bar.stop();
    saveState(out, result.state);
    report(request, result, interrupted.happened);
  } finally {
    bar.stop();
    interrupted.dispose();
  }
}

function report(
  { out, policyFile, best, name, judging, command }: Request,
  result: TrainResult,
  cut: boolean,
) {
  const { state, trainingSeconds, judgingSeconds, untilReached } = result;
  const judged = judgingSeconds > 0 ? `, and ${judgingSeconds.toFixed(1)} s of judging` : '';
  const how = cut ? 'Interrupted' : 'Finished';
  console.log(
    `${how} at ${state.decisions} decisions, after ${trainingSeconds.toFixed(1)} s of training in this part${judged}. The run is in ${out}.`,
  );
  if (judging?.until) {
    const { opponent, share } = judging.until;
    const what = `${(100 * share).toFixed(0)} % of ${untilRallies} rallies against ${opponent}`;
    console.log(
      untilReached
        ? `Reached ${what}: ${state.decisions} decisions, ${trainingSeconds.toFixed(1)} s of training.`
        : `Did not reach ${what}.`,
    );
  }
  if (policyFile === null) return;
  const policy = best && result.best !== null ? result.best.policy : policyOf(state, name);
  savePolicy(policyFile, policy, { name, command });
  console.log(
    `The ${best ? 'best judged' : 'last'} policy, of ${policy.decisions} decisions, is in ${policyFile}.`,
  );
}

function savePolicy(file: string, policy: PolicyData, { name, command }: Pick<Request, 'name' | 'command'>) {
  writeOutput(file, encodePolicy({ ...policy, name, note: command }));
}

function saveState(file: string, state: TrainingState): void {
  writeOutput(file, encodeTrainingState(state));
}

function backendLine({ name, acting, timings }: HostBackend): string {
  const measured = timings.map(
    ({ job, backend, milliseconds }) => `${job} ${backend} ${milliseconds.toFixed(3)} ms`,
  );
  const because = measured.length > 0 ? ` (${measured.join(', ')})` : ', as asked for';
  return `Updates on ${name}, actions on ${acting}${because}.`;
}

function judgementLine(
  { decisions, shares, shareOfBest }: Judgement,
  isBest: boolean,
  seconds: number,
): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const parts = Object.entries(shares).map(([id, share]) => `${id} ${percent(share)}`);
  if (shareOfBest !== null) parts.push(`best so far ${percent(shareOfBest)}`);
  return `${decisions} decisions, ${seconds.toFixed(1)} s: ${parts.join(', ')}${isBest ? '; the best yet' : ''}`;
}

async function readRequest(): Promise<Request> {
  const values = parseOptions();
  const backend = backendChoices.find((choice) => choice === values.backend);
  if (backend === undefined) {
    throw new Error(
      `--backend must be one of ${backendChoices.join(', ')}; it was ${values.backend}.\n${usage}`,
    );
  }
  const { simulation, presets } = await loadGame(values.game);
  const preset = Object.entries(presets).find(([name]) => name === values.preset)?.[1];
  if (preset === undefined) {
    throw new Error(
      `--preset must be one of ${Object.keys(presets).join(', ')}; it was ${values.preset}.\n${usage}`,
    );
  }
  if (values.decisions === undefined || values.out === undefined) {
    throw new Error(`--decisions and --out are needed.\n${usage}`);
  }
  const decisions = wholeNumber('--decisions', values.decisions);
  const hyperparameters = withSetOptions(
    // A rate that is annealed falls to zero over this run, unless another horizon is set.
    {
      ...preset,
      seed: wholeNumber('--seed', values.seed),
      annealingDecisions: annealingOver(decisions),
    },
    values.set,
  );
  const until = values.until === undefined ? null : readUntil(values.until, simulation);
  return {
    simulation,
    hyperparameters,
    backend,
    decisions,
    out: values.out,
    policyFile: values.policy ?? null,
    name: values.name ?? `${values.game}, seed ${values.seed}`,
    best: values.best,
    judging:
      values.best || until !== null
        ? {
            everyDecisions: wholeNumber('--judge-every', values['judge-every']),
            rallies: wholeNumber('--judge-rallies', values['judge-rallies']),
            until,
          }
        : null,
    command: `npm run train -- ${process.argv.slice(2).join(' ')}`,
  };
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        game: { type: 'string', default: 'volley' },
        decisions: { type: 'string' },
        seed: { type: 'string', default: '1' },
        out: { type: 'string' },
        preset: { type: 'string', default: 'fast' },
        set: { type: 'string', multiple: true, default: [] },
        backend: { type: 'string', default: 'auto' },
        policy: { type: 'string' },
        name: { type: 'string' },
        best: { type: 'boolean', default: false },
        'judge-every': { type: 'string', default: '250000' },
        'judge-rallies': { type: 'string', default: '100' },
        until: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function readUntil(text: string, { game, scriptedPlayers = [] }: Simulation): Until {
  const [opponent = '', shareText = ''] = text.split(':');
  const share = shareText === '' ? Number.NaN : Number(shareText);
  const ids = scriptedPlayers.map(({ id }) => id);
  if (!ids.includes(opponent) || !(share > 0 && share <= 1)) {
    throw new Error(
      `--until must name a scripted player of “${game}” (${ids.join(', ')}) and a share of rallies, such as bot-steady:0.6; it was ${text}.`,
    );
  }
  return { opponent, share };
}

function wholeNumber(option: string, text: string): number {
  const number = text === '' ? Number.NaN : Number(text);
  if (!Number.isInteger(number) || number < 0) {
    throw new Error(`${option} must be a whole number; it was ${text}.\n${usage}`);
  }
  return number;
}
