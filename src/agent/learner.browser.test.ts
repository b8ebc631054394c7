import { beforeAll, describe } from 'vitest';
import { openBackend } from '../workers/backend';
import { describeLearner } from './testing/learner-properties';

describe('a learner on webgl', () => {
  beforeAll(async () => {
    await openBackend('webgl');
  });
  describeLearner();
});
