import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { liveGames } from '../examples/live-games';
import type { BenchmarkResult } from './benchmark';
import { interleave, median } from './measure';
import { table } from './table';
import { openToolsPage } from './tools-page';

const rounds = 3;
const rayCount = 16;
const bodies = 50;
const copyCounts = [1, 4, 16];
/** All copies together; a game that takes long for a step takes fewer. */
const steps = 40_000;
const shortSteps: Readonly<Record<string, number>> = { racer: 4_000 };

/**
 * How fast games run that nobody sees: in a worker of headless Chromium and in Node, one, four and sixteen copies in a
 * thread, where copies keep out of each other’s way; and what 16 rays take.
 */
export async function twin(): Promise<BenchmarkResult> {
  const alone = new Set<string>();
  for (const game of Object.keys(liveGames)) {
    if ((await inNode(game, 0, 0)) !== 'true') alone.add(game);
  }
  const tools = await openToolsPage();
  try {
    const subjects = Object.keys(liveGames).flatMap((game) =>
      (['worker', 'node'] as const).flatMap((where) =>
        copyCounts
          .filter((copies) => copies === 1 || !alone.has(game))
          .map((copies) => ({ game, where, copies })),
      ),
    );
    const samples = await interleave(subjects, rounds, async ({ game, where, copies }) => {
      const count = shortSteps[game] ?? steps;
      return where === 'worker'
        ? tools.sampleTwin({ game, copies, steps: count })
        : Number(await inNode(game, copies, count));
    });
    const rows = subjects.map((subject, index) => ({
      ...subject,
      stepsPerSecond: median(samples[index] ?? []),
    }));
    const raySamples: number[] = [];
    for (let round = 0; round < rounds; round++) raySamples.push(await tools.sampleRays(rayCount, bodies));
    const rays = { rays: rayCount, bodies, microseconds: median(raySamples) };
    return {
      fields: { rows, rays, rounds, oneCopyOnly: [...alone] },
      table: `${table([
        ['game', 'where', 'copies', 'steps/s'],
        ...rows.map((row) => [row.game, row.where, String(row.copies), row.stepsPerSecond.toFixed(0)]),
      ])}\n${rayCount} rays among ${bodies} boxes: ${rays.microseconds.toFixed(1)} µs`,
      browser: tools.browser,
      renderer: 'none: nothing here is drawn',
    };
  } finally {
    await tools.close();
  }
}

async function inNode(game: string, copies: number, count: number): Promise<string> {
  const file = resolve(import.meta.dirname, 'twin-node.ts');
  const words = ['--import', 'tsx', file, game, String(copies), String(count)];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return stdout.trim().split('\n').at(-1) ?? '';
}
