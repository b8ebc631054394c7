import type { SceneSenses, SensePen } from 'playtrain/phaser';
import type { DuelScene } from './duel';
import { aims, horizonMs, orbsOf, threatTo } from './duel.agent';
import { crossing, folded } from './flight';
import type { Orb } from './orb';
import { middle, orbRules, type Seat } from './rules';
import type { Wizard } from './wizard';

/** A speed is drawn as far as it goes in so many seconds. */
const reachSeconds = 0.15;
/** Where numbers stand above and below a wizard. */
const asidePx = 34;
const lowerPx = 54;

/** Where in what is seen each part begins, in the order of `duel.agent.ts`. */
const at = {
  x: 0,
  canUse: 2,
  hands: 3,
  foe: 7,
  foeHands: 10,
  threat: 14,
  aims: 15,
  orbs: [18, 26],
  pace: 34,
};
const orbNumbers = 8;

/** What a duelist sees, as if it stood on the left: forward is towards the other. */
export const senses: SceneSenses<DuelScene> = {
  draw(pen, scene, who) {
    const own = scene.wizards[who as Seat];
    const foe = scene.wizards[(1 - who) as Seat];
    pen.dot([own.x, own.y], 'place');
    const ahead = Math.round(own.facing * (own.x - middle.x));
    pen.label(
      span(at.x, 2),
      [own.x, own.y - asidePx],
      `you ${ahead}, ${Math.round(own.y - middle.y)}`,
      'place',
    );
    drawHands(pen, own, [at.canUse, ...span(at.hands, 4)], own.isReady ? ['ready'] : []);
    drawFoe(pen, own, foe);
    drawAims(pen, own, foe);
    orbsOf(scene, own).forEach((orb, index) => {
      drawOrb(pen, scene, orb, own, at.orbs[index] ?? 0);
    });
    const threat = threatTo(scene, own);
    pen.label([at.threat], [own.x - own.facing * 2 * asidePx, own.y], `threat ${threat.toFixed(1)}`, 'other');
    const pace = 100 * (scene.throwSpeed / orbRules.speed - 1);
    pen.label([at.pace], [middle.x, middle.y], `pace +${pace.toFixed(0)} %`, 'change');
  },
};

/** So many numbers from the first on. */
function span(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

function drawFoe(pen: SensePen, own: Wizard, foe: Wizard): void {
  const speed = foe.body.velocity.y;
  pen.dot([foe.x, foe.y], 'place');
  pen.arrow([foe.x, foe.y], [foe.x, foe.y + reachSeconds * speed], 'change');
  const ahead = Math.round(own.facing * (foe.x - middle.x));
  const words = `foe ${ahead}, ${Math.round(foe.y - own.y)} · ${Math.round(speed)} px/s`;
  pen.label(span(at.foe, 3), [foe.x, foe.y - asidePx], words, 'place');
  drawHands(pen, foe, span(at.foeHands, 4), []);
}

/** What it holds and how long that lasts, its ward, and how long it rests after one. */
function drawHands(
  pen: SensePen,
  wizard: Wizard,
  components: readonly number[],
  first: readonly string[],
): void {
  const { held, wardMs, restMs } = wizard;
  const [orb] = held;
  const words = [
    ...first,
    `orbs ${held.length}`,
    ...(orb === undefined ? [] : [`fuse ${seconds(orb.ageMs)}`]),
    ...(wardMs > 0 ? [`ward ${seconds(wardMs)}`] : []),
    ...(restMs > 0 ? [`rest ${seconds(restMs)}`] : []),
  ];
  pen.label(components, [wizard.x, wizard.y + lowerPx], words.join(' · '), 'other');
}

/** Where throws up, straight and down would come to the other, and how well they would meet it. */
function drawAims(pen: SensePen, own: Wizard, foe: Wizard): void {
  for (const slant of [-1, 0, 1]) {
    const y = own.y + slant * Math.abs(foe.x - own.x) * Math.tan(orbRules.slant);
    const isStraight = folded(y) === y;
    if (isStraight) pen.line([own.x, own.y], [foe.x, y], 'other');
    pen.dot([foe.x, folded(y)], 'other');
  }
  const words = aims(own, foe).map((share) => share.toFixed(1));
  pen.label(span(at.aims, 3), [foe.x, foe.y + lowerPx + asidePx], `aims ${words.join(' ')}`, 'other');
}

/** Where an orb is and flies to, whether it is to be feared, and where and when it comes past. */
function drawOrb(pen: SensePen, scene: DuelScene, orb: Orb, own: Wizard, first: number): void {
  const { x, y, velocity, isHeld } = orb;
  const isFeared = scene.isFeared(orb, own.seat);
  pen.dot([x, y], 'place');
  const words = [isHeld ? 'held' : isFeared ? 'feared' : 'free'];
  if (!isHeld) {
    pen.arrow([x, y], [x + reachSeconds * velocity.x, y + reachSeconds * velocity.y], 'change');
    const coming = crossing(orb, own.x);
    if (coming !== null && coming.ms < horizonMs) {
      pen.dot([own.x, coming.y], 'other');
      words.push(`past in ${seconds(coming.ms)}`);
    }
  }
  pen.label(span(first, orbNumbers), [x, y - asidePx], words.join(' · '), 'place');
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
