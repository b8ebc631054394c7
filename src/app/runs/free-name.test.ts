import fc from 'fast-check';
import { expect, it } from 'vitest';
import { freeName } from './free-name';

it('is as wished where nobody has it, else the first number that is free', () => {
  expect(freeName('Balance', ['Swing'])).toBe('Balance');
  expect(freeName('Balance', ['Balance', 'Balance 2'])).toBe('Balance 3');
  expect(freeName('Balance 2', ['Balance', 'Balance 2'])).toBe('Balance 3');
});

it('is nobody’s, whatever is taken and wished', () => {
  const name = fc.constantFrom('Balance', 'Balance 2', 'Balance 3', '2', ' 2', 'My run 10', '');
  fc.assert(
    fc.property(name, fc.array(name), (wished, taken) => {
      expect(taken).not.toContain(freeName(wished, taken));
    }),
  );
});
