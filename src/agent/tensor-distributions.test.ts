import { beforeAll, describe } from 'vitest';
import { openNodeBackend } from '../workers/node-backend';
import { describeDistributions } from './testing/distribution-properties';

for (const backend of ['cpu', 'wasm'] as const) {
  describe(`the tensor policy and its distributions on ${backend}`, () => {
    beforeAll(async () => {
      await openNodeBackend(backend);
    });
    describeDistributions();
  });
}
