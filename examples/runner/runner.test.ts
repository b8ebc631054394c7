import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DecisionBatch, decisionShape } from 'playtrain';
import { checkAgent, liveEnvironment } from 'playtrain/phaser/twin';
import { play } from 'playtrain/play';
import { describe, expect, it } from 'vitest';
import { tiledLevel } from './art/tiled-level';
import { fox } from './fox.agent';
import { newGame, runnerConfig } from './runner';
import { hashOf, trajectory } from './trajectory';
import { trajectoryHash } from './trajectory-hash';

describe('a fox in a game that knows of no agent', () => {
  it('sees the same to the bit over 3,000 steps, every time, though the score outlives the scene', async () => {
    const [first, second, other] = [
      await trajectory(3_000),
      await trajectory(3_000),
      await trajectory(3_000, { seed: 2 }),
    ];
    expect(second).toEqual(first);
    expect(hashOf(first)).toBe(trajectoryHash);
    expect(first.endings.length).toBeGreaterThan(3);
    expect(first.faults).toEqual([]);
    // It begins at checkpoints that the seed draws.
    expect(other.seen).not.toEqual(first.seen);
  });

  it('has nothing that the check of agents finds', async () => {
    expect((await checkAgent(runnerConfig, fox)).findings).toEqual([]);
  });

  it('runs and jumps by the game’s own keys, and higher the longer it holds', async () => {
    const environment = await liveEnvironment(runnerConfig, fox, { seed: 1 });
    const batch = new DecisionBatch(decisionShape(environment.spec, 1));
    const labels = Object.keys(choices(environment.spec.actionSpace));
    const act = async (label: string, decisions: number) => {
      const speeds: number[] = [];
      for (let decision = 0; decision < decisions; decision++) {
        environment.applyActions(Float32Array.of(labels.indexOf(label)));
        for (let tick = 0; tick < fox.every; tick++) {
          environment.tick();
          await environment.settle?.();
        }
        environment.takeDecision(batch);
        speeds.push(batch.observations[1]!);
      }
      return speeds;
    };
    // How long it rises.
    const rises = (speeds: readonly number[]) => speeds.filter((speed) => speed < 0).length;
    await act('wait', 10);
    const long = rises(await act('jump', 10));
    await act('wait', 10);
    const short = rises([...(await act('jump', 1)), ...(await act('wait', 9))]);
    expect(short).toBeGreaterThan(0);
    expect(long).toBeGreaterThan(short);
  });
});

it('the policy that ships reaches the flag from the level’s start in one life', async () => {
  const file = readFileSync(join(import.meta.dirname, '../../assets/agents/runner/gallery.play'));
  const act = play(new Uint8Array(file).buffer);
  const fromStart = {
    ...fox,
    reset: ({ scene }: Phaser.Game) => {
      newGame();
      scene.start(fox.scene);
    },
  };
  const environment = await liveEnvironment(runnerConfig, fromStart, { seed: 1 });
  const batch = new DecisionBatch(decisionShape(environment.spec, 1));
  for (let step = 0; step < fox.limit && batch.terminated[0] === 0; step += fox.every) {
    environment.takeDecision(batch);
    environment.applyActions(Float32Array.from(act(batch.observations)));
    for (let tick = 0; tick < fox.every; tick++) {
      environment.tick();
      await environment.settle?.();
    }
  }
  const flag = Object.keys(fox.earns).indexOf('flag');
  expect(environment.takeEndings()[0]?.rewardTerms[flag]).toBe(1);
});

it('the level that the game loads is the one that is written in letters', () => {
  const read = (...names: string[]) => readFileSync(join(import.meta.dirname, ...names), 'utf8');
  expect(JSON.parse(read('assets', 'level.json'))).toEqual(
    JSON.parse(JSON.stringify(tiledLevel(read('level.txt')))),
  );
});

/** By their names, which a space of choices has. */
function choices(space: object): Readonly<Record<string, true>> {
  const { labels = [] } = space as { readonly labels?: readonly string[] };
  return Object.fromEntries(labels.map((label) => [label, true]));
}
