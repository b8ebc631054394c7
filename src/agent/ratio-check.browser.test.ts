import { beforeAll, describe } from 'vitest';
import { openBackend } from '../workers/backend';
import { createFusedTrainer } from './fused-trainer';
import { describeRatioCheck } from './testing/ratio-properties';

describe('the ratio check with the fused trainer', () => {
  beforeAll(async () => {
    await openBackend('webgl');
  });
  describeRatioCheck(createFusedTrainer);
});
