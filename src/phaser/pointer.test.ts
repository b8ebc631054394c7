import './stand-ins';
import Phaser from 'phaser';
import { describe, expect, it } from 'vitest';
import { type Doing, keys, together } from './actions';
import { defineAgent } from './agent-definition';
import { each } from './earnings';
import { openLive } from './live-environment';
import { type PointerOptions, pointer } from './pointer';

/** Hears what a person's mouse would do. */
class Board extends Phaser.Scene {
  readonly heard: string[] = [];

  constructor() {
    super('Board');
  }

  create(): void {
    this.cameras.main.setScroll(1_000, 500).setZoom(2);
    const tell = (what: string) => (at: Phaser.Input.Pointer) => {
      const [x, y, worldX, worldY] = [at.x, at.y, at.worldX, at.worldY].map(Math.round);
      this.heard.push(`${what} ${x},${y} ${worldX},${worldY}`);
    };
    this.input.on('pointermove', tell('move'));
    this.input.on('pointerdown', tell('down'));
    this.input.on('pointerup', tell('up'));
    this.input.keyboard?.on('keydown-SPACE', () => this.heard.push('space'));
    for (const name of ['below', 'above']) {
      const shape = this.add.rectangle(1_100, 550, 40, 40).setName(name).setInteractive();
      shape.on('pointerdown', () => this.heard.push(name));
    }
  }
}

const config = { width: 200, height: 100 };

/** Takes a decision of one step for each action. @returns what the scene heard. */
async function heard(
  does: Doing<Board>,
  actions: readonly (readonly number[])[],
  board: typeof Board = Board,
): Promise<readonly string[]> {
  let scene: Board | null = null;
  const agent = defineAgent<Board>({
    name: 'painter',
    scene: 'Board',
    every: 1,
    sees: (seen) => {
      scene = seen;
      return { n: 1 };
    },
    does,
    earns: { alive: each(1) },
  });
  const { environment, close } = await openLive({ ...config, scene: board }, agent, { seed: 1 });
  for (const action of actions) {
    environment.applyActions(Float32Array.from(action));
    environment.tick();
  }
  expect(environment.takeFaults()).toEqual([]);
  close();
  return (scene as Board | null)?.heard ?? [];
}

describe('a pointer', () => {
  it('moves, presses and lets go as a mouse does, and knows where that is in a world that is scrolled', async () => {
    const actions = [
      [0.5, -0.6, 0],
      [0.5, -0.6, 1],
      [0.5, -0.6, 1],
      [-0.5, 0.6, 1],
      [-0.5, 0.6, 0],
    ];
    // The camera looks at (1100, 550), twice as large.
    expect(await heard(pointer(), actions)).toEqual([
      'move 150,20 1125,535',
      'down 150,20 1125,535',
      'move 50,80 1075,565',
      'up 50,80 1075,565',
    ]);
  });

  it('presses what lies on top of what is under it, by the button that is asked for', async () => {
    const does = pointer<Board>({ moves: [], buttons: ['right'] });
    expect(does.space).toEqual({ kind: 'discrete', count: 2, labels: ['up', 'right'] });
    expect(await heard(does, [[0], [1]])).toEqual(['move 100,50 1100,550', 'above', 'down 100,50 1100,550']);
  });

  it('moves over an area of the world, through whatever the camera does', async () => {
    class Turned extends Board {
      override create(): void {
        super.create();
        this.cameras.main.setRotation(0.7);
      }
    }
    const options: PointerOptions<Board> = {
      of: 'world',
      within: () => ({ x: 1_080, y: 540, width: 40, height: 20 }),
      buttons: [],
    };
    const does = pointer(options);
    expect(does.space).toMatchObject({ kind: 'continuous', names: ['x', 'y'] });
    const corners = [
      [-1, -1],
      [1, 0],
    ];
    for (const scene of [Board, Turned]) {
      const told = await heard(does, corners, scene);
      expect(told.map((line) => line.split(' ')[2])).toEqual(['1080,540', '1120,550']);
    }
  });

  it('goes together with keys, and is said by the names of its parts', async () => {
    const does = together<Board>({
      hand: pointer({ moves: ['x'] }),
      feet: keys({ stand: [], jump: ['SPACE'] }),
    });
    expect(does.space).toMatchObject({
      kind: 'product',
      parts: [{ name: 'hand place', names: ['x'] }, { name: 'hand button' }, { name: 'feet' }],
    });
    const action = new Float32Array(does.size);
    does.encode({ hand: { x: -0.5, button: 'left' }, feet: 'jump' }, action, 0);
    expect([...action]).toEqual([-0.5, 1, 1]);
    expect(await heard(does, [[...action]])).toEqual(['space', 'move 50,50 1075,550', 'down 50,50 1075,550']);
  });
});
