import { beforeAll, describe } from 'vitest';
import { openBackend } from '../workers/backend';
import { createFusedTrainer } from './fused-trainer';
import { describeRandomShapes } from './testing/random-shapes';
import { describeTrainer } from './testing/trainer-properties';

describe('fused on webgl', () => {
  beforeAll(async () => {
    await openBackend('webgl');
  });
  describeTrainer(createFusedTrainer);
  describeRandomShapes(createFusedTrainer);
});
