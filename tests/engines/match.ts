import { volley } from '../../src/game/volley/simulation';
import { type MatchRecord, unpackBytes } from '../../src/match/record';
import { expect } from '../testing/expect';
import { elements } from './elements';
import type { Wanted } from './find';
import type { Visit } from './visit';

/** For how much of a rally one key or button is held, at least: a slow browser draws once in so long. */
const rallyTicks = 40;
/** Of a pause after a point, in which nothing is recorded; it may begin as the key goes down. */
const pauseTicks = 60;

/** Begins a match of the visitor against whoever is preselected, and waits for the ball. */
export async function startMatch(page: Visit): Promise<void> {
  await page.click(elements.tabs.play);
  await page.click(elements.startMatch);
  await expect.poll(async () => (await page.state()).play?.court?.view.phase).toBe('rally');
}

export async function goAt(page: Visit, choice: Wanted, speed: '16' | 'max'): Promise<void> {
  await page.click(choice);
  await expect.poll(async () => (await page.state()).play?.court?.speed).toBe(speed);
}

export interface Hold {
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
}

/**
 * Holds one thing after the other for a moment; then, faster, the first of them, and nothing else, until somebody has
 * won: towards the net it lets most balls pass.
 */
export async function playBlindly(page: Visit, holds: readonly [Hold, ...Hold[]]): Promise<void> {
  for (const hold of holds) await holdFor(page, hold);
  await goAt(page, elements.matchSpeed16, '16');
  await holds[0].down();
  await untilOver(page);
  await holds[0].up();
}

async function holdFor(page: Visit, { down, up }: Hold): Promise<void> {
  await down();
  const { ticks } = await page.court();
  await expect.poll(async () => (await page.court()).ticks).toBeGreaterThan(ticks + pauseTicks + rallyTicks);
  await up();
}

export async function untilOver(page: Visit): Promise<void> {
  await expect.poll(async () => (await page.court()).phase, { timeout: 60_000 }).toBe('over');
}

export async function leaveCourt(page: Visit): Promise<void> {
  await page.click(elements.leaveCourt);
  await expect.poll(async () => (await page.state()).play?.court).toBeNull();
}

/** What the left player did in any of a match's ticks. */
export function deedsOfLeft(record: MatchRecord): ReadonlySet<'left' | 'right' | 'jump'> {
  const { actionSpace } = volley;
  if (actionSpace.kind !== 'multiDiscrete') throw new Error('Volley’s players choose by numbers.');
  const jumps = actionSpace.counts[1] ?? 1;
  const codes = unpackBytes(record.actions).filter((_, i) => i % 2 === 0);
  const deeds = new Set<'left' | 'right' | 'jump'>();
  for (const code of codes) {
    const direction = Math.floor(code / jumps);
    if (direction === 0) deeds.add('left');
    if (direction === 2) deeds.add('right');
    if (code % jumps === 1) deeds.add('jump');
  }
  return deeds;
}
