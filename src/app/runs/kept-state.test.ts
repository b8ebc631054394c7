import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeTrainingState } from '../../agent/checkpoint';
import { joined, takenApart } from './kept-state';

const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../tests/fixtures/${name}.safetensors`, import.meta.url)));
const standing = { version: 5, decisions: 3290, meanReturn: 1 };

describe('a state that is kept', () => {
  it('is the same state again, though its earlier policies were kept apart', () => {
    const bytes = file('run-v1');
    const { checkpoint, newPast } = takenApart({ ...standing, bytes }, () => false);
    expect(checkpoint).toMatchObject(standing);
    expect(newPast.map(({ version }) => version)).toEqual([3, 4, 5]);
    expect(checkpoint.past).toEqual(newPast.map(({ name }) => name));
    expect(checkpoint.bytes.length).toBeLessThan(bytes.length);
    const again = joined({ ...checkpoint, past: newPast });
    expect(decodeTrainingState(again)).toEqual(decodeTrainingState(bytes));
  });

  it('brings along only the earlier policies that are not kept yet', () => {
    const bytes = file('run-v1');
    const first = takenApart({ ...standing, bytes }, () => false);
    const [oldest] = first.checkpoint.past;
    const { checkpoint, newPast } = takenApart({ ...standing, bytes }, (name) => name === oldest);
    expect(checkpoint.past).toEqual(first.checkpoint.past);
    expect(newPast.map(({ version }) => version)).toEqual([4, 5]);
  });

  it('goes on without an earlier policy that is gone', () => {
    const { checkpoint, newPast } = takenApart({ ...standing, bytes: file('run-v1') }, () => false);
    const state = decodeTrainingState(joined({ ...checkpoint, past: newPast.slice(1) }));
    expect(state.past.map(({ version }) => version)).toEqual([4, 5]);
  });

  it('is left as it is where it has no earlier policies', () => {
    const bytes = file('swing-run-v1');
    const { checkpoint, newPast } = takenApart({ ...standing, bytes }, () => false);
    expect(checkpoint.bytes).toBe(bytes);
    expect(newPast).toEqual([]);
    expect(joined({ ...checkpoint, past: [] })).toBe(bytes);
  });
});
