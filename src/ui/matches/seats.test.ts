import { describe, expect, it } from 'vitest';
import {
  generationId,
  generationOf,
  type MatchSetup,
  matchKind,
  mayBeLearnedFrom,
  personSeat,
  secondPersonSeat,
} from '../../contract';
import { courtState, duelPage, pageState, playState } from '../testing/test-state';
import { personPlays, seatName, withKind } from './seats';

const { contestants } = playState();
const setup = (left: string, right: string, seed: number | null = null): MatchSetup => ({
  seats: [left, right],
  seed,
  learns: true,
});

describe('who sits where', () => {
  it('is told by the people among the two', () => {
    expect(matchKind(setup(personSeat, 'bot-hawk'))).toBe('person');
    expect(matchKind(setup('bot-hawk', personSeat))).toBe('person');
    expect(matchKind(setup(secondPersonSeat, personSeat))).toBe('people');
    expect(matchKind(setup('training', 'bot-hawk'))).toBe('agents');
  });

  it('has a name even for a generation that nobody has listed', () => {
    expect(seatName('agent-novice', 'person', contestants)).toBe('Novice');
    expect(seatName(personSeat, 'person', contestants)).toBe('You');
    expect(seatName(personSeat, 'people', contestants)).toBe('Player 1');
    expect(seatName(secondPersonSeat, 'people', contestants)).toBe('Player 2');
    expect(seatName(generationId(55), 'agents', contestants)).toBe('Update 55');
    expect(generationOf('agent-novice')).toBeNull();
  });

  it('is learned from only where a person meets the agent in training', () => {
    expect(mayBeLearnedFrom(setup('training', personSeat))).toBe(true);
    expect(mayBeLearnedFrom(setup('training', 'bot-hawk'))).toBe(false);
    expect(mayBeLearnedFrom(setup(personSeat, 'bot-hawk'))).toBe(false);
  });
});

describe('another kind of match', () => {
  it('keeps the person’s side and the opponent on the way to two people and back', () => {
    const alone = setup('bot-hawk', personSeat);
    const two = withKind(alone, 'people', alone, contestants);
    expect(two.seats).toEqual([secondPersonSeat, personSeat]);
    expect(withKind(two, 'person', alone, contestants).seats).toEqual(['bot-hawk', personSeat]);
  });

  it('begins with the weakest of the rated where there was no opponent yet', () => {
    const two = setup(personSeat, secondPersonSeat);
    expect(withKind(two, 'person', null, contestants).seats).toEqual([personSeat, 'bot-steady']);
    expect(withKind(two, 'person', null, []).seats).toEqual([personSeat, 'training']);
  });

  it('puts another agent into the person’s seat to be watched', () => {
    const alone = setup(personSeat, 'bot-hawk');
    expect(withKind(alone, 'agents', alone, contestants).seats).toEqual(['agent-champion', 'bot-hawk']);
    const champion = setup('agent-champion', personSeat);
    expect(withKind(champion, 'agents', champion, contestants).seats).toEqual([
      'agent-champion',
      'agent-expert',
    ]);
  });

  it('keeps a seed for those who watch only', () => {
    const watched = setup('training', 'bot-hawk', 7);
    expect(withKind(watched, 'agents', watched, contestants)).toBe(watched);
    expect(withKind(watched, 'person', watched, contestants)).toMatchObject({
      seats: [personSeat, 'training'],
      seed: null,
    });
  });
});

describe('a person’s hands', () => {
  it('are on the game in a match until it is over, and in a focused arena that was taken over', () => {
    expect(personPlays(pageState({ focusPlayer: 'person' }))).toBe(true);
    expect(personPlays(duelPage())).toBe(false);
    expect(personPlays(duelPage({ court: courtState() }))).toBe(true);
    expect(personPlays(duelPage({ court: courtState({}, { phase: 'over' }) }))).toBe(false);
    expect(personPlays(duelPage({ court: courtState({ kind: 'replay' }) }))).toBe(false);
    const watched = courtState({ setup: setup('training', 'bot-hawk') });
    expect(personPlays(duelPage({ court: watched }, { focusPlayer: 'person' }))).toBe(false);
  });
});
