import './stand-ins';
import Phaser from 'phaser';
import { expect, it } from 'vitest';
import { DecisionBatch, decisionShape, interruptions } from '../contract';
import { keys } from './actions';
import { defineAgent } from './agent-definition';
import { each } from './earnings';
import { openLive } from './live-environment';

/** A walk by lot that ends at its step `last`. */
class Walk extends Phaser.Scene {
  steps = 0;
  x = 0;

  constructor() {
    super('Walk');
  }

  create(): void {
    this.steps = 0;
    this.x = 0;
  }

  override update(): void {
    this.steps += 1;
    this.x += (Math.random() + Phaser.Math.RND.frac()) / 2 - 0.5;
    if (this.x > 1.5) throw new Error('too far');
  }
}

const config = { width: 100, height: 100, scene: Walk };
const walker = defineAgent<Walk>({
  name: 'walker',
  scene: 'Walk',
  every: 2,
  sees: ({ x, steps }) => ({ x, steps }),
  does: keys({ wait: [], right: ['RIGHT'] }),
  earns: { alive: each(1) },
  ends: ({ x }) => x < -0.8,
});

/** What each arena came to in 40 decisions. */
async function walked(origin: { readonly copies?: number; readonly arena?: number }) {
  const { environment, close } = await openLive(config, walker, { seed: 3, ...origin });
  const batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
  const arenas: number[][] = Array.from({ length: environment.arenas }, () => []);
  environment.takeDecision(batch);
  for (let decision = 0; decision < 40; decision++) {
    environment.applyActions(batch.actions);
    for (let step = 0; step < 2; step++) environment.tick();
    environment.takeDecision(batch);
    arenas.forEach((arena, i) => {
      arena.push(
        ...batch.observations.subarray(2 * i, 2 * i + 2),
        batch.terminated[i]!,
        batch.interrupted[i]!,
      );
    });
  }
  close();
  return { arenas, faults: environment.takeFaults() };
}

it('copies of a game in one realm each come to what they come to alone, faults and all', async () => {
  const { arenas, faults } = await walked({ copies: 4 });
  const alone: Awaited<ReturnType<typeof walked>>[] = [];
  for (let arena = 0; arena < 4; arena++) alone.push(await walked({ arena }));
  expect(arenas).toEqual(alone.map(({ arenas: [only] }) => only));
  expect(new Set(arenas.map((arena) => arena.join())).size).toBe(4);
  // Some of them went wrong, and each of those alone.
  expect(faults.length).toBeGreaterThan(0);
  const perArena = [0, 1, 2, 3].map((arena) => faults.filter((fault) => fault.arena === arena).length);
  expect(perArena).toEqual(alone.map((one) => one.faults.length));
  expect(arenas.flat()).toContain(interruptions.fault);
});

it('copies are refused whose scripted players look at one game', async () => {
  const duel = defineAgent<Walk>({ ...walker, seats: 2, scripted: { still: () => ({}) } });
  await expect(openLive(config, duel, { seed: 1, copies: 2 })).rejects.toThrow(
    /no 2 copies.*several collectors/,
  );
});
