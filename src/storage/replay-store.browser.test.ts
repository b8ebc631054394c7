import { clear } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetReplay, loadReplays, replaysKept, type StoredReplay, saveReplay } from './replay-store';

const replay = (number: number): StoredReplay => ({
  id: `match-${number}`,
  text: `{"seed":${number}}`,
  names: ['You', 'Novice'],
  score: [7, 3],
  playedAtMs: number,
});

describe('replay store', () => {
  beforeEach(() => clear());

  it('gives back what was saved, the newest first, a game apart', async () => {
    await saveReplay('volley', replay(1));
    await saveReplay('volley', replay(2));
    expect(await loadReplays('volley')).toEqual([replay(2), replay(1)]);
    expect(await loadReplays('balance')).toEqual([]);
  });

  it('keeps the newest and lets the oldest go', async () => {
    for (let number = 0; number <= replaysKept; number++) await saveReplay('volley', replay(number));
    const kept = await loadReplays('volley');
    expect(kept).toHaveLength(replaysKept);
    expect(kept.at(-1)?.id).toBe('match-1');
  });

  it('forgets one and leaves the rest', async () => {
    await saveReplay('volley', replay(1));
    await saveReplay('volley', replay(2));
    expect(await forgetReplay('volley', 'match-2')).toEqual([replay(1)]);
    expect(await loadReplays('volley')).toEqual([replay(1)]);
  });
});
