import { describe, expect, it } from 'vitest';
import type { Contestant } from '../../contract';
import { fittingOpponent } from './match-me';

const contestant = (id: string, kind: Contestant['kind'], rating: number | null): Contestant => ({
  id,
  name: id,
  kind,
  summary: '',
  rating,
  matches: rating === null ? 0 : 5,
});
const training = contestant('training', 'training', null);

describe('fittingOpponent', () => {
  it('picks who is rated nearest, generations too', () => {
    const all = [
      contestant('hawk', 'scripted', 1250),
      contestant('generation-40', 'generation', 1130),
      contestant('novice', 'shipped', 980),
      training,
    ];
    expect(fittingOpponent(all, 1100)?.id).toBe('generation-40');
    expect(fittingOpponent(all, 990)?.id).toBe('novice');
  });

  it('passes over who is not rated, even where everybody begins', () => {
    const all = [contestant('novice', 'shipped', 524), contestant('mine', 'imported', null), training];
    expect(fittingOpponent(all, 1000)?.id).toBe('novice');
  });

  it('takes somebody without a rating where nobody has one, but not the agent in training', () => {
    expect(fittingOpponent([training, contestant('mine', 'imported', null)], 1000)?.id).toBe('mine');
    expect(fittingOpponent([training], 1000)).toBeNull();
  });
});
