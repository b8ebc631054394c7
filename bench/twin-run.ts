// First of all: in Node, Phaser needs them.
import '../src/phaser/stand-ins';
import { bird } from '../examples/flap/bird.agent';
import { flapConfig } from '../examples/flap/flap';
import { DecisionBatch, decisionShape } from '../src/contract';
import { rays } from '../src/phaser/sensors/rays';
import { liveEnvironment } from '../src/phaser/twin';
import { SeededRandom } from '../src/random/seeded-random';

/** Games that run as twins, with an agent. */
const games = { flap: { config: flapConfig, agent: bird } } as const;
export type TwinGame = keyof typeof games;
export const twinGames = Object.keys(games) as readonly TwinGame[];

/** Steps a second of a game's twin in this realm, alone: what is seen and paid included, actions drawn by lot. */
export async function sampleTwin(game: TwinGame, steps: number): Promise<number> {
  const { config, agent } = games[game];
  const environment = await liveEnvironment(config, agent, { seed: 1 });
  const batch = new DecisionBatch(decisionShape(environment.spec, 1));
  const random = SeededRandom.fromSeed(1);
  const play = (count: number) => {
    for (let step = 0; step < count; step += agent.every) {
      environment.takeDecision(batch);
      batch.actions[0] = random.uniform() < 0.15 ? 1 : 0;
      environment.applyActions(batch.actions);
      for (let tick = 0; tick < agent.every; tick++) environment.tick();
    }
  };
  // Until it is compiled.
  play(steps / 4);
  const startMs = performance.now();
  play(steps);
  return (1_000 * steps) / (performance.now() - startMs);
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
