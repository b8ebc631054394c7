import { beforeAll, describe } from 'vitest';
import { openBackend } from '../workers/backend';
import { createAutodiffTrainer } from './ppo';
import { describeTrainer } from './testing/trainer-properties';

describe('autodiff on webgl', () => {
  beforeAll(async () => {
    await openBackend('webgl');
  });
  describeTrainer(createAutodiffTrainer);
});
