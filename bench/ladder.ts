/**
 * `npm run ladder -- --agents assets/agents/volley`: lets all agents of a folder and all scripted players meet, checks
 * that each agent beats the one below it, and writes the folder's `ladder.json`, which the page reads. The rungs are
 * as `--order novice,apprentice,champion` has them, lowest first; without it, by the ratings that come out.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { hostBackend } from '../src/agent/host-backend';
import { decodePolicy, type PolicyData } from '../src/agent/policy-file';
import { prepareOutput, writeJson } from '../src/cli/output-file';
import { runMain } from '../src/cli/run-main';
import type { Simulation } from '../src/contract';
import { loadGame } from '../src/game/catalogue';
import { environmentSpec } from '../src/game/engine/vector-environment';
import { startingRating } from '../src/match/elo';
import { type Ladder, type LadderAgent, readLadder } from '../src/match/ladder';
import { policyPlayer, scriptedMatchPlayer } from '../src/match/player';
import { styleSentences } from '../src/texts/playing-style';
import { firstMinutes, humanLikePlayer, someMatches } from './human-like';
import { type Entrant, type LadderResult, percent, runLadder, shareOf } from './ladder-run';
import { commit, machine } from './machine';
import { table } from './table';
import { wilsonInterval } from './wilson';

const usage =
  'npm run ladder -- --agents assets/agents/volley [--game volley] [--order novice,…,champion] [--matches 200] [--points 7] [--rallies 500] [--seed 1] [--json FILE]';

interface Agent extends Entrant {
  readonly file: string;
  readonly policy: PolicyData;
}

/** Stand-ins for people in Volley. */
const newcomers: readonly Entrant[] = [
  {
    id: 'first-minutes',
    name: 'in the first minutes',
    player: (seed) => humanLikePlayer(firstMinutes, seed),
  },
  { id: 'some-matches', name: 'after some matches', player: (seed) => humanLikePlayer(someMatches, seed) },
];

await runMain(main);

async function main(): Promise<void> {
  const { folder, json, simulation, order, ...numbers } = await readRequest();
  if (json !== undefined) prepareOutput(json);
  const agents = inOrder(readAgents(folder, simulation), order);
  const scripted = (simulation.scriptedPlayers ?? []).map(
    (player): Entrant => ({
      id: player.id,
      name: player.name,
      player: (seed) => scriptedMatchPlayer(player, seed),
    }),
  );
  const entrants = [...scripted, ...agents];
  const matchesEach = numbers.matches * (entrants.length - 1);
  const bar = new SingleBar({
    format: '{bar} {value}/{total} matches | {duration_formatted}, {eta_formatted} to go',
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 30_000,
    hideCursor: true,
  });
  bar.start((matchesEach * entrants.length) / 2, 0);
  const startMs = performance.now();
  let result: LadderResult;
  try {
    result = runLadder({
      simulation,
      agents,
      rungs: order === null ? 'byRating' : 'asGiven',
      scripted,
      newcomers: simulation.game === 'volley' ? newcomers : [],
      ...numbers,
      anchorRating: startingRating,
      onMatch: (played) => bar.update(played),
    });
  } finally {
    bar.stop();
  }
  const about = {
    ...numbers,
    machine: machine(),
    commit: commit(),
    seconds: (performance.now() - startMs) / 1000,
  };
  print(result, entrants, about);

  const rated = ({ id }: Entrant) => ({
    rating: Math.round(10 * (result.ratings.get(id)?.rating ?? startingRating)) / 10,
    matches: matchesEach,
  });
  const ladderFile = join(folder, 'ladder.json');
  const looks = looksIn(ladderFile);
  const ladder: Ladder = {
    format: 'playtrain-ladder',
    formatVersion: 1,
    game: simulation.game,
    agents: result.rungs
      .flatMap((id) => agents.filter((agent) => agent.id === id))
      .map((agent) => ({
        id: agent.id,
        name: agent.name,
        file: agent.file,
        ...rated(agent),
        decisions: agent.policy.decisions,
        seed: agent.policy.seed,
        command: agent.policy.note ?? '',
        ...styleOf(result, agent),
        ...looks.get(agent.id),
      })),
    scripted: scripted.map((player) => ({ id: player.id, ...rated(player) })),
  };
  writeJson(ladderFile, ladder);
  console.log(`\nWritten to ${ladderFile}.`);
  if (json !== undefined) {
    const report = {
      ...about,
      ...result,
      ratings: Object.fromEntries(result.ratings),
      styles: Object.fromEntries(result.styles),
    };
    writeJson(json, report);
    console.log(`Written to ${json}.`);
  }
  if (!result.checks.every(({ holds }) => holds)) process.exitCode = 1;
}

function styleOf({ styles }: LadderResult, { id }: Entrant): Pick<LadderAgent, 'style'> {
  const style = styles.get(id);
  return style === undefined ? {} : { style };
}

/** How the agents of a table look that was written before, by id: nobody measures that. */
function looksIn(file: string): ReadonlyMap<string, Pick<LadderAgent, 'look'>> {
  if (!existsSync(file)) return new Map();
  const { agents } = readLadder(JSON.parse(readFileSync(file, 'utf8')));
  return new Map(agents.flatMap(({ id, look }) => (look === undefined ? [] : [[id, { look }] as const])));
}

/** What stand-ins for people win against whom, the strongest first. */
function printNewcomers(result: LadderResult, entrants: readonly Entrant[]): void {
  const present = newcomers.filter(({ id }) => result.newcomers.some(({ a }) => a === id));
  if (present.length === 0) return;
  const rows = entrants
    .toSorted((x, y) => (result.ratings.get(y.id)?.rating ?? 0) - (result.ratings.get(x.id)?.rating ?? 0))
    .map(({ id, name }) => [
      name,
      ...present.map((newcomer) => percent(shareOf(result.newcomers, newcomer.id, id) ?? 0)),
    ]);
  console.log(table([['a person wins', ...present.map(({ name }) => name)], ...rows]));
  console.log();
}

function print(
  result: LadderResult,
  entrants: readonly Entrant[],
  about: { readonly machine: string; readonly commit: string; readonly seconds: number } & Numbers,
): void {
  const { rungs, pairs, ratings, styles } = result;
  const nameOf = (id: string) => entrants.find((entrant) => entrant.id === id)?.name ?? id;
  const pairRows = pairs.map(({ a, b, won, lost, drawn }) => {
    const all = won + lost + drawn;
    const points = won + drawn / 2;
    const { low, high } = wilsonInterval(points, all);
    const range = `${percent(low)} to ${percent(high)}`;
    return [
      `${nameOf(a)} – ${nameOf(b)}`,
      String(won),
      String(drawn),
      String(lost),
      percent(points / all),
      range,
    ];
  });
  console.log(
    `\n${about.matches} matches a pair to ${about.pointsToWin} points, every other one with sides swapped; seed ${about.seed}.\n`,
  );
  console.log(table([['pair', 'won', 'drawn', 'lost', 'share', '95 % (Wilson)'], ...pairRows]));
  const ratingRows = [...ratings]
    .toSorted(([, x], [, y]) => y.rating - x.rating)
    .map(([id, { rating, low, high }]) => [
      nameOf(id),
      rating.toFixed(0),
      `${low.toFixed(0)} to ${high.toFixed(0)}`,
    ]);
  console.log(`\n${table([['player', 'Elo', '95 % (bootstrap)'], ...ratingRows])}\n`);
  const sentences = styleSentences(rungs.map((id) => styles.get(id) ?? null));
  for (const [rung, id] of rungs.entries()) console.log(`${nameOf(id)}: ${sentences[rung] || 'no style'}`);
  console.log();
  printNewcomers(result, entrants);
  for (const { sentence, holds } of result.checks) console.log(`${holds ? 'holds' : 'FAILS'}  ${sentence}`);
  console.log(
    `\nMachine: ${about.machine}\nCommit: ${about.commit}\nWall time: ${about.seconds.toFixed(1)} s`,
  );
}

function readAgents(folder: string, simulation: Simulation): Agent[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.safetensors'))
    .toSorted();
  const spec = environmentSpec(simulation);
  return files.map((file) => {
    const policy = decodePolicy(readFileSync(join(folder, file)), spec);
    const id = basename(file, '.safetensors');
    const player = policyPlayer(id, policy, hostBackend());
    return { id, name: policy.name, file, policy, player: () => player };
  });
}

/** @throws Error when the order does not name each agent once. */
function inOrder(agents: readonly Agent[], order: readonly string[] | null): readonly Agent[] {
  if (order === null) return agents;
  const ids = agents.map(({ id }) => id);
  if (order.toSorted().join() !== ids.join()) {
    throw new Error(`--order must name each of ${ids.join(', ')} once; it was ${order.join(', ')}.`);
  }
  return order.flatMap((id) => agents.filter((agent) => agent.id === id));
}

interface Numbers {
  readonly matches: number;
  readonly pointsToWin: number;
  readonly rallies: number;
  readonly seed: number;
}

interface Request extends Numbers {
  readonly folder: string;
  readonly json: string | undefined;
  readonly simulation: Simulation;
  /** Null where ratings decide. */
  readonly order: readonly string[] | null;
}

async function readRequest(): Promise<Request> {
  const values = parseOptions();
  if (values.agents === undefined) throw new Error(`--agents is needed.\n${usage}`);
  return {
    folder: values.agents,
    json: values.json,
    simulation: (await loadGame(values.game)).simulation,
    order: values.order?.split(',') ?? null,
    matches: wholeNumber('--matches', values.matches),
    pointsToWin: wholeNumber('--points', values.points),
    rallies: wholeNumber('--rallies', values.rallies),
    seed: wholeNumber('--seed', values.seed),
  };
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        agents: { type: 'string' },
        game: { type: 'string', default: 'volley' },
        order: { type: 'string' },
        matches: { type: 'string', default: '200' },
        points: { type: 'string', default: '7' },
        rallies: { type: 'string', default: '500' },
        seed: { type: 'string', default: '1' },
        json: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function wholeNumber(option: string, text: string): number {
  const number = text === '' ? Number.NaN : Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new Error(`${option} must be a whole number of at least 1; it was ${text}.\n${usage}`);
  }
  return number;
}
