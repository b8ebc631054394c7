import { cleanrlHyperparameters, type GamePresets, sb3Hyperparameters } from '../../contract';

const rewardWeights = { upright: 1, centred: 0 };

export const balancePresets: GamePresets = {
  // Found by `npm run sweep -- --game balance --candidates 243`; what is not named is as SB3's.
  fast: {
    ...sb3Hyperparameters,
    arenas: 32,
    rolloutLength: 16,
    minibatchSize: 64,
    epochs: 6,
    learningRate: 1.8e-3,
    clipRange: 0.1,
    gaeLambda: 0.9,
    rewardWeights,
  },
  sb3: { ...sb3Hyperparameters, rewardWeights },
  cleanrl: { ...cleanrlHyperparameters, rewardWeights },
};
