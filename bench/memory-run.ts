import { Actor } from '../src/agent/actor';
import { Learner } from '../src/agent/learner';
import { trainLockstep } from '../src/agent/lockstep';
import { pinnedActing } from '../src/agent/update-backend';
import type { BackendName, Hyperparameters } from '../src/contract';
import { loadGame } from '../src/game/catalogue';
import { createVectorEnvironment } from '../src/game/engine/vector-environment';
import { updateBackends } from './update-backends';

/** What the backend holds after one update. */
export interface MemorySample {
  readonly update: number;
  readonly liveTensors: number;
  readonly gpuBytes: number;
}

/**
 * Trains Balance for `updates` updates and notes after each what tfjs and the learner's own textures hold.
 *
 * @param clock wall time, milliseconds.
 */
export async function sampleMemory(
  backend: BackendName,
  updates: number,
  clock: () => number,
): Promise<MemorySample[]> {
  const { simulation, presets } = await loadGame('balance');
  const settings: Hyperparameters = {
    ...presets.sb3,
    backend,
    arenas: 8,
    rolloutLength: 32,
    minibatchSize: 64,
    epochs: 2,
  };
  const environment = createVectorEnvironment(simulation, { arenas: settings.arenas, seed: 1 });
  const learner = Learner.create({
    spec: environment.spec,
    hyperparameters: settings,
    backend: updateBackends[backend],
    clock,
    breathe: async () => {},
  });
  const samples: MemorySample[] = [];
  try {
    await learner.warmUp();
    await trainLockstep({
      environment,
      actor: new Actor({
        spec: environment.spec,
        hyperparameters: settings,
        snapshot: learner.snapshot(),
        acting: pinnedActing(backend),
      }),
      learner,
      decisionIntervalTicks: 1,
      maxDecisions: updates * settings.arenas * settings.rolloutLength,
      clock,
      onUpdate: ({ metrics: { version: update, liveTensors, gpuBytes } }) => {
        samples.push({ update, liveTensors, gpuBytes });
      },
    });
  } finally {
    learner.dispose();
  }
  return samples;
}
