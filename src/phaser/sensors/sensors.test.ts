import '../stand-ins';
import type Phaser from 'phaser';
import { afterEach, describe, expect, it } from 'vitest';
import { heapGrowthPerCall } from '../../game/engine/heap-growth';
import { startHeadless } from '../headless-game';
import { body } from './body';
import { grid } from './grid';
import { nearest } from './nearest';
import { rays } from './rays';
import { relative } from './relative';
import type { Sensor } from './sensor';
import { stack } from './stack';

let game: Phaser.Game | null = null;
afterEach(() => {
  game?.destroy(true);
  game = null;
});

/** A scene of a headless game in which `create` put something. */
async function sceneWith(
  physics: NonNullable<Phaser.Types.Core.GameConfig['physics']>,
  create: (scene: Phaser.Scene) => void,
): Promise<Phaser.Scene> {
  const scene = { key: 'Room', create: (made: Phaser.Scene) => made };
  game = await startHeadless({ width: 400, height: 400, physics, scene }, 1);
  game.loop.stop();
  const room = game.scene.getScene('Room');
  create(room);
  game.headlessStep(16, 1000 / 60);
  return room;
}

const arcade = { default: 'arcade' } as const;

function readingOf<Scene>(sensor: Sensor<Scene>, scene: Scene): number[] {
  const into = new Float32Array(sensor.names.length + 2).fill(9);
  sensor.read(scene, into, 1, 0);
  // Nothing is written beside its own.
  expect([into[0], into.at(-1)]).toEqual([9, 9]);
  expect([sensor.low.length, sensor.high.length]).toEqual([sensor.names.length, sensor.names.length]);
  const reading = [...into.subarray(1, -1)];
  reading.forEach((value, index) => {
    expect(value).toBeGreaterThanOrEqual(sensor.low[index]!);
    expect(value).toBeLessThanOrEqual(sensor.high[index]!);
  });
  return reading;
}

function expectClose(reading: readonly number[], expected: readonly number[]): void {
  expect(reading.map((value) => value.toFixed(5))).toEqual(expected.map((value) => value.toFixed(5)));
}

describe('rays', () => {
  it('meet the first body on their way, be it a box, a circle or a tile, each in its own column', async () => {
    const placed: Record<string, Phaser.GameObjects.GameObject> = {};
    const scene = await sceneWith(arcade, ({ physics, add, make }) => {
      const box = (x: number, y: number) => {
        const made = add.rectangle(x, y, 20, 20);
        physics.add.existing(made, true);
        return made;
      };
      // Ahead, to the right: a ball whose edge is at 50, and a box behind it. Below: a box whose side is at 80.
      const ball = add.circle(270, 200, 20);
      physics.add.existing(ball, true);
      (ball.body as Phaser.Physics.Arcade.StaticBody).setCircle(20);
      Object.assign(placed, { ball, behind: box(340, 200), below: box(200, 290) });
      // To the left a tile from 100 to 120: its side is at 80. It alone collides.
      const data = Array.from({ length: 20 }, (_, row) =>
        Array.from({ length: 20 }, (_tile, column) =>
          row === 10 && column >= 4 && column <= 5 ? column : -1,
        ),
      );
      const layer = make.tilemap({ data, tileWidth: 20, tileHeight: 20 }).createLayer(0, [])!;
      layer.setCollision(5);
      placed['walls'] = layer;
    });
    const here = { x: 200, y: 205, rotation: 0 };
    const sensor = rays({
      from: () => here,
      count: 4,
      lengthPx: 100,
      meet: {
        thing: () => [placed['ball']!, placed['behind']!, placed['below']!],
        wall: () => placed['walls'] as Phaser.Tilemaps.TilemapLayer,
      },
    });
    expect(sensor.names.slice(0, 2)).toEqual(['1 thing', '1 wall']);
    // Around, from behind by the left: left, up, right, down. 5 px below the ball's middle it is met 20 − √375 later.
    const ballAt = 70 - Math.sqrt(400 - 25);
    const reading = readingOf(sensor, scene);
    expect(reading[1]).toBeCloseTo(1 - 80 / 100, 5);
    expect(reading.slice(2, 4)).toEqual([0, 0]);
    expect(reading[4]).toBeCloseTo(1 - ballAt / 100, 5);
    expect(reading[6]).toBeCloseTo(1 - 75 / 100, 5);
    // Turned by a quarter to the right, what was on the left is one ray later.
    here.rotation = Math.PI / 2;
    const turned = readingOf(sensor, scene);
    expect(turned[0]).toBe(0);
    expect(turned[4]).toBeCloseTo(1 - 75 / 100, 5);
    expect(turned[7]).toBeCloseTo(1 - 80 / 100, 5);
  });

  it('do not meet what they start from, what is switched off, nor what is gone', async () => {
    const things: Phaser.GameObjects.Rectangle[] = [];
    const scene = await sceneWith(arcade, ({ add, physics }) => {
      for (const x of [200, 250, 270, 290]) {
        const thing = add.rectangle(x, 200, 10, 10);
        physics.add.existing(thing);
        things.push(thing);
      }
      (things[1]!.body as Phaser.Physics.Arcade.Body).enable = false;
      things[2]!.setActive(false);
    });
    const sensor = rays({ from: () => things[0]!, count: 1, lengthPx: 100, meet: { thing: () => things } });
    expect(readingOf(sensor, scene)[0]).toBeCloseTo(1 - 85 / 100, 5);
  });

  it('meet the members of a group in a list, and refuse a layer of tiles in one', async () => {
    let list: (Phaser.GameObjects.GameObject | Phaser.GameObjects.Group)[] = [];
    let layer!: Phaser.Tilemaps.TilemapLayer;
    const scene = await sceneWith(arcade, ({ add, make }) => {
      list = [add.rectangle(290, 200, 10, 10), add.group([add.rectangle(250, 200, 10, 10)])];
      layer = make
        .tilemap({ data: [[0]], tileWidth: 20, tileHeight: 20 })
        .createLayer(0, [])! as Phaser.Tilemaps.TilemapLayer;
    });
    const from = { x: 200, y: 200 };
    const sensor = rays({ from: () => from, count: 1, lengthPx: 100, meet: { thing: () => list } });
    expect(readingOf(sensor, scene)[0]).toBeCloseTo(1 - 45 / 100, 5);
    list = [...list, layer];
    expect(() => readingOf(sensor, scene)).toThrow(/give it under a name of its own/);
  });

  it('meet groups, objects without a body, and Matter’s polygons', async () => {
    let group!: Phaser.GameObjects.Group;
    let hexagon!: Phaser.GameObjects.GameObject;
    const scene = await sceneWith(
      { default: 'matter', matter: { gravity: { x: 0, y: 0 } } },
      ({ add, matter }) => {
        group = add.group([add.rectangle(100, 200, 10, 10)]);
        hexagon = matter.add.gameObject(add.rectangle(280, 200, 40, 40), { shape: 'rectangle' });
      },
    );
    const from = { x: 200, y: 200 };
    const sensor = rays({
      from: () => from,
      count: 2,
      lengthPx: 100,
      meet: { plain: () => group, body: () => hexagon },
    });
    const [left, , , right] = readingOf(sensor, scene);
    expect(left).toBeCloseTo(1 - 95 / 100, 5);
    expect(right).toBeCloseTo(1 - 60 / 100, 5);
  });
});

describe('rays among Matter’s bodies', () => {
  const still = { default: 'matter', matter: { gravity: { x: 0, y: 0 } } } as const;
  const from = { x: 200, y: 200 };

  it('meet walls that nothing is drawn for, turned as they are', async () => {
    const walls: MatterJS.BodyType[] = [];
    await sceneWith(still, ({ matter }) => {
      const standing = { isStatic: true, angle: Math.PI / 4 };
      // Its long side crosses the ray to the right under 45°, 50 px away; the ray to the left meets nothing.
      walls.push(matter.add.rectangle(250 + 5 * Math.SQRT2, 200, 10, 200, standing));
    });
    const sensor = rays({ from: () => from, count: 2, lengthPx: 100, meet: { wall: () => walls } });
    expectClose(readingOf(sensor, {}), [0, 0.5]);
  });

  it('meet the parts of a body, not the hull around them', async () => {
    let hook!: MatterJS.BodyType;
    await sceneWith(still, ({ matter }) => {
      // An L whose inner corner is open to the ray: the hull would be met at 40 px or so.
      const parts = [matter.bodies.rectangle(280, 200, 20, 120), matter.bodies.rectangle(230, 250, 120, 20)];
      hook = matter.body.create({ parts, isStatic: true });
      matter.world.add(hook);
    });
    const sensor = rays({ from: () => from, count: 2, lengthPx: 100, meet: { wall: () => hook } });
    expectClose(readingOf(sensor, {}), [0, 1 - 70 / 100]);
  });
});

describe('the nearest', () => {
  it('come in order, with nothing in the place of those that are too few or too far', async () => {
    const things: Phaser.GameObjects.Rectangle[] = [];
    const scene = await sceneWith(arcade, ({ add }) => {
      for (const [x, y] of [
        [200, 280],
        [240, 200],
        [200, 390],
      ] as const) {
        things.push(add.rectangle(x, y, 10, 10));
      }
    });
    const from = { x: 200, y: 200 };
    const sensor = nearest({ from: () => from, of: () => things, count: 3, rangePx: 100 });
    const expected = [0.6, 0.4, 0, 0.2, 0, 0.8, 0, 0, 0];
    expectClose(readingOf(sensor, scene), expected);
  });
});

describe('what lies somewhere', () => {
  it('is seen from where the agent looks', () => {
    // 30 ahead and 40 to the right of one that looks down: it lies below and to the left.
    const sensor = relative({
      from: () => ({ x: 0, y: 0, rotation: Math.PI / 2 }),
      to: () => ({ x: -40, y: 30 }),
      rangePx: 100,
    });
    const expected = [0.5, 0.3, 0.4];
    expectClose(readingOf(sensor, {}), expected);
  });
});

describe('a body', () => {
  it('is seen in its world, and moves ahead or aside where it turns', () => {
    const moving = { x: 300, y: 100, rotation: Math.PI / 2, body: { velocity: { x: 0, y: 50 } } };
    const common = {
      of: () => moving,
      speed: 100,
      within: () => ({ x: 0, y: 0, width: 400, height: 400 }),
    };
    expect(readingOf(body(common), {})).toEqual([0.5, -0.5, 0, 0.5]);
    const expected = [0.5, -0.5, 0.5, 0, 0, 1];
    expectClose(readingOf(body({ ...common, turns: true }), {}), expected);
  });
});

describe('a grid', () => {
  it('is full where things are, ahead of the agent first', async () => {
    const things: Phaser.GameObjects.Rectangle[] = [];
    const scene = await sceneWith(arcade, ({ add }) => {
      // One cell ahead of one that looks up, and one to its right.
      things.push(add.rectangle(200, 160, 10, 10), add.rectangle(240, 200, 10, 10));
    });
    const around = { x: 200, y: 200, rotation: -Math.PI / 2 };
    const options = { around: () => around, columns: 3, rows: 3, cellPx: 40, hold: { thing: () => things } };
    expect(readingOf(grid(options), scene)).toEqual([0, 1, 0, 0, 0, 1, 0, 0, 0]);
  });
});

describe('a stack', () => {
  it('remembers what was said before in this episode, newest first', () => {
    let now = 1;
    const sensor: Sensor<object> = {
      names: ['n'],
      low: [0],
      high: [9],
      read: (_scene, into, offset) => {
        into[offset] = now;
      },
    };
    const three = stack(sensor, 3);
    expect(three.names).toEqual(['n', 'n, 1 before', 'n, 2 before']);
    expect(readingOf(three, {})).toEqual([1, 1, 1]);
    now = 2;
    expect(readingOf(three, {})).toEqual([2, 1, 1]);
    now = 3;
    expect(readingOf(three, {})).toEqual([3, 2, 1]);
    three.begin?.({}, 0);
    now = 4;
    expect(readingOf(three, {})).toEqual([4, 4, 4]);
  });
});

const boxedNumberBytes = 16;

it('sensors allocate nothing for what they sense', async () => {
  const things: Phaser.GameObjects.Rectangle[] = [];
  const scene = await sceneWith(arcade, ({ add, physics }) => {
    for (let i = 0; i < 50; i++) {
      const thing = add.rectangle(((37 * i) % 400) + 5, ((59 * i) % 400) + 5, 10, 10);
      physics.add.existing(thing, true);
      things.push(thing);
    }
  });
  const from = { x: 200, y: 200, rotation: 0.3 };
  const sensors: Sensor<Phaser.Scene>[] = [
    rays({ from: () => from, count: 16, lengthPx: 200, meet: { thing: () => things } }),
    nearest({ from: () => from, of: () => things, count: 4, rangePx: 200 }),
    grid({ around: () => from, columns: 5, rows: 5, cellPx: 30, hold: { thing: () => things } }),
  ];
  for (const sensor of sensors) {
    const into = new Float32Array(sensor.names.length);
    // Of 50 things. Where the compiler leaves a function by itself, the one number that it returns is boxed.
    expect(heapGrowthPerCall(() => sensor.read(scene, into, 0, 0))).toBeLessThanOrEqual(boxedNumberBytes);
  }
});
