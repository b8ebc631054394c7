import Phaser from 'phaser';
import { afterEach, expect, it } from 'vitest';
import { defineAgent } from './agent-definition';
import { each } from './earnings';
import { paced } from './paced';
import { pointer } from './pointer';
import { sceneRuns } from './scene-status';
import { SeenAgent } from './seen-agent';

/** Hears where the mouse is, on a page and in a world that is scrolled. */
class Board extends Phaser.Scene {
  readonly heard: string[] = [];

  constructor() {
    super('Board');
  }

  create(): void {
    this.cameras.main.setScroll(1_000, 500).setZoom(2);
    for (const what of ['pointermove', 'pointerdown', 'pointerup']) {
      this.input.on(what, ({ x, y, worldX, worldY }: Phaser.Input.Pointer) => {
        this.heard.push(`${what} ${[x, y, worldX, worldY].map(Math.round).join()}`);
      });
    }
  }
}

let end = () => {};
afterEach(() => end());

it('a pointer is in the game that is seen where it is in its twin, however large the page shows it', async () => {
  const parent = document.createElement('div');
  parent.style.cssText = 'position: absolute; left: 37px; top: 11px; width: 300px; height: 150px';
  document.body.append(parent);
  const scale = { mode: Phaser.Scale.FIT, width: 200, height: 100 };
  const game = new Phaser.Game({ type: Phaser.CANVAS, scale, scene: Board, parent });
  const agent = defineAgent<Board>({
    name: 'painter',
    scene: 'Board',
    every: 1,
    sees: () => ({ n: 1 }),
    does: pointer(),
    earns: { alive: each(1) },
  });
  await sceneRuns(game, 'Board');
  const seen: SeenAgent<Board> = new SeenAgent(game, agent, (question) => {
    question.actions.set([0.5, -0.6, 1]);
    seen.answered(question);
  });
  const leave = paced(game, seen);
  end = () => {
    leave();
    game.destroy(true);
    parent.remove();
  };
  const { heard } = game.scene.getScene<Board>('Board');
  await expect.poll(() => heard).toHaveLength(2);
  expect(heard).toEqual(['pointermove 150,20,1125,535', 'pointerdown 150,20,1125,535']);
  seen.setOn(false);
  expect(heard.at(-1)).toBe('pointerup 150,20,1125,535');
});
