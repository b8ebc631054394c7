import { describe, expect, it } from 'vitest';
import { type Ladder, readLadder } from './ladder';

const ladder: Ladder = {
  format: 'playtrain-ladder',
  formatVersion: 1,
  game: 'volley',
  agents: [
    {
      id: 'novice',
      name: 'Novice',
      file: 'novice.safetensors',
      rating: 987.5,
      matches: 1600,
      decisions: 100_000,
      seed: 1,
      command: 'npm run train',
    },
  ],
  scripted: [{ id: 'bot-pebble', rating: 900, matches: 1600 }],
};

describe('a ladder', () => {
  it('is read as it was written', () => {
    expect(readLadder(JSON.parse(JSON.stringify(ladder)))).toEqual(ladder);
  });

  it('is refused with a sentence on what is wrong in it', () => {
    expect(() => readLadder({ ...ladder, formatVersion: 2 })).toThrow('“formatVersion” is wrong');
    expect(() => readLadder({ ...ladder, scripted: [{ id: 'x', rating: null }] })).toThrow(
      '“scripted.0.rating” is wrong',
    );
    expect(() => readLadder(null)).toThrow('“text” is wrong');
  });
});
