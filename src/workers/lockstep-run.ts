import { Actor } from '../agent/actor';
import { Collector } from '../agent/collector';
import { Learner } from '../agent/learner';
import type { UpdateBackend } from '../agent/update-backend';
import {
  type ActingBackend,
  type Hyperparameters,
  noOpponents,
  type Simulation,
  type TrainingState,
} from '../contract';
import { createVectorEnvironment, environmentSpec } from '../game/engine/vector-environment';

interface LockstepRunOptions {
  readonly simulation: Simulation;
  readonly hyperparameters: Hyperparameters;
  /** Where to go on; null from scratch. */
  readonly state: TrainingState | null;
  readonly backend: { readonly updating: UpdateBackend; readonly acting: ActingBackend };
  /** Wall time, milliseconds, from any start; only measures. */
  readonly clock: () => number;
  /** Awaited between minibatches. */
  readonly breathe: () => Promise<void>;
}

/** A run that is trained in lockstep in one thread: who learns, who gathers, and where it begins. */
export interface LockstepRun {
  /** The caller's to dispose of. */
  readonly learner: Learner;
  readonly collector: Collector;
  readonly start: TrainingState;
}

/** @throws what learning throws; nothing is left then. */
export async function lockstepRun({
  simulation,
  hyperparameters,
  state,
  backend,
  clock,
  breathe,
}: LockstepRunOptions): Promise<LockstepRun> {
  const spec = environmentSpec(simulation);
  const learner = Learner.create({
    spec,
    hyperparameters,
    ...(state === null ? {} : { state }),
    clock,
    breathe,
    backend: backend.updating,
  });
  try {
    await learner.warmUp();
    const start = learner.trainingState();
    const collector = new Collector({
      environment: createVectorEnvironment(simulation, { ...hyperparameters, generation: start.decisions }),
      actor: new Actor({
        spec,
        hyperparameters,
        snapshot: learner.snapshot(),
        normalisation: start.normalisation,
        decisions: start.decisions,
        acting: backend.acting,
        opponents: { ...noOpponents, past: start.past, scripted: simulation.scriptedPlayers ?? [] },
      }),
      decisionIntervalTicks: hyperparameters.decisionIntervalTicks,
      firstArena: 0,
      clock,
    });
    return { learner, collector, start };
  } catch (error) {
    learner.dispose();
    throw error;
  }
}
