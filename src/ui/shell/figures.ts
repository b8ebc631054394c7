import type { PageState, Phase } from './page-state';

/** What learning changes by itself, several times a second. */
const figureKeys: ReadonlySet<keyof PageState> = new Set([
  'status',
  'best',
  'keeping',
  'kept',
  'runs',
  'promise',
]);
/** Phases that take turns all the while. */
const passingPhases: ReadonlySet<Phase> = new Set(['collecting', 'updating']);

/** Whether nothing else differs than figures, which can wait for the next redraw. */
export function onlyFiguresDiffer(before: PageState, after: PageState): boolean {
  const keys = Object.keys(after) as (keyof PageState)[];
  if (keys.some((key) => !figureKeys.has(key) && before[key] !== after[key])) return false;
  if (before.status.backend !== after.status.backend) return false;
  const isPassing = ({ status }: PageState) => passingPhases.has(status.phase);
  return before.status.phase === after.status.phase || (isPassing(before) && isPassing(after));
}
