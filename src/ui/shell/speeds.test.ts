import { expect, it } from 'vitest';
import { courtState, playState } from '../testing/test-state';
import { isSpeedRefused, matchSpeedMeaning } from './speeds';

it('a match that is learned from runs at game speed only', () => {
  const learning = courtState({ learning: true });
  expect(isSpeedRefused(learning, '1')).toBe(false);
  expect(isSpeedRefused(learning, '4')).toBe(true);
  expect(isSpeedRefused(courtState(), '16')).toBe(false);
});

it('a match in the run’s arena keeps to game speed while learning is switched off', () => {
  const setup = { ...playState().setup, seats: ['training', 'person'] } as const;
  const off = courtState({ setup, learning: false });
  expect(isSpeedRefused(off, '1')).toBe(false);
  expect(isSpeedRefused(off, '16')).toBe(true);
  expect(isSpeedRefused(courtState({ setup: { ...setup, learns: false } }), '16')).toBe(false);
  expect(isSpeedRefused(courtState({ setup, kind: 'replay' }), '16')).toBe(false);
});

it('goes as fast as it can only where nobody plays', () => {
  const watched = { ...playState().setup, seats: ['bot-hawk', 'agent-novice'] } as const;
  expect(isSpeedRefused(courtState({ setup: watched }), 'max')).toBe(false);
  expect(isSpeedRefused(courtState({ kind: 'replay' }), 'max')).toBe(false);
  expect(isSpeedRefused(courtState(), 'max')).toBe(true);
  expect(matchSpeedMeaning(courtState(), 'max')).toContain('not while a person plays');
});

it('says which speeds are too fast for hands, and only where hands play', () => {
  expect(matchSpeedMeaning(courtState(), '16')).toContain('too fast to play by hand');
  expect(matchSpeedMeaning(courtState({ kind: 'replay' }), '16')).toBe('sixteen times real time');
});
