import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sb3Hyperparameters } from '../contract';
import { collectorCount, settingsOfShare, shareArenas } from './arena-shares';

describe('the number of collectors', () => {
  it('leaves one core to the game and one to the learner, and is at most four, where nothing is chosen', () => {
    const automatic = [1, 2, 3, 4, 6, 16].map((cores) => collectorCount('auto', cores, 16));
    expect(automatic).toEqual([0, 0, 1, 2, 4, 4]);
  });

  it('is what a person chose, whatever the machine', () => {
    expect(collectorCount('none', 16, 16)).toBe(0);
    expect(collectorCount('8', 1, 16)).toBe(8);
  });

  it('never exceeds the number of arenas', () => {
    expect(collectorCount('auto', 16, 3)).toBe(3);
    expect(collectorCount('8', 16, 1)).toBe(1);
  });
});

describe('shares of arenas', () => {
  it('of 10 arenas among 4 are 3, 3, 2 and 2, in order', () => {
    expect(shareArenas(10, 4)).toEqual([
      { firstArena: 0, arenas: 3 },
      { firstArena: 3, arenas: 3 },
      { firstArena: 6, arenas: 2 },
      { firstArena: 8, arenas: 2 },
    ]);
    expect(shareArenas(10, 0)).toEqual([]);
  });

  it('cover every arena once, and differ by at most one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 8 }), (arenas, wished) => {
        const collectors = Math.min(wished, arenas);
        const shares = shareArenas(arenas, collectors);
        const covered = shares.flatMap((share) =>
          Array.from({ length: share.arenas }, (_, index) => share.firstArena + index),
        );
        expect(covered).toEqual(Array.from({ length: arenas }, (_, index) => index));
        const sizes = shares.map((share) => share.arenas);
        expect(sizes).toHaveLength(collectors);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('keep the run’s settings but for the number of arenas', () => {
    const settings = { ...sb3Hyperparameters, seed: 7, arenas: 8 };
    expect(settingsOfShare(settings, { firstArena: 3, arenas: 2 })).toEqual({ ...settings, arenas: 2 });
  });
});
