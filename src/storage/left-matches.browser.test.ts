import { afterEach, describe, expect, it } from 'vitest';
import { instantStorage, noteLeftMatch, takeLeftMatches } from './left-matches';

const lost = { keys: ['visitor', 'novice'], score: 0, moves: [true, true] } as const;
const storage = instantStorage(window);

afterEach(() => localStorage.clear());

describe('a match that was left by closing its page', () => {
  it('is there once, for its own game alone, also where several were left', () => {
    noteLeftMatch(storage, 'volley', lost);
    noteLeftMatch(storage, 'volley', { ...lost, keys: ['regular', 'visitor'], score: 1 });
    expect(takeLeftMatches(storage, 'duel')).toEqual([]);
    expect(takeLeftMatches(storage, 'volley')).toEqual([
      lost,
      { ...lost, keys: ['regular', 'visitor'], score: 1 },
    ]);
    expect(takeLeftMatches(storage, 'volley')).toEqual([]);
  });

  it('is nothing where what was noted is damaged, and what is noted then is kept', () => {
    for (const text of ['{', '5', '[{"keys":["a"]}]', '[{"keys":["a","b"],"score":9,"moves":[true,true]}]']) {
      localStorage.setItem('playtrain/left-matches/volley', text);
      expect(takeLeftMatches(storage, 'volley')).toEqual([]);
      localStorage.setItem('playtrain/left-matches/volley', text);
      noteLeftMatch(storage, 'volley', lost);
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
    noteLeftMatch(refusing, 'volley', lost);
    expect(takeLeftMatches(refusing, 'volley')).toEqual([]);
    noteLeftMatch(null, 'volley', lost);
    expect(takeLeftMatches(null, 'volley')).toEqual([]);
    const window = Object.defineProperty({}, 'localStorage', { get: refuse }) as unknown as Window;
    expect(instantStorage(window)).toBeNull();
  });
});
