import { defineAgent, each, gain, keys, together } from 'playtrain/phaser';
import type { DuelScene } from './duel';
import { crossing, folded } from './flight';
import type { Orb } from './orb';
import { field, middle, orbRules, type Seat, wizardRules } from './rules';
import { easy, hard, middling } from './scripted';
import type { Wizard } from './wizard';

const halfWidth = (field.right - field.left) / 2;
const halfHeight = (field.bottom - field.top) / 2;
/** What comes later is not seen coming. */
export const horizonMs = 1_200;
const perilMs = 800;
/** What comes past farther away is no threat. */
const berthPx = 60;

/** Both see the stage as if they stood on the left. */
export const duelist = defineAgent<DuelScene>({
  name: 'duel',
  scene: 'DuelScene',
  every: 6,
  seats: 2,
  limit: 1_500,
  sees: (scene, who) => {
    const own = scene.wizards[who as Seat];
    const foe = scene.wizards[(1 - who) as Seat];
    const orbs = orbsOf(scene, own);
    return {
      x: (own.facing * (own.x - middle.x)) / halfWidth,
      y: (own.y - middle.y) / halfHeight,
      'can use': own.isReady,
      ...handsOf(own, 'own'),
      'foe x': (own.facing * (foe.x - middle.x)) / halfWidth,
      'foe y': (foe.y - own.y) / halfHeight,
      'foe vy': foe.body.velocity.y / wizardRules.speed,
      ...handsOf(foe, 'foe'),
      threat: threatTo(scene, own),
      aims: aims(own, foe),
      'first orb': seenOrb(scene, orbs[0]!, own),
      'second orb': seenOrb(scene, orbs[1]!, own),
      pace: scene.throwSpeed / orbRules.speed - 1,
    };
  },
  does: together({
    along: keys([
      { stay: [], forward: ['D'], back: ['A'] },
      { stay: [], forward: ['LEFT'], back: ['RIGHT'] },
    ]),
    across: keys([
      { stay: [], up: ['W'], down: ['S'] },
      { stay: [], up: ['UP'], down: ['DOWN'] },
    ]),
    hand: keys([
      { wait: [], use: ['SPACE'] },
      { wait: [], use: ['ENTER'] },
    ]),
  }),
  earns: {
    hit: gain(({ score }, who) => score[who as Seat] - score[(1 - who) as Seat]),
    caught: gain(({ caught }, who) => caught[who as Seat], 0.1),
    danger: each((scene, who) => 0.15 * (perilOf(scene, 1 - who) - perilOf(scene, who))),
  },
  wins: 'hit',
  ends: ({ phase }) => phase === 'hit',
  scripted: { easy, middle: middling, hard },
});

function handsOf(wizard: Wizard, whose: string): Record<string, number> {
  return {
    [`${whose} orbs`]: wizard.held.length / 2,
    [`${whose} fuse`]: (wizard.held[0]?.ageMs ?? 0) / wizardRules.fuseMs,
    [`${whose} ward`]: Math.max(0, wizard.wardMs / wizardRules.wardMs),
    [`${whose} rest`]: wizard.restMs / wizardRules.restMs,
  };
}

/** Where an orb is and flies to, whom it obeys, and where and how soon it will come past. */
function seenOrb(scene: DuelScene, orb: Orb, own: Wizard): number[] {
  const { x, y, velocity, isHeld } = orb;
  const coming = isHeld ? null : crossing(orb, own.x);
  const isSoon = coming !== null && coming.ms < horizonMs;
  return [
    (own.facing * (x - own.x)) / halfWidth,
    (y - own.y) / halfHeight,
    isHeld ? 0 : (own.facing * velocity.x) / orbRules.speed,
    isHeld ? 0 : velocity.y / orbRules.speed,
    Number(scene.isFeared(orb, own.seat)),
    Number(!isHeld && !scene.isFeared(orb, own.seat)),
    isSoon ? 1 - coming.ms / horizonMs : 0,
    isSoon ? (coming.y - own.y) / halfHeight : 0,
  ];
}

/** The worst of the other's orbs: how soon it comes past and how near, 1 now and here, negative where it passes above. */
export function threatTo(scene: DuelScene, own: Wizard): number {
  let worst = 0;
  for (const orb of scene.orbs) {
    if (!scene.isFeared(orb, own.seat)) continue;
    const coming = crossing(orb, own.x);
    if (coming === null || coming.ms > perilMs) continue;
    const below = coming.y - own.y;
    const threat = (1 - coming.ms / perilMs) * Math.max(0, 1 - Math.abs(below) / berthPx);
    if (threat > Math.abs(worst)) worst = below < 0 ? -threat : threat;
  }
  return worst;
}

/** How well throws that are aimed up, straight and down would meet the other where it stands. */
export function aims(own: Wizard, foe: Wizard): number[] {
  return [-1, 0, 1].map((slant) => {
    const y = folded(own.y + slant * Math.abs(foe.x - own.x) * Math.tan(orbRules.slant));
    return Math.max(0, 1 - Math.abs(y - foe.y) / berthPx);
  });
}

/** How soon and how surely one of the other's orbs will hit, if nobody moves. */
function perilOf(scene: DuelScene, seat: number): number {
  const own = scene.wizards[seat as Seat];
  return own.isWarding ? 0 : Math.abs(threatTo(scene, own));
}

/** The most dangerous first. */
export function orbsOf(scene: DuelScene, own: Wizard): readonly Orb[] {
  return scene.orbs.toSorted((a, b) => dangerOf(scene, b, own) - dangerOf(scene, a, own));
}

/** The sooner one may hit, the more. */
function dangerOf(scene: DuelScene, orb: Orb, own: Wizard): number {
  if (!scene.isFeared(orb, own.seat)) return orb.isHeld ? -1 : 0;
  return 1 / (1 + (crossing(orb, own.x)?.ms ?? Infinity));
}
