import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hyperparameterFields } from './hyperparameter-fields';
import { namesNear } from './near-names';

const names = hyperparameterFields.map(({ key }) => key as string);

/** A slip of the pen at a place in a word. */
const slips: Readonly<Record<string, (word: string, at: number) => string>> = {
  leavesOut: (word, at) => word.slice(0, at) + word.slice(at + 1),
  doubles: (word, at) => word.slice(0, at + 1) + word.slice(at),
  exchanges: (word, at) => `${word.slice(0, at)}x${word.slice(at + 1)}`,
  swaps: (word, at) => word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2),
  otherCase: (word, at) => word.slice(0, at) + word[at]!.toUpperCase() + word.slice(at + 1),
};

describe('names that are near', () => {
  it('come first after any one slip', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.constantFrom(...Object.values(slips)),
        (name, n, slip) => {
          expect(namesNear(slip(name, n % name.length), names)[0]).toBe(name);
        },
      ),
    );
  });

  it('are found by a word of them, too', () => {
    expect(namesNear('length', ['from', 'count', 'lengthPx', 'spread', 'meet'])).toEqual(['lengthPx']);
    expect(namesNear('steps', ['every', 'limitSteps'])).toEqual(['limitSteps']);
  });

  it('are none where nothing is', () => {
    expect(namesNear('colour', ['from', 'count', 'lengthPx', 'spread', 'meet'])).toEqual([]);
    expect(namesNear('', names)).toEqual([]);
  });
});
