import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import {
  Actor,
  checkEnvironment,
  createVectorEnvironment,
  environmentSpec,
  type Hyperparameters,
  Learner,
  sb3Hyperparameters,
  trainLockstep,
} from 'playtrain';
import { catchBall } from './catch';

/** Small and quick: Catch needs little. */
const hyperparameters: Hyperparameters = {
  ...sb3Hyperparameters,
  learningRate: 3e-3,
  arenas: 8,
  rolloutLength: 64,
  minibatchSize: 128,
  epochs: 4,
  hiddenSizes: [32],
};

/**
 * Checks the game against the contract, then trains an agent in it without a page or workers.
 *
 * @returns the mean return of the last 20 episodes: 1 is a ball always caught, −1 never.
 */
export async function trainCatch(seed: number, maxDecisions: number): Promise<number> {
  const problems = checkEnvironment(catchBall);
  if (problems.length > 0) throw new Error(problems.join('\n'));

  await tf.setBackend('cpu');
  const settings = { ...hyperparameters, seed };
  const spec = environmentSpec(catchBall);
  const clock = () => performance.now();
  const learner = Learner.create({ spec, hyperparameters: settings, clock, breathe: async () => {} });
  let meanReturn = Number.NEGATIVE_INFINITY;
  try {
    await trainLockstep({
      environment: createVectorEnvironment(catchBall, { arenas: settings.arenas, seed }),
      actor: new Actor({ spec, hyperparameters: settings, snapshot: learner.snapshot() }),
      learner,
      decisionIntervalTicks: 1,
      maxDecisions,
      clock,
      onUpdate: ({ metrics }) => {
        meanReturn = metrics.meanReturn ?? meanReturn;
      },
    });
  } finally {
    learner.dispose();
  }
  return meanReturn;
}
