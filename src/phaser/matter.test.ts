import './stand-ins';
import Phaser from 'phaser';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random';
import { Ambience } from './ambience';
import { GameStepper } from './game-stepper';
import { startHeadless } from './headless-game';
import { stepMs } from './step-length';

/** Passes that Matter is to take in a step of the game. */
const passesAStep = 4;
/** Longer than Matter lets a frame take: 33 ms. */
const slowMs = 40;

/** Balls that fall onto a floor. A pass of Matter takes as long as `isSlow` says, by the wall's clock. */
class Falling extends Phaser.Scene {
  passes = 0;
  isSlow = false;
  balls: MatterJS.BodyType[] = [];

  constructor() {
    super('Falling');
  }

  create(): void {
    this.matter.add.rectangle(100, 190, 200, 20, { isStatic: true });
    this.balls = Array.from({ length: 6 }, (_, i) =>
      this.matter.add.circle(40 + 20 * i, 20 + 7 * i, 9, { restitution: 0.8 }),
    );
    this.matter.world.on('beforeupdate', () => {
      this.passes += 1;
      const endNs = process.hrtime.bigint() + BigInt(slowMs * 1e6);
      while (this.isSlow && process.hrtime.bigint() < endNs);
    });
  }
}

const config: Phaser.Types.Core.GameConfig = {
  width: 200,
  height: 200,
  physics: { default: 'matter', matter: { runner: { fps: 60 * passesAStep } } },
  scene: Falling,
};

async function falling(): Promise<[Phaser.Game, Falling]> {
  const game = await startHeadless(config, 1);
  game.loop.stop();
  return [game, game.scene.getScene<Falling>('Falling')];
}

describe('a game with Matter, stepped by hand', () => {
  it('takes every pass that is due, however long they take', async () => {
    const [game, scene] = await falling();
    const stepper = new GameStepper(game, new Ambience(SeededRandom.fromSeed(1)));
    const passesOf = (steps: number) => {
      const before = scene.passes;
      for (let step = 0; step < steps; step++) stepper.step();
      return scene.passes - before;
    };
    // The first step has no time before it.
    passesOf(3);
    const due = passesOf(3);
    // Before 3.85 Matter takes one pass a step, whatever it is to take.
    expect([3, 3 * passesAStep]).toContain(due);
    scene.isSlow = true;
    expect(passesOf(3)).toBe(due);
  });

  it('leaves passes out without virtual time', async () => {
    const [game, scene] = await falling();
    for (let step = 1; step <= 3; step++) game.headlessStep(step * stepMs, stepMs);
    const before = scene.passes;
    scene.isSlow = true;
    for (let step = 4; step <= 6; step++) game.headlessStep(step * stepMs, stepMs);
    expect(scene.passes - before).toBeLessThan(3 * passesAStep);
  });

  it('comes to the same places, to the bit, in every game', async () => {
    const places = async () => {
      const [game, scene] = await falling();
      const stepper = new GameStepper(game, new Ambience(SeededRandom.fromSeed(1)));
      for (let step = 0; step < 300; step++) stepper.step();
      return scene.balls.flatMap(({ position, angle }) => [position.x, position.y, angle]);
    };
    const first = await places();
    expect(first[1]).toBeGreaterThan(100);
    expect(await places()).toEqual(first);
  });
});
