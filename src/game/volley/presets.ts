import { cleanrlHyperparameters, type GamePresets, sb3Hyperparameters } from '../../contract';

const game = {
  decisionIntervalTicks: 4,
  rewardWeights: { pointWon: 1, pointLost: -1, touch: 0, crossing: 0, rallyLength: 0, jump: -0.005 },
};

export const volleyPresets: GamePresets = {
  fast: {
    ...sb3Hyperparameters,
    ...game,
    arenas: 32,
    rolloutLength: 128,
    minibatchSize: 512,
    epochs: 4,
    learningRate: 1e-3,
    entropyCoefficient: 0.01,
    pastInterval: 20,
    pastWindow: 20,
    // Learning is slow at the game's own pace: one worker gathers rallies beside it, also on a machine of two cores.
    collectors: '1',
  },
  sb3: { ...sb3Hyperparameters, ...game },
  cleanrl: { ...cleanrlHyperparameters, ...game },
};
