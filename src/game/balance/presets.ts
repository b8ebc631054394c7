import { cleanrlHyperparameters, type GamePresets, sb3Hyperparameters } from '../../contract';

const rewardWeights = { upright: 1, centred: 0 };

export const balancePresets: GamePresets = {
  // As SB3's, but gathered from 16 arenas at once and learned in fewer, larger steps: more to see, sooner.
  fast: {
    ...sb3Hyperparameters,
    arenas: 16,
    rolloutLength: 64,
    minibatchSize: 256,
    epochs: 10,
    learningRate: 2e-3,
    rewardWeights,
  },
  sb3: { ...sb3Hyperparameters, rewardWeights },
  cleanrl: { ...cleanrlHyperparameters, rewardWeights },
};
