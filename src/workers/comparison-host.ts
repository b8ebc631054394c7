import { decodeTrainingState } from '../agent/checkpoint';
import { trainCollected } from '../agent/lockstep';
import { hostBackends, pinnedActing } from '../agent/update-backend';
import { type ComparedPoint, type Hyperparameters, PlaytrainError, type Simulation } from '../contract';
import { environmentSpec } from '../game/engine/vector-environment';
import { lockstepRun } from './lockstep-run';
import { findSimulation, type SimulationSource } from './simulation-source';

/** A run that is trained unseen, to be compared with others. */
export interface ComparedRun {
  readonly game: string;
  readonly hyperparameters: Hyperparameters;
  /** How many decisions it takes from where it begins. */
  readonly decisions: number;
  /** The state of a run of the same game and net that it goes on from; null from nothing. */
  readonly from: Uint8Array<ArrayBuffer> | null;
}

/** Told no oftener, of a run's updates. */
const mostPoints = 100;

/** Trains one run in lockstep, so that the same seed and state give the same curve on every machine. */
export class ComparisonHost {
  private readonly known: readonly (Simulation | SimulationSource)[];

  constructor(known: readonly (Simulation | SimulationSource)[]) {
    this.known = known;
  }

  /**
   * @param onPoint told of the mean return now and then, as it goes.
   * @returns its whole curve, thinned. @throws PlaytrainError for a game that is not known, and what learning throws.
   */
  async train(
    { game, hyperparameters, decisions, from }: ComparedRun,
    onPoint: (point: ComparedPoint) => void,
  ): Promise<readonly ComparedPoint[]> {
    const simulation = await findSimulation(this.known, game);
    if (simulation === undefined) throw new PlaytrainError('bad-settings', `There is no game “${game}”.`);
    const spec = environmentSpec(simulation);
    const state = from === null ? null : decodeTrainingState(from, spec);
    const { learner, collector, start } = await lockstepRun({
      simulation,
      hyperparameters,
      state: state === null ? null : { ...state, hyperparameters },
      backend: { updating: hostBackends.wasm, acting: pinnedActing('wasm') },
      clock: () => 0,
      breathe: async () => {},
    });
    try {
      const points: ComparedPoint[] = [];
      const every = decisions / mostPoints;
      await trainCollected({
        collectors: [collector],
        learner,
        maxDecisions: start.decisions + decisions,
        onUpdate: ({ metrics }) => {
          const taken = metrics.decisions - start.decisions;
          if (metrics.meanReturn === null || taken < (points.at(-1)?.decisions ?? 0) + every) return;
          const point = { decisions: taken, meanReturn: metrics.meanReturn };
          points.push(point);
          onPoint(point);
        },
      });
      return points;
    } finally {
      learner.dispose();
    }
  }
}
