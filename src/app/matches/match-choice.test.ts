import { describe, expect, it } from 'vitest';
import { generationId, personSeat, secondPersonSeat, trainingId } from '../../contract';
import { type Known, MatchChoice } from './match-choice';

const meeting = (...known: readonly string[]): Known => ({
  knows: (seat) => known.includes(seat),
  gentlest: known[0] ?? trainingId,
});

describe('the choice of a match', () => {
  it('is the page’s proposal until a person chooses, and the person’s from then on', () => {
    const choice = new MatchChoice();
    choice.begin(meeting('pebble'));
    choice.propose(meeting('novice', 'pebble'));
    expect(choice.setup).toEqual({ seats: [personSeat, 'novice'], seed: null, learns: true });
    choice.choose({ seats: ['pebble', 'novice'], seed: 3, learns: false });
    choice.propose(meeting('novice'));
    expect(choice.setup).toEqual({ seats: ['pebble', 'novice'], seed: 3, learns: false });
  });

  it('is forgotten with its game', () => {
    const choice = new MatchChoice();
    choice.choose({ seats: ['pebble', 'novice'], seed: 3, learns: false });
    choice.begin(meeting('other'));
    choice.propose(meeting('gentle'));
    expect(choice.setup).toEqual({ seats: [personSeat, 'gentle'], seed: null, learns: true });
  });

  it('lets nobody sit there who is gone, and touches nobody else', () => {
    const choice = new MatchChoice();
    const seats = [generationId(40), secondPersonSeat] as const;
    choice.choose({ seats, seed: 3, learns: false });
    const { setup } = choice;
    choice.replaceMissing(meeting('novice', generationId(40)));
    expect(choice.setup).toBe(setup);
    choice.replaceMissing(meeting('novice'));
    expect(choice.setup).toEqual({ seats: ['novice', secondPersonSeat], seed: 3, learns: false });
  });

  it.each([
    { seats: [personSeat, 'novice'], newcomer: [personSeat, 'mine'], challenge: [personSeat, 'mine'] },
    { seats: ['novice', personSeat], newcomer: ['mine', personSeat], challenge: ['mine', personSeat] },
    { seats: ['novice', 'pebble'], newcomer: ['novice', 'mine'], challenge: [personSeat, 'mine'] },
  ] as const)('seats a newcomer and a challenger beside $seats', ({ seats, newcomer, challenge }) => {
    const choice = new MatchChoice();
    choice.choose({ seats, seed: 3, learns: true });
    choice.seatNewcomer('mine');
    expect(choice.setup).toEqual({ seats: newcomer, seed: 3, learns: true });
    choice.choose({ seats, seed: 3, learns: true });
    choice.challenge('mine');
    // Another serve each time.
    expect(choice.setup).toEqual({ seats: challenge, seed: null, learns: true });
  });
});
