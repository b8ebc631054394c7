import Phaser from 'phaser';
import type { Bout } from './bout';
import { crossing, folded } from './flight';
import { field, middle, orbRules, type Seat, wizardRules } from './rules';
import type { Wizard } from './wizard';

/** What a scripted player does, by the names of the agent's actions. */
export interface Move {
  readonly [part: string]: string;
  readonly along: 'stay' | 'forward' | 'back';
  readonly across: 'stay' | 'up' | 'down';
  readonly hand: 'wait' | 'use';
}

/** How well a scripted player plays. */
interface Skill {
  /** For how long an orb must have flown until it is noticed, and from how early on it is seen coming. */
  readonly reactionMs: number;
  readonly sightMs: number;
  /** How often, when it should do something, it does. */
  readonly attention: number;
  /** Of orbs that it sees coming, which it tries to catch. */
  readonly catches: number;
  /** How often, when it could throw well, it does so at a decision. */
  readonly throws: number;
  /** How often a throw waits for no good moment. */
  readonly haste: number;
}

/** A throw counts as good when it comes so near. */
const nearPx = 30;
/** A ward is held up when an orb is so near in time. */
const wardLeadMs = 170;
/** To be dodged is what comes nearer than this. */
const berthPx = wizardRules.radius + orbRules.radius + 8;
/** And nobody strolls into the way of what comes nearer than this. */
const waryPx = 2 * berthPx;

/** Strolls, throws when it feels like it, and seldom looks up. */
export const easy = player({
  reactionMs: 450,
  sightMs: 400,
  attention: 0.4,
  catches: 0.2,
  throws: 0.2,
  haste: 0.05,
});
/** Dodges most of what it sees, and throws where the other stands. */
export const middling = player({
  reactionMs: 330,
  sightMs: 550,
  attention: 0.7,
  catches: 0.35,
  throws: 0.4,
  haste: 0.05,
});
/** Sees everything coming, catches what it can, and aims by way of the walls. */
export const hard = player({
  reactionMs: 200,
  sightMs: 900,
  attention: 0.92,
  catches: 0.8,
  throws: 0.8,
  haste: 0,
});

/** Remembers nothing: whatever looks like a plan is drawn by lot, or hangs on the time. */
function player(skill: Skill): (scene: Bout, who: number) => Move {
  return (scene, who) => {
    const own = scene.wizards[who as Seat];
    const foe = scene.wizards[(1 - who) as Seat];
    const isAwake = Math.random() < skill.attention;
    const threat = isAwake ? threatTo(scene, own, skill) : null;
    if (threat !== null && Math.abs(threat.below) <= berthPx) return answer(own, threat, skill);
    const slant = own.held.length > 0 && own.isReady ? slantFor(own, foe, skill) : null;
    if (slant !== null) return { along: 'stay', across: across(slant), hand: 'use' };
    if (threat !== null) return { along: 'stay', across: 'stay', hand: 'wait' };
    return stroll(scene, own, isAwake);
  };
}

interface Threat {
  readonly ms: number;
  /** How far below its middle. */
  readonly below: number;
}

/** What comes past it first, so near that it must not stroll into its way. */
function threatTo(scene: Bout, own: Wizard, { reactionMs, sightMs }: Skill): Threat | null {
  let first: Threat | null = null;
  for (const orb of scene.orbs) {
    if (!scene.isFeared(orb, own.seat) || orb.ageMs < reactionMs) continue;
    const coming = crossing(orb, own.x);
    if (coming === null || coming.ms > sightMs) continue;
    const below = coming.y - own.y;
    if (Math.abs(below) > waryPx || (first !== null && first.ms < coming.ms)) continue;
    first = { ms: coming.ms, below };
  }
  return first;
}

function answer(own: Wizard, { ms, below }: Threat, { catches }: Skill): Move {
  const wantsIt = own.held.length === 0 && own.isReady && Math.random() < catches;
  if (wantsIt && ms < wardLeadMs) return { along: 'stay', across: 'stay', hand: 'use' };
  const isAtWall = below > 0 ? own.y < field.top + berthPx : own.y > field.bottom - berthPx;
  const isUp = below > 0 !== isAtWall;
  return { along: 'stay', across: isUp ? 'up' : 'down', hand: 'wait' };
}

/** The throw that comes nearest to where the other stands, if it is worth it; null to wait. */
function slantFor(own: Wizard, foe: Wizard, { throws, haste }: Skill): number | null {
  if (Math.random() < haste) return Phaser.Math.Between(-1, 1);
  if (Math.random() > throws) return null;
  const away = Math.abs(foe.x - own.x);
  const misses = [0, -1, 1].map((slant) => {
    const y = folded(own.y + slant * away * Math.tan(orbRules.slant));
    return { slant, by: Math.abs(y - foe.y) };
  });
  const best = misses.reduce((a, b) => (b.by < a.by ? b : a));
  return best.by < nearPx ? best.slant : null;
}

/** Goes for an orb of its own that comes back, or up and down. */
function stroll(scene: Bout, own: Wizard, isAwake: boolean): Move {
  const back = scene.orbs.find((orb) => !orb.isHeld && !scene.isFeared(orb, own.seat));
  if (back?.owner === null && isAwake && own.facing * (middle.x - back.x) > 0) {
    // Tame, and on this side: to be fetched.
    const [ahead, below] = [own.facing * (back.x - own.x), back.y - own.y];
    return { along: along(ahead), across: across(Math.abs(below) < 8 ? 0 : below), hand: 'wait' };
  }
  const coming = back === undefined || !isAwake ? null : crossing(back, own.x);
  const swing = Math.sin(scene.time.now / 640 + 2 * own.seat) * 110;
  const wantedY = coming !== null && coming.ms < 1_500 ? coming.y : middle.y + swing;
  const home = own.seat === 0 ? field.left + 120 : field.right - 120;
  const ahead = own.facing * (home - own.x);
  return {
    along: along(ahead),
    across: across(Math.abs(wantedY - own.y) < 10 ? 0 : wantedY - own.y),
    hand: 'wait',
  };
}

function along(ahead: number): Move['along'] {
  return Math.abs(ahead) < 20 ? 'stay' : ahead > 0 ? 'forward' : 'back';
}

function across(way: number): Move['across'] {
  return way === 0 ? 'stay' : way > 0 ? 'down' : 'up';
}
