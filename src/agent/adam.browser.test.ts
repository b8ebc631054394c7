import { beforeAll, describe } from 'vitest';
import { openBackend } from '../workers/backend';
import { describeAdam } from './testing/adam-properties';

describe('Adam on webgl', () => {
  beforeAll(async () => {
    await openBackend('webgl');
  });
  describeAdam();
});
