import { beforeAll, describe } from 'vitest';
import { describeTrainer } from '../../src/agent/testing/trainer-properties';
import { openNodeBackend } from '../../src/workers/node-backend';
import { createFewOperationsTrainer } from './few-operations-trainer';

describe('the analytic gradient in few tfjs operations', () => {
  beforeAll(async () => {
    await openNodeBackend('wasm');
  });
  describeTrainer(createFewOperationsTrainer);
});
