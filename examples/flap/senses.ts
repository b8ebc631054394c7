import type { SceneSenses } from 'playtrain/phaser';
import type { FlapScene } from './flap';

/** A speed is drawn as far as it goes in so many seconds. */
const reachSeconds = 0.15;
const middleY = 240;
/** Where numbers stand beside the bird and the gate. */
const asidePx = 48;

/** What the bird of `bird.agent.ts` sees, in its order: height, speed, how near the gate is, and how far its gap. */
export const senses: SceneSenses<FlapScene> = {
  draw(pen, { bird: { x, y, body }, gate }) {
    const speed = body.velocity.y;
    pen.line([x, middleY], [x, y], 'place');
    pen.dot([x, middleY], 'place');
    pen.label([0], [x - asidePx, (y + middleY) / 2], `y ${rounded(y - middleY)}`, 'place');
    pen.arrow([x, y], [x, y + reachSeconds * speed], 'change');
    pen.label([1], [x, y + Math.sign(speed) * asidePx], `${rounded(speed)} px/s`, 'change');
    pen.line([x, y], [gate.x, y], 'other');
    pen.label([2], [(x + gate.x) / 2, y], `near ${rounded(gate.x - x)}`, 'other');
    pen.line([gate.x, y], [gate.x, gate.middle], 'other');
    pen.dot([gate.x, gate.middle], 'other');
    pen.label([3], [gate.x, (y + gate.middle) / 2], `gap ${rounded(gate.middle - y)}`, 'other');
  },
};

/** In whole pixels. */
function rounded(px: number): string {
  return String(Math.round(px));
}
