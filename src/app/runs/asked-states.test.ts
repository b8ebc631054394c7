import { expect, it } from 'vitest';
import { AskedStates } from './asked-states';

it('has the states of questions in a row, none where one is missing, and forgets the oldest', () => {
  const asked = new AskedStates(3);
  for (const question of [4, 5, 6]) asked.note(question, Float64Array.of(question, -question));
  expect(asked.from(3, 2)).toBeNull();
  expect(asked.from(5, 3)).toBeNull();
  expect(asked.from(4, 3)).toEqual(Float64Array.of(4, -4, 5, -5, 6, -6));
  asked.note(7, Float64Array.of(7, -7));
  expect(asked.from(4, 1)).toBeNull();
});
