import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compiledPath, compileKernels } from './build-kernels';

it('finds the committed kernels to be what the sources compile to', async () => {
  expect(readFileSync(compiledPath, 'utf8')).toBe(await compileKernels());
});
