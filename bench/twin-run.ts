// First of all: in Node, Phaser needs them.
import '../src/phaser/stand-ins';
import { liveGames } from '../examples/live-games';
import { actionLayout, DecisionBatch, decisionShape } from '../src/contract';
import type { HandedAssets } from '../src/phaser/assets/assets';
import { sharedByCopies } from '../src/phaser/check-agent';
import { openLive } from '../src/phaser/live-environment';
import { rays } from '../src/phaser/sensors/rays';
import { SeededRandom } from '../src/random/seeded-random';

/** Of a game’s copies in one realm. */
export interface TwinSubject {
  /** As `examples/live-games.ts` names it. */
  readonly game: string;
  readonly copies: number;
  /** Of all copies together. */
  readonly steps: number;
  /** What the game loads, where the realm cannot read files. */
  readonly assets?: HandedAssets;
}

/** How often something else than the first choice is drawn. */
const seldom = 0.15;

/** Whether copies of a game may share a realm. */
export async function mayShareRealm(game: string): Promise<boolean> {
  const { config, definition } = await liveGames[game]!();
  // They look at one game.
  if (definition.scripted !== undefined) return false;
  return (await sharedByCopies(config, definition)) === null;
}

/** Steps a second of a game’s twin in this realm, all copies together: what is seen and paid included, actions drawn by lot. */
export async function sampleTwin({ game, copies, steps, assets }: TwinSubject): Promise<number> {
  const { config, definition } = await liveGames[game]!();
  const { environment, close } = await openLive(config, definition, {
    seed: 1,
    copies,
    ...(assets && { assets }),
  });
  const batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
  const { components } = actionLayout(environment.spec.actionSpace);
  const random = SeededRandom.fromSeed(1);
  const draw = () => {
    for (let i = 0; i < batch.actions.length; i++) {
      const component = components[i % components.length]!;
      if (component.kind === 'axis') {
        batch.actions[i] = component.low + (component.high - component.low) * random.uniform();
      } else {
        const isOther = random.uniform() < seldom;
        batch.actions[i] = isOther ? Math.floor(component.count * random.uniform()) : 0;
      }
    }
  };
  const play = async (count: number) => {
    for (let step = 0; step < count; step += definition.every * copies) {
      environment.takeDecision(batch);
      draw();
      environment.applyActions(batch.actions);
      for (let tick = 0; tick < definition.every; tick++) {
        environment.tick();
        await environment.settle?.();
      }
    }
  };
  try {
    // Until it is compiled.
    await play(steps / 4);
    const startMs = performance.now();
    await play(steps);
    return (1_000 * steps) / (performance.now() - startMs);
  } finally {
    close();
  }
}

/** Microseconds of one reading of `count` rays among `bodies` boxes, of which all are in reach. */
export function sampleRays(count: number, bodies: number): number {
  const random = SeededRandom.fromSeed(1);
  const boxes = Array.from({ length: bodies }, () => {
    const position = { x: 400 * random.uniform(), y: 400 * random.uniform() };
    return { active: true, body: { enable: true, isCircle: false, position, width: 12, height: 12 } };
  });
  const from = { x: 200, y: 200, rotation: 0.3 };
  const sensor = rays({
    from: () => from,
    count,
    lengthPx: 400,
    meet: { box: () => boxes as unknown as readonly Phaser.GameObjects.GameObject[] },
  });
  const into = new Float32Array(sensor.names.length);
  const read = (times: number) => {
    for (let time = 0; time < times; time++) sensor.read({}, into, 0, 0);
  };
  read(5_000);
  const times = 20_000;
  const startMs = performance.now();
  read(times);
  return (1_000 * (performance.now() - startMs)) / times;
}
