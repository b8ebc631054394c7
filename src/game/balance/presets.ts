import { cleanrlHyperparameters, type GamePresets, sb3Hyperparameters } from '../../contract';

const rewardWeights = { upright: 1, centred: 0 };

export const balancePresets: GamePresets = {
  // Found near what `npm run sweep -- --game balance --candidates 243` finds, for fewer gradient steps; docs/results.md
  // tells what they bring. What is not named is as SB3's.
  fast: {
    ...sb3Hyperparameters,
    arenas: 32,
    rolloutLength: 32,
    minibatchSize: 64,
    epochs: 4,
    learningRate: 2.4e-3,
    clipRange: 0.2,
    gaeLambda: 0.95,
    discount: 0.98,
    maxGradientNorm: 1,
    rewardWeights,
  },
  sb3: { ...sb3Hyperparameters, rewardWeights },
  cleanrl: { ...cleanrlHyperparameters, rewardWeights },
};
