import 'playtrain/phaser/twin';
import type Phaser from 'phaser';
import type { AgentDefinition, SceneSenses, SensePen } from 'playtrain/phaser';
import { expect, it } from 'vitest';
import { duelConfig } from './duel/duel';
import { duelist } from './duel/duel.agent';
import { senses as duelSenses } from './duel/senses';
import { bird } from './flap/bird.agent';
import { flapConfig } from './flap/flap';
import { senses as flapSenses } from './flap/senses';
import { playedByLot } from './played-by-lot';

/** Plays by lot, and draws what is seen whenever the agent looks. */
async function drawn<Scene extends Phaser.Scene>(
  config: Phaser.Types.Core.GameConfig,
  agent: AgentDefinition<Scene>,
  senses: SceneSenses<Scene>,
): Promise<{ readonly said: readonly number[][]; readonly places: number[]; readonly words: Set<string> }> {
  const said: number[][] = [];
  const places: number[] = [];
  const words = new Set<string>();
  const watched = {
    ...agent,
    sees: (scene: Scene, who: number) => {
      const components: number[] = [];
      const pen: SensePen = {
        line: (from, to) => places.push(...from, ...to),
        arrow: (from, to) => places.push(...from, ...to),
        arc: (around, ...rest) => places.push(...around, ...rest.slice(0, 3).map(Number)),
        dot: (at) => places.push(...at),
        label: (of, at, text) => {
          components.push(...of);
          places.push(...at);
          words.add(text);
        },
      };
      senses.draw(pen, scene, who);
      said.push(components);
      return agent.sees?.(scene, who) ?? {};
    },
  };
  await playedByLot(config, watched, 900, (random) => (random.uniform() < 0.15 ? 1 : 0), { seed: 3 });
  return { said, places, words };
}

it.each([
  ['Flap', () => drawn(flapConfig, bird, flapSenses), 4],
  ['Duel', () => drawn(duelConfig, duelist, duelSenses), 35],
] as const)(
  'of %s, every number that is seen is told once, at places that are numbers',
  async (_, play, size) => {
    const { said, places, words } = await play();
    expect(said.length).toBeGreaterThan(100);
    const all = Array.from({ length: size }, (__, index) => index);
    for (const components of said) expect(components.toSorted((a, b) => a - b)).toEqual(all);
    expect(places.every(Number.isFinite)).toBe(true);
    expect([...words].filter((text) => /NaN|undefined/.test(text))).toEqual([]);
  },
);
