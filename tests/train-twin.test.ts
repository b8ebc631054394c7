import { beforeEach, describe, expect, it } from 'vitest';
import { type TwinTraining, trainTwin } from '../src/cli/train-twin';
import { type Hyperparameters, sb3Hyperparameters } from '../src/contract';
import { balance } from '../src/game/balance/simulation';
import { createVectorEnvironment } from '../src/game/engine/vector-environment';
import type { ArenaEnvironment } from '../src/phaser/live-environment';
import type { ServedTwin } from '../src/phaser/served-twin';

let opened: number;
let closed: number;
beforeEach(() => {
  opened = 0;
  closed = 0;
});

const hyperparameters: Hyperparameters = {
  ...sb3Hyperparameters,
  arenas: 1,
  rolloutLength: 64,
  minibatchSize: 64,
  epochs: 1,
  hiddenSizes: [2],
};
const twin: ServedTwin = {
  name: 'cart',
  hyperparameters,
  open: async ({ seed }, arenas) => {
    opened += 1;
    // What trains needs no more of a live game than of any.
    const environment = createVectorEnvironment(balance, { arenas, seed }) as unknown as ArenaEnvironment;
    return { environment, scripted: [], close: () => (closed += 1) };
  },
  check: () => Promise.reject(new Error('Nobody checks it.')),
};

const train = (change: Partial<TwinTraining>) =>
  trainTwin(twin, {
    hyperparameters,
    decisions: 64,
    assets: null,
    until: null,
    backend: 'cpu',
    clock: () => 0,
    breathe: async () => {},
    onUpdate: () => {},
    onFault: () => {},
    shouldStop: () => false,
    ...change,
  });

describe('the game of a twin that is trained', () => {
  it('is let go of once that is over', async () => {
    expect(await train({})).toMatchObject({ updates: 1, decisions: 64 });
    expect([opened, closed]).toEqual([1, 1]);
  });

  const stop = () => {
    throw new Error('It was not to be.');
  };
  it.each<[string, Partial<TwinTraining>, RegExp]>([
    ['its learner cannot be made', { hyperparameters: { ...hyperparameters, hiddenSizes: [-1] } }, /./],
    ['its backend cannot be chosen', { backend: 'auto', clock: stop }, /not to be/],
    ['an update fails', { onUpdate: stop }, /not to be/],
  ])('is let go of where %s', async (_, change, why) => {
    await expect(train(change)).rejects.toThrow(why);
    expect([opened, closed]).toEqual([1, 1]);
  });
});
