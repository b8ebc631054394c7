import Phaser from 'phaser';
import { afterEach, expect, it } from 'vitest';
import { keys } from './actions';
import { defineAgent } from './agent-definition';
import { each } from './earnings';
import { SensorDrawing } from './sensor-drawing';
import { body } from './sensors/body';
import { grid } from './sensors/grid';
import { nearest } from './sensors/nearest';
import { rays } from './sensors/rays';
import { relative } from './sensors/relative';

/** Things around an explorer, under a camera that follows it. */
class Field extends Phaser.Scene {
  explorer!: Phaser.Types.Physics.Arcade.ImageWithDynamicBody;
  walls: Phaser.GameObjects.GameObject[] = [];
  coins: Phaser.GameObjects.GameObject[] = [];

  constructor() {
    super('Field');
  }

  create(): void {
    const place = (x: number, y: number, colour: number) => {
      const shape = this.add.rectangle(x, y, 50, 50, colour);
      this.physics.add.existing(shape, true);
      return shape;
    };
    this.walls = [place(1_120, 900, 0x59627a), place(1_020, 1_090, 0x59627a), place(880, 960, 0x59627a)];
    this.coins = [place(1_090, 1_060, 0x9aa84a), place(930, 1_100, 0x9aa84a)];
    this.explorer = this.physics.add.image(1_000, 1_000, '__WHITE').setDisplaySize(24, 24).setRotation(-0.6);
    this.explorer.setVelocity(60, -40).setTint(0xffffff);
    this.cameras.main.startFollow(this.explorer);
    this.cameras.add(300, 0, 100, 100).setZoom(0.2).startFollow(this.explorer);
  }
}

const from = (s: Field) => s.explorer;
const agent = defineAgent<Field>({
  name: 'explorer',
  scene: 'Field',
  sensors: {
    rays: rays({ from, count: 12, lengthPx: 160, meet: { wall: (s) => s.walls, coin: (s) => s.coins } }),
    grid: grid({ around: from, columns: 5, rows: 5, cellPx: 24, hold: { coin: (s) => s.coins } }),
    coins: nearest({ from, of: (s) => s.coins, count: 2, rangePx: 140 }),
    wall: relative({ from, to: (s) => s.walls[0] as Phaser.GameObjects.Rectangle, rangePx: 200 }),
    body: body({
      of: (s) => s.explorer,
      speed: 100,
      turns: true,
      within: () => ({ x: 850, y: 870, width: 300, height: 260 }),
    }),
  },
  does: keys({ wait: [] }),
  earns: { alive: each(1) },
});

let game: Phaser.Game | null = null;
afterEach(() => game?.destroy(true));

const drawn = () => new Promise<void>((resolve) => game!.events.once('postrender', () => resolve()));

/** What is seen now. */
async function picture(): Promise<string> {
  await drawn();
  return new Promise((resolve) =>
    game!.renderer.snapshot((image) => resolve((image as HTMLImageElement).src)),
  );
}

it('sensors are drawn in the world, also after the scene began anew, and leave nothing behind', async () => {
  game = new Phaser.Game({
    type: Phaser.CANVAS,
    width: 400,
    height: 400,
    backgroundColor: '#1c2230',
    physics: { default: 'arcade' },
    scene: Field,
    parent: document.body,
  });
  await new Promise<void>((resolve) => game!.events.once('ready', () => resolve()));
  await drawn();
  const scene = game.scene.getScene<Field>('Field');
  const pens = () => scene.children.list.filter(({ type }) => type === 'Graphics');
  scene.physics.pause();
  const plain = await picture();

  const drawing = new SensorDrawing(game, agent);
  expect(await picture()).not.toBe(plain);
  // What a snapshot shows is drawn in the world: where the camera follows to, it is seen.
  expect(pens()).toHaveLength(1);
  expect((pens()[0] as Phaser.GameObjects.Graphics).scrollFactorX).toBe(1);
  const inMinimap = scene.cameras.cameras.map(({ id }) => (pens()[0]!.cameraFilter & id) === 0);
  expect(inMinimap).toEqual([true, false]);

  scene.scene.restart();
  await drawn();
  await drawn();
  scene.physics.pause();
  await drawn();
  expect(pens()).toHaveLength(1);
  expect(await picture()).not.toBe(plain);

  drawing.end();
  expect(pens()).toHaveLength(0);
  await drawn();
  expect(scene.children.list).toHaveLength(6);
});
