import { spaceSizes } from './action-layout';
import { columnLayout, layColumns, type RolloutColumns, rolloutColumns, widthOf } from './column-layout';
import { type EnvironmentSpec, seatsOf } from './environment';
import type { Hyperparameters } from './hyperparameters';

/** The sizes that fix a rollout's layout. */
export interface RolloutShape {
  /** T: decisions of each agent. */
  readonly steps: number;
  /** N: arenas times the agents that meet in each. */
  readonly agents: number;
  readonly observationSize: number;
  readonly actionSize: number;
  readonly maskSize: number;
}

/** The sizes of a rollout of an environment under these settings. */
export function rolloutShape(
  spec: EnvironmentSpec,
  { rolloutLength, arenas }: Pick<Hyperparameters, 'rolloutLength' | 'arenas'>,
): RolloutShape {
  return {
    steps: rolloutLength,
    agents: arenas * seatsOf(spec),
    ...spaceSizes(spec.observationSpace.size, spec.actionSpace),
  };
}

/** One finished episode of an agent that the learner's policy played from its first step to its last. */
export interface EpisodeRecord {
  readonly arena: number;
  /** Where agents meet: who the other was, and whether the learner won (1), lost (−1) or neither (0). */
  readonly against?: { readonly opponent: string; readonly outcome: -1 | 0 | 1 };
  /** Weighted sum of rewards, before any scaling. */
  readonly return: number;
  /** In decisions, as many as there are where none comes late. */
  readonly length: number;
  readonly truncated: boolean;
}

/** What was counted while a rollout filled. */
export interface RolloutCounters {
  /** Decisions taken by the learner's policy since the run began, this rollout's included. */
  readonly decisions: number;
  /** Of this rollout's decisions, those taken while an update was running. */
  readonly decisionsDuringUpdate: number;
  /** Decisions acted but not recorded since the last rollout, because both buffers were full. */
  readonly unrecordedDecisions: number;
  /** Wall time from the rollout's first decision to its last, milliseconds. */
  readonly collectMs: number;
}

/** `T` decisions of `N` agents, as the actor filled them and the learner reads them. Row-major, `[T, N, …]`. */
export interface Rollout extends RolloutColumns {
  readonly shape: RolloutShape;
  /** All columns lie in this one buffer, which is what crosses between workers. */
  readonly buffer: ArrayBuffer;
}

/** The lowest version that chose any of a rollout's steps. */
export function oldestVersion({ versions }: Pick<Rollout, 'versions'>): number {
  return versions.reduce((oldest, version) => Math.min(oldest, version));
}

/** Lays a rollout over `buffer`, or over a new one of the right length. */
export function createRollout(shape: RolloutShape, buffer?: ArrayBuffer): Rollout {
  const layout = columnLayout(rolloutColumns, (column) => countOf(column, shape));
  const record = { shape, buffer: buffer ?? new ArrayBuffer(layout.bytes) };
  layColumns(layout, record.buffer, record);
  return record as Rollout;
}

function countOf(column: (typeof rolloutColumns)[number], shape: RolloutShape): number {
  const steps = shape.steps + ('stepsBeyond' in column ? column.stepsBeyond : 0);
  const rows = column.per === 'step' ? steps : steps * shape.agents;
  return rows * widthOf(column, shape);
}
