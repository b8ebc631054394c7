import { beforeAll, describe } from 'vitest';
import { openBackend } from '../workers/backend';
import { describeDistributions } from './testing/distribution-properties';

describe('the tensor policy and its distributions on webgl', () => {
  beforeAll(async () => {
    await openBackend('webgl');
  });
  describeDistributions();
});
