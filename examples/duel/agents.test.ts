import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { liveEnvironment } from 'playtrain/phaser/twin';
import { play } from 'playtrain/play';
import { expect, it } from 'vitest';
import { duelConfig } from './duel';
import { duelist } from './duel.agent';

const folder = join(import.meta.dirname, 'agents');

it('every agent that ships is rated, sees what the game shows and does what it can do', async () => {
  const { table } = JSON.parse(readFileSync(join(folder, 'ratings.json'), 'utf8')) as {
    readonly table: readonly { readonly id: string; readonly rating: number }[];
  };
  const files = readdirSync(folder).filter((name) => name.endsWith('.play'));
  const { spec } = await liveEnvironment(duelConfig, duelist, { seed: 1 });
  expect(files.length).toBeGreaterThan(1);
  for (const name of files) {
    expect(table.map(({ id }) => `${id}.play`)).toContain(name);
    const answer = play(new Uint8Array(readFileSync(join(folder, name))).buffer);
    const seen = Array.from({ length: spec.observationSpace.size }, () => 0.1);
    const [along, across, hand, ...more] = answer(seen);
    expect([0, 1, 2]).toContain(along);
    expect([0, 1, 2]).toContain(across);
    expect([0, 1]).toContain(hand);
    expect(more).toEqual([]);
  }
});
