import { afterEach, describe, expect, it } from 'vitest';
import { instantStorage, noteLeftMatch, takeBackLeftMatch, takeLeftMatches } from './left-matches';

const lost = { keys: ['visitor', 'novice'], score: 0, moves: [true, true] } as const;
const storage = instantStorage(window);
const closed = (page = 'a page') => ({ page, asideAtMs: null });

afterEach(() => localStorage.clear());

describe('a match that was left by closing its page', () => {
  it('is there once, for its own game alone, also where several were left', () => {
    noteLeftMatch(storage, 'volley', lost, closed());
    const other = { ...lost, keys: ['regular', 'visitor'], score: 1 } as const;
    noteLeftMatch(storage, 'volley', other, closed('another'));
    expect(takeLeftMatches(storage, 'duel')).toEqual([]);
    expect(takeLeftMatches(storage, 'volley')).toEqual([lost, other]);
    expect(takeLeftMatches(storage, 'volley')).toEqual([]);
  });

  it('is one that its page did not come back to: others are not counted meanwhile', () => {
    const aside = { page: 'a page', asideAtMs: 1_000_000 };
    noteLeftMatch(storage, 'volley', lost, aside);
    noteLeftMatch(storage, 'volley', lost, { page: 'another', asideAtMs: 1_000_000 });
    expect(takeLeftMatches(storage, 'volley', 1_060_000)).toEqual([]);
    expect(takeBackLeftMatch(storage, 'volley', 'a page')).toBe(true);
    expect(takeLeftMatches(storage, 'volley', 9_000_000)).toEqual([lost]);
    expect(takeBackLeftMatch(storage, 'volley', 'another')).toBe(false);
    // Hidden, and then closed.
    noteLeftMatch(storage, 'volley', lost, aside);
    noteLeftMatch(storage, 'volley', lost, closed());
    expect(takeLeftMatches(storage, 'volley', 1_000_001)).toEqual([lost]);
  });

  it('is counted as earlier versions noted it', () => {
    localStorage.setItem('playtrain/left-matches/volley', JSON.stringify([lost]));
    expect(takeLeftMatches(storage, 'volley')).toEqual([lost]);
  });

  it('is nothing where what was noted is damaged, and what is noted then is kept', () => {
    for (const text of ['{', '5', '[{"keys":["a"]}]', '[{"keys":["a","b"],"score":9,"moves":[true,true]}]']) {
      localStorage.setItem('playtrain/left-matches/volley', text);
      expect(takeLeftMatches(storage, 'volley')).toEqual([]);
      localStorage.setItem('playtrain/left-matches/volley', text);
      noteLeftMatch(storage, 'volley', lost, closed());
      expect(takeLeftMatches(storage, 'volley')).toEqual([lost]);
    }
  });

  it('is nothing where storage refuses', () => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    const refusing: Storage = {
      length: 0,
      clear: refuse,
      getItem: refuse,
      key: refuse,
      removeItem: refuse,
      setItem: refuse,
    };
    noteLeftMatch(refusing, 'volley', lost, closed());
    expect(takeLeftMatches(refusing, 'volley')).toEqual([]);
    noteLeftMatch(null, 'volley', lost, closed());
    expect(takeLeftMatches(null, 'volley')).toEqual([]);
    const window = Object.defineProperty({}, 'localStorage', { get: refuse }) as unknown as Window;
    expect(instantStorage(window)).toBeNull();
  });
});
