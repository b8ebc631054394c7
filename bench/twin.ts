import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { BenchmarkResult } from './benchmark';
import { interleave, median } from './measure';
import { table } from './table';
import { openToolsPage } from './tools-page';

const rounds = 5;
const steps = 40_000;
const rayCount = 16;
const bodies = 50;
const games = ['flap'] as const;

/** How fast games run that nobody sees: in a worker of headless Chromium and in Node, one game a thread; and what 16 rays take. */
export async function twin(): Promise<BenchmarkResult> {
  const tools = await openToolsPage();
  try {
    const subjects = games.flatMap((game) =>
      (['worker', 'node'] as const).map((where) => ({ game, where, copies: 1 })),
    );
    const samples = await interleave(subjects, rounds, ({ game, where }) =>
      where === 'worker' ? tools.sampleTwin(game, steps) : inNode(game),
    );
    const rows = subjects.map((subject, index) => ({
      ...subject,
      stepsPerSecond: median(samples[index] ?? []),
    }));
    const raySamples: number[] = [];
    for (let round = 0; round < rounds; round++) raySamples.push(await tools.sampleRays(rayCount, bodies));
    const rays = { rays: rayCount, bodies, microseconds: median(raySamples) };
    return {
      fields: { rows, rays, rounds, steps },
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

async function inNode(game: string): Promise<number> {
  const file = resolve(import.meta.dirname, 'twin-node.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    file,
    game,
    String(steps),
  ]);
  return Number(stdout.trim().split('\n').at(-1));
}
