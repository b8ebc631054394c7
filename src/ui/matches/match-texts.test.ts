import { describe, expect, it } from 'vitest';
import type { MatchView } from '../../contract';
import { courtState } from '../testing/test-state';
import { announcement, courtPhase, courtSummary, outcome, ratingChangeText, stakes } from './match-texts';

describe('what is said aloud in a match', () => {
  it('begins with who plays where', () => {
    const begun = courtState({}, { score: [0, 0], phase: 'countdown' });
    const sentence = 'You on the left, Novice on the right. First to 7, with a lead of two.';
    expect(announcement(null, begun)).toBe(sentence);
    // A rematch: the score has fallen.
    expect(announcement(courtState({}, { phase: 'over', score: [7, 2], winner: 0 }), begun)).toBe(sentence);
  });

  it('is each point, with the score, and nothing while a rally goes on', () => {
    const before = courtState();
    expect(announcement(before, courtState({}, { phase: 'point' }))).toBeNull();
    expect(announcement(before, courtState({}, { phase: 'point', score: [3, 3] }))).toBe(
      'Point to Novice. You 3 : 3 Novice.',
    );
  });

  it('names match point and deuce with the point that leads to them', () => {
    const before = courtState({}, { score: [5, 6] });
    const said = (changes: Partial<MatchView>) =>
      announcement(before, courtState({}, { phase: 'point', ...changes }));
    expect(said({ score: [6, 6], deuce: true })).toBe(
      'Point to you. You 6 : 6 Novice. Deuce: a lead of two wins.',
    );
    expect(said({ score: [5, 7], matchPoint: 1 })).toBe(
      'Point to Novice. You 5 : 7 Novice. Match point to Novice.',
    );
    expect(stakes(courtState({}, { matchPoint: 0 }).view)).toBe('Match point to you');
    expect(stakes(courtState({}, { matchPoint: 'both' }).view)).toBe('The next point decides');
    expect(stakes(courtState().view)).toBeNull();
  });

  it('of practice tells what it is, and names no points to win', () => {
    const practice = courtState({}, { pointsToWin: null });
    expect(announcement(null, practice)).toContain('you serve every rally');
    expect(announcement(null, practice)).not.toContain('First to');
    expect(courtSummary(practice)).not.toContain('First to');
  });

  it('is a newer policy, a pause, and that it goes on', () => {
    const before = courtState({ version: 40 });
    expect(announcement(before, courtState({ version: 41, takeovers: 1 }))).toBe(
      'The policy of update 41 took over.',
    );
    expect(announcement(before, courtState({ paused: true }))).toBe('Paused.');
    expect(announcement(courtState({ paused: true }), before)).toBe('The match goes on.');
  });

  it('ends with who won, and again with the rating once it is counted', () => {
    const over = courtState({}, { phase: 'over', score: [7, 3], winner: 0 });
    const ratingChange = {
      before: 1_000,
      after: 1_016,
      placingLeft: 0,
      streak: 3,
      beaten: { name: 'Novice', next: 'Regular' },
    };
    const counted = { ...over, ratingChange };
    expect(announcement(courtState({}, { score: [6, 3] }), over)).toBe('You won, You 7 : 3 Novice.');
    expect(announcement(over, counted)).toBe(
      'You won, You 7 : 3 Novice. Your rating: 1,000 → 1,016 (+16). Third win in a row. Novice beaten for the first time. Next: Regular.',
    );
    expect(announcement(counted, { ...counted, kept: true })).toBeNull();
  });
});

describe('how a match ended', () => {
  it('is told from the person’s side where there is one', () => {
    expect(outcome(courtState({}, { winner: 0 }).view)).toBe('You won');
    expect(outcome(courtState({}, { winner: 1 }).view)).toBe('Novice won this one');
    expect(outcome(courtState({}, { winner: 1, person: null }).view)).toBe('Novice won');
    expect(outcome(courtState({}, { winner: null }).view)).toBe('A draw');
  });

  it('moves a rating by what its rounded values show', () => {
    // 1000.4 → 1000 and 1015.6 → 1016.
    expect(ratingChangeText({ before: 1_000.4, after: 1_015.6, placingLeft: 0 })).toBe('1,000 → 1,016 (+16)');
    expect(ratingChangeText({ before: 1_000, after: 988, placingLeft: 0 })).toBe('1,000 → 988 (−12)');
    expect(ratingChangeText({ before: 1_000, after: 1_000.2, placingLeft: 0 })).toBe('1,000 → 1,000 (±0)');
    const placed = (placingLeft: number) => ratingChangeText({ before: 524, after: 724.4, placingLeft });
    expect(placed(4)).toBe('about 724, 4 matches left to place you');
    expect(placed(1)).toBe('about 724, 1 match left to place you');
  });

  it('is not called paused any more', () => {
    expect(courtPhase(courtState({ paused: true }))).toBe('paused');
    expect(courtPhase(courtState({ paused: true }, { phase: 'over' }))).toBe('over');
  });
});
