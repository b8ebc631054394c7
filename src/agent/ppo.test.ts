import { beforeAll, describe } from 'vitest';
import { openNodeBackend } from '../workers/node-backend';
import { createAutodiffTrainer } from './ppo';
import { describeTrainer } from './testing/trainer-properties';

for (const backend of ['cpu', 'wasm'] as const) {
  describe(`autodiff on ${backend}`, () => {
    beforeAll(async () => {
      await openNodeBackend(backend);
    });
    describeTrainer(createAutodiffTrainer);
  });
}
