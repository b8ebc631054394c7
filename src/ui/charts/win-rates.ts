import { type MetricPoint, opponentNames, winRateKey } from '../../contract';

const prefix = winRateKey('');
const pastKey = winRateKey(opponentNames.past);

/** The keys under which any of `points` holds a win rate: earlier policies first, the others by name. */
export function winRateKeys(points: readonly MetricPoint[]): string[] {
  const keys = new Set<string>();
  for (const { values } of points) {
    for (const key of Object.keys(values)) if (key.startsWith(prefix)) keys.add(key);
  }
  const rank = (key: string) => (key === pastKey ? 0 : 1);
  return [...keys].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en'));
}

/** Whom a win rate's key is about, as people call them; an id where no name is known. */
export function winRateLabel(key: string, names: ReadonlyMap<string, string>): string {
  if (key === pastKey) return 'Earlier policies';
  const opponent = key.slice(prefix.length);
  return names.get(opponent) ?? opponent;
}
