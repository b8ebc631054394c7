import type { RunId } from '../../contract';
import type { StorageProblem } from '../../storage/checked';
import { type LeftOutKind, leftOutTexts } from '../../texts/left-out';

/** What a problem's entry is to people; nothing where the page makes it anew by itself. */
const kindByStore: Readonly<Record<StorageProblem['store'], LeftOutKind | null>> = {
  runs: 'run',
  checkpoints: 'part',
  past: 'part',
  history: 'part',
  generations: 'part',
  left: 'part',
  standings: 'rating',
  replays: 'match',
  agents: 'agent',
  preferences: 'choice',
  timings: null,
  leases: null,
  takenOver: null,
  'earlier version': 'earlier',
};

/**
 * What could not be read, as people call it: such as “one run, parts of “Balance””. Null where there is nothing to tell.
 *
 * @param names of runs that can be read.
 */
export function leftOut(
  problems: readonly StorageProblem[],
  names: readonly { readonly id: RunId; readonly name: string }[] = [],
): string | null {
  const counts = new Map<LeftOutKind, number>();
  const partsOf = new Set<string>();
  for (const { store, key } of problems) {
    const kind = kindByStore[store];
    if (kind === null) continue;
    const run = kind === 'part' ? names.find(({ id }) => key.split('/').includes(id)) : undefined;
    if (run === undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    else partsOf.add(run.name);
  }
  if (counts.size === 0 && partsOf.size === 0) return null;
  return leftOutTexts.list(counts, [...partsOf]);
}
