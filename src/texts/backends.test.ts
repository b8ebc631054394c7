import { expect, it } from 'vitest';
import { backendSentence, updatesOn } from './backends';

it('says how many threads share in updates, and why there is one where there could be more', () => {
  const report = { name: 'wasm', simd: 'fma', why: { code: 'chosen' } } as const;
  expect(updatesOn({ ...report, shards: 1 })).toBe('WebAssembly');
  expect(updatesOn({ ...report, shards: 2 })).toBe('WebAssembly, 2 threads');
  expect(backendSentence({ ...report, aloneBecause: null })).not.toContain('thread');
  expect(backendSentence({ ...report, aloneBecause: 'notIsolated' })).toMatch(/not cross-origin isolated\.$/);
});
