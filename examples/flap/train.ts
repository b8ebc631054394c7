import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { Actor, type Hyperparameters, Learner, sb3Hyperparameters, trainLockstep } from 'playtrain';
import { liveEnvironment } from 'playtrain/phaser/twin';
import { bird } from './bird.agent';
import { flapConfig } from './flap';

/** One game alone, so that a rollout is long. */
const hyperparameters: Hyperparameters = {
  ...sb3Hyperparameters,
  learningRate: 1e-3,
  arenas: 1,
  decisionIntervalTicks: bird.every,
  rolloutLength: 2_048,
  minibatchSize: 256,
  epochs: 10,
  entropyCoefficient: 0.01,
  rewardWeights: Object.fromEntries(Object.entries(bird.earns).map(([name, { weight }]) => [name, weight])),
};

/** What a run came to. */
export interface FlapRun {
  /** The most gates passed in one episode. */
  readonly gates: number;
  readonly decisions: number;
}

/** Trains the bird without a page, until it passes `gates` gates in one episode or has decided `maxDecisions` times. */
export async function trainBird(seed: number, gates: number, maxDecisions: number): Promise<FlapRun> {
  await tf.setBackend('cpu');
  const settings = { ...hyperparameters, seed };
  const environment = await liveEnvironment(flapConfig, bird, { seed });
  const { spec } = environment;
  const clock = () => performance.now();
  const learner = Learner.create({ spec, hyperparameters: settings, clock, breathe: async () => {} });
  let best = 0;
  try {
    const { decisions } = await trainLockstep({
      environment,
      actor: new Actor({ spec, hyperparameters: settings, snapshot: learner.snapshot() }),
      learner,
      decisionIntervalTicks: bird.every,
      maxDecisions,
      clock,
      onEpisode: () => {
        for (const { rewardTerms } of environment.takeEndings()) best = Math.max(best, rewardTerms[0] ?? 0);
      },
      shouldStop: () => best >= gates,
    });
    return { gates: best, decisions };
  } finally {
    learner.dispose();
  }
}
