import { expect, it } from 'vitest';
import { keyName } from './key-name';

it('names a key by what it writes where the browser tells that, else as most keyboards have it', () => {
  const azerty = { KeyA: 'Q', KeyW: 'Z', Digit1: '&' };
  expect(['KeyA', 'KeyW', 'KeyD', 'Digit1'].map((code) => keyName(code, azerty))).toEqual([
    'Q',
    'Z',
    'D',
    '&',
  ]);
  expect(['KeyA', 'Digit1', 'Semicolon'].map((code) => keyName(code, {}))).toEqual(['A', '1', ';']);
  // What they write is nothing to be shown.
  expect(
    ['Space', 'ArrowLeft', 'Enter', 'NumpadEnter', 'Numpad0', 'ShiftLeft'].map((code) =>
      keyName(code, azerty),
    ),
  ).toEqual(['Space', '←', 'Enter', 'Num Enter', 'Num 0', 'Left Shift']);
});
