import { decodeTrainingState } from '../../agent/checkpoint';
import type { PageStorage } from '../../storage/page-storage';
import { type Beginning, freshRun, keptRun } from './beginning';
import type { Going } from './initial-view';
import type { RunSession } from './run-session';

/** A run that is off the page for a while, and how it comes back. */
export interface WaitingRun {
  readonly name: string;
  readonly going: Going;
  readonly focusedArena: number;
  /** Whether what it has learned is in memory alone. */
  readonly wouldBeLost: boolean;
  /** As it was. @throws as `keptRun`. */
  readonly begin: () => Promise<Beginning>;
}

/** Takes down what it needs to put a session's run in front again: from what is kept of it, or else from memory. */
export async function putAside(
  { run, view, agent, going }: Pick<RunSession, 'run' | 'view' | 'agent' | 'going'>,
  storage: Pick<PageStorage, 'runs' | 'holdRun'>,
): Promise<WaitingRun> {
  const { entry, id, name, keeper, best, history, origin, newest } = run;
  const { focusedArena, hyperparameters } = view;
  const isKept = keeper.keeping.kind === 'kept';
  // Where nothing was learned yet, it begins again from nothing.
  const checkpoint = isKept || newest === null ? null : await agent.checkpoint();
  const atHand = {
    ...freshRun(entry, hyperparameters, origin),
    checkpoint,
    decisions: checkpoint === null ? 0 : decodeTrainingState(checkpoint, entry.spec).decisions,
    best,
    history: history.points,
    thinned: history.isThinned,
  };
  return {
    name,
    going,
    focusedArena,
    wouldBeLost: !isKept && newest !== null,
    begin: () => (isKept ? keptRun(storage, entry, id) : Promise.resolve(atHand)),
  };
}
