import { clear } from 'idb-keyval';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  changeStandings,
  forgetRunStandings,
  generationKey,
  generationOfKey,
  loadStandings,
  type Standings,
  visitorKey,
} from './rating-store';

const oneMore = (before: Standings): Standings => ({
  ...before,
  [visitorKey]: { rating: 1000, matches: (before[visitorKey]?.matches ?? 0) + 1 },
});

describe('rating store', () => {
  beforeEach(() => clear());

  it('begins with what it is given where nothing is kept', async () => {
    const novice = { rating: 900, matches: 200 };
    await changeStandings('volley', { novice }, oneMore);
    expect(await loadStandings('volley')).toEqual({ novice, [visitorKey]: { rating: 1000, matches: 1 } });
  });

  it('loses no match when two pages change it at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => changeStandings('volley', {}, oneMore)));
    expect((await loadStandings('volley'))[visitorKey]?.matches).toBe(10);
  });

  it('forgets one run’s generations and nobody else', async () => {
    const standing = { rating: 1100, matches: 3 };
    const kept = { [visitorKey]: standing, [generationKey('default', 4)]: standing };
    const gone = { [generationKey('seed=7', 4)]: standing, [generationKey('seed=7', 12)]: standing };
    await changeStandings('volley', { ...kept, ...gone }, (before) => before);
    await forgetRunStandings('volley', 'seed=7');
    expect(await loadStandings('volley')).toEqual(kept);
  });

  it('goes on from what the page has where the browser will not save, and says so', async () => {
    await changeStandings('volley', {}, oneMore);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    try {
      const inMemory: Standings = { [visitorKey]: { rating: 1000, matches: 5 } };
      const { standings, failure } = await changeStandings('volley', inMemory, oneMore);
      expect(standings[visitorKey]?.matches).toBe(6);
      expect(failure?.code).toBe('storage-failed');
    } finally {
      put.mockRestore();
    }
    expect((await changeStandings('volley', {}, oneMore)).failure).toBeNull();
    expect((await loadStandings('volley'))[visitorKey]?.matches).toBe(2);
  });

  it('reads from a generation’s key which it is', () => {
    expect(generationOfKey(generationKey('seed=7,hiddenSizes=[32]', 40))).toEqual({
      identity: 'seed=7,hiddenSizes=[32]',
      version: 40,
    });
    expect(generationOfKey(visitorKey)).toBeNull();
  });
});
