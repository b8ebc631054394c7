import { describe, expect, it } from 'vitest';
import { sb3Hyperparameters } from '../contract';
import { withSetOptions } from './set-option';

const settings = { ...sb3Hyperparameters, rewardWeights: { pointWon: 1, touch: 0 } };

describe('settings on the command line', () => {
  it('are read as an address reads them', () => {
    const texts = [
      'epochs=6',
      'hiddenSizes=32,16',
      'normaliseRewards=on',
      'activation=relu',
      'rewardWeights.touch=0.1',
    ];
    expect(withSetOptions(settings, texts)).toEqual({
      ...settings,
      epochs: 6,
      hiddenSizes: [32, 16],
      normaliseRewards: true,
      activation: 'relu',
      rewardWeights: { pointWon: 1, touch: 0.1 },
    });
  });

  it('are refused with a sentence', () => {
    const refusals: [string, string][] = [
      ['epoch=6', 'no setting “epoch”; near it is epochs;'],
      ['learningRat=0.1', 'near it are learningRate, '],
      ['epochs', 'no setting “”'],
      ['epochs=1.5', 'whole number'],
      ['rewardWeights=1', 'no setting “rewardWeights”'],
      ['rewardWeights.luck=1', 'are rewardWeights.pointWon, rewardWeights.touch'],
      ['rewardWeights.touch=', '“touch” must be a number'],
      ['rewardWeights.touch=99', 'keep it between -10 and 10'],
      ['minibatchSize=4096', 'inibatch'],
    ];
    for (const [text, sentence] of refusals) {
      expect(() => withSetOptions(settings, [text])).toThrow(sentence);
    }
  });
});
