import Phaser from 'phaser';
import { afterEach, describe, expect, it } from 'vitest';
import { controllers } from '../contract';
import { type AgentDefinition, defineAgent } from './agent-definition';
import { Contest, contest } from './testing/contest';
import { VisibleGame } from './visible-game';

let game: Phaser.Game | null = null;
let visible: VisibleGame | null = null;
afterEach(() => {
  visible?.close();
  game?.destroy(true);
});

async function opened(): Promise<{ scene: Contest; seen: VisibleGame }> {
  Contest.goal = 1_000_000;
  game = new Phaser.Game({ type: Phaser.CANVAS, width: 8, height: 8, scene: Contest, banner: false });
  const definition = defineAgent(contest) as unknown as AgentDefinition<Phaser.Scene>;
  const seen = await VisibleGame.of(game, definition, null);
  visible = seen;
  return { scene: game.scene.getScene<Contest>('Contest'), seen };
}

/** A person’s key, as the browser tells of it. */
function press(type: 'keydown' | 'keyup', key: 'A' | 'L'): void {
  const keyCode = Phaser.Input.Keyboard.KeyCodes[key];
  window.dispatchEvent(new KeyboardEvent(type, { key, keyCode, bubbles: true }));
}

/** Steps until the game has taken so many more. */
async function stepsOf(seen: VisibleGame, count: number): Promise<void> {
  const { steps } = seen.gate;
  await expect.poll(() => seen.gate.steps).toBeGreaterThan(steps + count);
}

describe('a person in a game for two', () => {
  it('plays with the keys of their own seat, and neither presses nor lets go of the other’s', async () => {
    const { scene, seen } = await opened();
    seen.seat(() => {});
    seen.setRival(({ actions }) => actions.fill(1));
    seen.setPlayer(controllers.person);
    seen.gate.isRunning = true;
    press('keydown', 'A');
    await stepsOf(seen, 10);
    expect(scene.pressed[0]).toBeGreaterThan(3);
    // Once the rival holds its key it goes on to, whatever the person does.
    await expect.poll(() => scene.pressed[1]).toBeGreaterThan(0);
    press('keyup', 'L');
    const [, before] = scene.pressed;
    const { steps } = seen.gate;
    await stepsOf(seen, 10);
    expect(scene.pressed[1]! - before!).toBe(seen.gate.steps - steps);

    seen.setRival(({ actions }) => actions.fill(0));
    press('keyup', 'A');
    await stepsOf(seen, 10);
    press('keydown', 'L');
    const rested = [...scene.pressed];
    await stepsOf(seen, 10);
    expect(scene.pressed).toEqual(rested);
  });

  it('has no keys at all while the agent plays', async () => {
    const { scene, seen } = await opened();
    seen.gate.isRunning = true;
    press('keydown', 'A');
    press('keydown', 'L');
    await stepsOf(seen, 10);
    expect(scene.pressed).toEqual([0, 0]);
  });
});

describe('a game that no agent is seen in any more', () => {
  it('has its own keys again, heard once, whoever played it before', async () => {
    const { scene, seen } = await opened();
    const heard: string[] = [];
    scene.input.keyboard!.on('keydown', ({ key }: KeyboardEvent) => heard.push(key));
    seen.setPlayer(controllers.person);
    seen.close();
    visible = null;
    press('keydown', 'A');
    press('keydown', 'L');
    await expect.poll(() => heard).toEqual(['A', 'L']);
  });

  it('can be let go of, too, once it is destroyed', async () => {
    const { seen } = await opened();
    seen.seat(() => {});
    seen.setPlayer(controllers.person);
    seen.gate.isRunning = true;
    await stepsOf(seen, 3);
    game!.destroy(true);
    await new Promise((resolve) => game!.events.once('destroy', resolve));
    game = null;
    seen.close();
    visible = null;
  });
});
