import { cleanrlHyperparameters, type GamePresets, sb3Hyperparameters } from '../../contract';

const rewardWeights = { angle: 1, speed: 0.1, effort: 0.001 };

/** The settings with which Stable-Baselines3's tuned examples learn Pendulum-v1. */
const sb3 = {
  ...sb3Hyperparameters,
  arenas: 4,
  rolloutLength: 1024,
  discount: 0.9,
  learningRate: 1e-3,
  epochs: 10,
  minibatchSize: 64,
  rewardWeights,
};

export const swingPresets: GamePresets = {
  // Found by `npm run sweep -- --game swing --candidates 54`; what is not named is as SB3's.
  fast: {
    ...sb3,
    arenas: 32,
    rolloutLength: 128,
    epochs: 20,
    learningRate: 2.4e-3,
    entropyCoefficient: 0.01,
    hiddenSizes: [32, 32],
  },
  sb3,
  // CleanRL's `ppo_continuous_action.py`. It practically does not learn this game; here to be compared with.
  cleanrl: {
    ...cleanrlHyperparameters,
    learningRate: 3e-4,
    arenas: 1,
    rolloutLength: 2048,
    epochs: 10,
    minibatchSize: 64,
    entropyCoefficient: 0,
    normaliseObservations: true,
    normaliseRewards: true,
    rewardWeights,
  },
};
