import { describe, expect, it } from 'vitest';
import type { Contestant } from '../contract';
import { fittingOpponent } from './fitting-opponent';

const contestant = (
  id: string,
  kind: Contestant['kind'],
  rating: number | null,
  matches = rating === null ? 0 : 50,
): Contestant => ({ id, name: id, kind, summary: '', rating, matches });
const training = contestant('training', 'training', null);

describe('who fits', () => {
  it('is who is rated nearest, generations too', () => {
    const all = [
      contestant('hawk', 'scripted', 1250),
      contestant('generation-40', 'generation', 1130),
      contestant('novice', 'shipped', 980),
      training,
    ];
    expect(fittingOpponent(all, 1100, null)?.id).toBe('generation-40');
    expect(fittingOpponent(all, 990, null)?.id).toBe('novice');
  });

  it('is somebody else than was met last, while there is anybody', () => {
    const all = [contestant('hawk', 'scripted', 1250), contestant('novice', 'shipped', 980), training];
    expect(fittingOpponent(all, 990, 'novice')?.id).toBe('hawk');
    expect(fittingOpponent(all, 990, 'hawk')?.id).toBe('novice');
    expect(fittingOpponent([contestant('novice', 'shipped', 980)], 990, 'novice')?.id).toBe('novice');
  });

  it('is nobody whose rating rests on few matches, however near it lies', () => {
    const strong = contestant('champion-file', 'imported', 1010, 1);
    const all = [contestant('novice', 'shipped', 524, 1800), strong, training];
    expect(fittingOpponent(all, 1000, null)?.id).toBe('novice');
    expect(fittingOpponent(all, 1000, 'novice')?.id).toBe('novice');
  });

  it('is somebody without a rating where nobody has one, but not the agent in training', () => {
    expect(fittingOpponent([training, contestant('mine', 'imported', null)], 1000, null)?.id).toBe('mine');
    expect(fittingOpponent([training], 1000, null)).toBeNull();
  });
});
