/**
 * `npm run ladder:live -- --game duel`: trains one agent of a live game for two, keeps its policy at several ages as files
 * to ship, lets all of them and the scripted players meet, and writes their ratings beside the files.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { liveGames } from '../examples/live-games';
import { Actor } from '../src/agent/actor';
import { Learner } from '../src/agent/learner';
import { trainLockstep } from '../src/agent/lockstep';
import { encodePlayFile } from '../src/agent/play-file';
import { policyOf } from '../src/agent/policy-file';
import { hostBackends } from '../src/agent/update-backend';
import { fitRatings, type PairResult } from '../src/match/fit-ratings';
import { playRounds, type RoundPlayer, scriptedRoundPlayer, shippedRoundPlayer } from './live-rounds';

/** Of what the scripted player in the middle is worth. */
const anchorRating = 1_000;

interface Generation {
  readonly id: string;
  readonly decisions: number;
}

const { values } = parseArgs({
  options: {
    game: { type: 'string', default: 'duel' },
    seed: { type: 'string', default: '1' },
    ages: { type: 'string', default: '50000,150000,500000' },
    rounds: { type: 'string', default: '200' },
    /** Rates the files that are there. */
    rate: { type: 'boolean', default: false },
  },
});
const { game } = values;
const load = liveGames[game];
if (load === undefined) throw new Error(`There is no live game “${game}”.`);
const { config, definition, settings } = await load();
// Fetched after what stands in for a page.
const { openLive } = await import('../src/phaser/live-environment');
const { liveHyperparameters } = await import('../src/phaser/live-settings');
const folder = resolve(import.meta.dirname, '..', 'examples', game, 'agents');
const generations = values.ages
  .split(',')
  .map((age, index): Generation => ({ id: `generation-${index + 1}`, decisions: Number(age) }));
await mkdir(folder, { recursive: true });
if (!values.rate) await train(Number(values.seed));
await rate(Number(values.rounds));
process.exit(0);

/** Trains in lockstep, and writes a file at each age. */
async function train(seed: number): Promise<void> {
  const hyperparameters = { ...liveHyperparameters(definition, settings), seed };
  const { environment, scripted, close } = await openLive(config, definition, { seed });
  const { spec } = environment;
  const clock = () => performance.now();
  const backend = hostBackends.wasm;
  const learner = Learner.create({ spec, hyperparameters, clock, breathe: async () => {}, backend });
  await learner.warmUp();
  const left = [...generations];
  const opponents = { past: [], scripted };
  await trainLockstep({
    environment,
    actor: new Actor({ spec, hyperparameters, snapshot: learner.snapshot(), acting: 'wasm', opponents }),
    learner,
    decisionIntervalTicks: hyperparameters.decisionIntervalTicks,
    maxDecisions: Infinity,
    clock,
    shouldStop: () => left.length === 0,
    onUpdate: ({ metrics }) => {
      const next = left[0];
      if (next === undefined || metrics.decisions < next.decisions) return;
      left.shift();
      const file = encodePlayFile(policyOf(learner.trainingState(), next.id));
      void writeFile(join(folder, `${next.id}.play`), file);
      console.log(`${next.id}: after ${metrics.decisions} decisions, ${file.length} bytes`);
    },
  });
  learner.dispose();
  close();
}

/** Lets everybody meet everybody, and writes what that came to. */
async function rate(rounds: number): Promise<void> {
  const live = await openLive(config, definition, { seed: 1_000 });
  const players: RoundPlayer[] = live.scripted.map(scriptedRoundPlayer);
  for (const { id } of generations) {
    const bytes = await readFile(join(folder, `${id}.play`));
    players.push(shippedRoundPlayer(id, new Uint8Array(bytes).buffer));
  }
  const { every } = definition as { readonly every: number };
  const pairs: PairResult[] = [];
  players.forEach((a, index) => {
    for (const b of players.slice(index + 1)) {
      const pair = playRounds(live, [a, b], rounds, every);
      pairs.push(pair);
      console.log(`${a.id} : ${b.id}  ${pair.won} won, ${pair.lost} lost, ${pair.drawn} drawn`);
    }
  });
  live.close();
  const anchor = live.scripted[Math.floor(live.scripted.length / 2)]!.id;
  const ratings = fitRatings(pairs, { id: anchor, rating: anchorRating });
  const table = players
    .map(({ id }) => ({
      id,
      rating: Math.round(ratings.get(id) ?? anchorRating),
      rounds: rounds * (players.length - 1),
      ...generations.find((generation) => generation.id === id),
    }))
    .toSorted((a, b) => a.rating - b.rating);
  const command = `npm run ladder:live -- --game ${game} --seed ${values.seed} --ages ${values.ages} --rounds ${rounds}`;
  await writeFile(join(folder, 'ratings.json'), `${JSON.stringify({ game, command, table }, null, 2)}\n`);
  console.table(table);
}
