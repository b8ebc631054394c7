import { defineAgent, each, gain, keys, when } from '../../src/phaser';
import type { FlapScene } from './flap';

export const bird = defineAgent<FlapScene>({
  name: 'bird',
  scene: 'FlapScene',
  sees: ({ bird: { x, y, body }, gates }) => {
    const ahead = gates.getChildren().find((gate) => gate.getData('counts') === true) as
      | Phaser.Physics.Arcade.Sprite
      | undefined;
    const middle: number = ahead?.getData('middle') ?? 240;
    return {
      y: y / 240 - 1,
      vy: body.velocity.y / 500,
      near: ((ahead?.x ?? 400) - x) / 300,
      gap: (middle - y) / 240,
    };
  },
  does: keys({ wait: [], flap: ['SPACE'] }),
  earns: { gate: gain((s) => s.score), alive: each(0.01), crash: when((s) => s.isDead, -1) },
  ends: (s) => s.isDead,
});
