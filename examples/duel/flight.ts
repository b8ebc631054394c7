import { field, orbRules } from './rules';

const left = field.left + orbRules.radius;
const right = field.right - orbRules.radius;
const top = field.top + orbRules.radius;
const bottom = field.bottom - orbRules.radius;

interface Flying {
  readonly x: number;
  readonly y: number;
  readonly velocity: { readonly x: number; readonly y: number };
}

/** Where and when an orb that flies on as it does, rebounding, next comes to `x`; null where it never does. */
export function crossing({ x: from, y, velocity }: Flying, x: number): { ms: number; y: number } | null {
  const { x: vx, y: vy } = velocity;
  if (Math.abs(vx) < 1) return null;
  const isAhead = (x - from) * vx >= 0;
  const wall = vx > 0 ? right : left;
  const distance = isAhead ? Math.abs(x - from) : Math.abs(wall - from) + Math.abs(wall - x);
  const seconds = distance / Math.abs(vx);
  return { ms: 1_000 * seconds, y: folded(y + vy * seconds) };
}

/** A height as the walls above and below throw it back. */
export function folded(y: number): number {
  const span = bottom - top;
  const turns = (((y - top) % (2 * span)) + 2 * span) % (2 * span);
  return top + (turns > span ? 2 * span - turns : turns);
}
