import { beforeAll, describe } from 'vitest';
import { openNodeBackend } from '../workers/node-backend';
import { describeAdam } from './testing/adam-properties';

for (const backend of ['cpu', 'wasm'] as const) {
  describe(`Adam on ${backend}`, () => {
    beforeAll(async () => {
      await openNodeBackend(backend);
    });
    describeAdam();
  });
}
