import { describe, expect, it } from 'vitest';
import { KeptUpdates } from './kept-updates';

const state = (version: number) => ({
  bytes: Uint8Array.of(version % 256),
  version,
  decisions: 10 * version,
  meanReturn: null,
});
const versions = ({ list }: KeptUpdates) => list.map(({ version }) => version);

describe('the updates of a run that stay kept', () => {
  it('are its first, and ever fewer as it goes on', () => {
    const updates = new KeptUpdates();
    for (let version = 0; version <= 1_000; version++) updates.offer(state(version));
    expect(versions(updates)).toEqual([0, 4, 16, 64, 256]);
    expect(updates.first?.bytes).toEqual(Uint8Array.of(0));
  });

  it('go on from those that were kept before, whose first this page has not seen', () => {
    const updates = new KeptUpdates([{ version: 3, decisions: 1, meanReturn: 2 }]);
    expect(updates.offer(state(11))).toBe(false);
    expect(updates.offer(state(12))).toBe(true);
    expect(versions(updates)).toEqual([3, 12]);
    expect(updates.first).toBeNull();
  });

  it('are those that somebody wants kept, once each', () => {
    const updates = new KeptUpdates();
    for (const version of [0, 4]) updates.offer(state(version));
    expect(updates.add(state(7))).toBe(true);
    expect(updates.add(state(7))).toBe(false);
    expect(versions(updates)).toEqual([0, 4, 7]);
  });

  it('are, of a run that went back, none of what it left', () => {
    const updates = new KeptUpdates();
    for (const version of [0, 4, 16, 64]) updates.offer(state(version));
    expect(updates.offer(state(20))).toBe(false);
    expect(versions(updates)).toEqual([0, 4, 16]);
    expect(updates.offer(state(65))).toBe(true);
    expect(versions(updates)).toEqual([0, 4, 16, 65]);
  });
});
