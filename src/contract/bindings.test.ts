import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Bindings,
  bindingPlaces,
  bindingsFrom,
  changedBindings,
  isFreeKey,
  rebound,
  usualBindings,
} from './bindings';

const codes = fc.constantFrom(
  'KeyA',
  'KeyD',
  'KeyI',
  'ArrowLeft',
  'Digit7',
  'ShiftLeft',
  'Escape',
  'F5',
  '',
  'Tab',
);
const places = fc.constantFrom(...bindingPlaces);

function expectSound(bindings: Bindings): void {
  const all = bindingPlaces.flatMap((place) => bindings[place]);
  expect(bindingPlaces.every((place) => bindings[place].length > 0)).toBe(true);
  expect(new Set(all).size).toBe(all.length);
  expect(all.every(isFreeKey)).toBe(true);
}

it('whatever was kept, every place has a key that may play, and no key two places', () => {
  const names = fc.oneof(places, fc.constantFrom('jump', '__proto__', 'toString'));
  fc.assert(
    fc.property(fc.dictionary(names, fc.array(codes, { maxLength: 3 })), (kept) => {
      expectSound(bindingsFrom(kept));
    }),
  );
});

it('so it stays whatever keys are pressed for whatever places, and what is kept comes back', () => {
  const presses = fc.array(fc.record({ place: places, code: codes }), { maxLength: 12 });
  fc.assert(
    fc.property(presses, (pressed) => {
      let bindings = usualBindings;
      for (const { place, code } of pressed) {
        const next = rebound(bindings, { place, index: 0 }, code);
        if (!('refused' in next)) bindings = next;
        expectSound(bindings);
      }
      expect(bindingsFrom(changedBindings(bindings))).toEqual(bindings);
    }),
  );
});

it('refuses a key that does something already, and says what; the same key again changes nothing', () => {
  const left = { place: 'first.left', index: 0 } as const;
  expect(rebound(usualBindings, left, 'ArrowUp')).toEqual({ refused: 'taken', by: 'second.up' });
  expect(rebound(usualBindings, left, 'Escape')).toEqual({ refused: 'notFree' });
  expect(rebound(usualBindings, left, 'KeyA')).toBe(usualBindings);
  expect(changedBindings(usualBindings)).toEqual({});
});
