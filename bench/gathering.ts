import { Actor } from '../src/agent/actor';
import { collectorCount, settingsOfShare, shareArenas } from '../src/agent/arena-shares';
import { Collector } from '../src/agent/collector';
import { Gatherer, type Gathering } from '../src/agent/gatherer';
import type { ActingBackend, DecisionEnvironment, Hyperparameters, SnapshotData } from '../src/contract';
import { loadLearned, type OpenArenas } from './learned-game';

/** What it takes to begin, as plain data, so that another thread can be asked. */
export interface GatheringStart {
  readonly game: string;
  readonly hyperparameters: Hyperparameters;
  readonly snapshot: SnapshotData;
  readonly acting: ActingBackend;
}

/** A gathering that goes on until it is closed. */
export interface OpenGathering extends Gathering {
  close(): void;
}

/** Of a run's own: the automatic number of collectors is none. */
const coresHere = 1;

/** Gathering in this thread, and what it is made of. */
export interface GatheringHere {
  readonly gatherer: Gatherer;
  readonly collectors: readonly Collector[];
  /** Of each collector. */
  readonly environments: readonly DecisionEnvironment[];
  readonly close: () => void;
}

/**
 * All of a run's collectors in this thread, from the run's first decision on. Where settings ask for a number of them
 * they take turns: that shows what they do to a curve, not how fast they are.
 *
 * @param clock wall time, milliseconds, from any start; only measures.
 * @throws PlaytrainError for a game that there is not, or settings that do not fit it.
 */
export async function openGatherer(
  { game, hyperparameters, snapshot, acting }: GatheringStart,
  clock: () => number,
): Promise<GatheringHere> {
  const { open } = await loadLearned(game);
  const { arenas, decisionIntervalTicks, seed, collectors: choice } = hyperparameters;
  const count = Math.max(1, collectorCount(choice, coresHere, arenas));
  const opened: OpenArenas[] = [];
  const collectors: Collector[] = [];
  for (const share of shareArenas(arenas, count)) {
    const { firstArena } = share;
    const arenasHere = await open(share, seed);
    opened.push(arenasHere);
    const { environment, scripted } = arenasHere;
    const settings = settingsOfShare(hyperparameters, share);
    const actor = new Actor({
      spec: environment.spec,
      hyperparameters: settings,
      snapshot,
      acting,
      firstArena,
      opponents: { past: [], scripted },
    });
    collectors.push(new Collector({ environment, actor, decisionIntervalTicks, firstArena, clock }));
  }
  return {
    gatherer: new Gatherer(collectors),
    collectors,
    environments: opened.map(({ environment }) => environment),
    close: () => {
      for (const { close } of opened) close();
    },
  };
}
