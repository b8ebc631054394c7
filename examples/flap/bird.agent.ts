import { defineAgent, each, gain, keys, when } from 'playtrain/phaser';
import type { FlapScene } from './flap';

export const bird = defineAgent<FlapScene>({
  name: 'flap',
  scene: 'FlapScene',
  sees: ({ bird: { x, y, body }, gate }) => ({
    y: y / 240 - 1,
    vy: body.velocity.y / 500,
    near: (gate.x - x) / 300,
    gap: (gate.middle - y) / 240,
  }),
  does: keys({ wait: [], flap: ['SPACE'] }),
  earns: { gate: gain((s) => s.score), alive: each(0.01), crash: when((s) => s.isDead, -1) },
  ends: (s) => s.isDead,
});
