import { combineLatest, distinctUntilChanged, map, type Observable, of } from 'rxjs';
import type { PersonInput } from '../../contract';

export const noInput: PersonInput = { horizontal: 0, vertical: 0, primary: false };

/** All of a person's devices as one: the device that points furthest to a side wins. */
export function personInput$(devices: readonly Observable<PersonInput>[]): Observable<PersonInput> {
  if (devices.length === 0) return of(noInput);
  const furthest = (values: readonly number[]) =>
    values.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return combineLatest(devices).pipe(
    map((inputs) => ({
      horizontal: furthest(inputs.map((input) => input.horizontal)),
      vertical: furthest(inputs.map((input) => input.vertical)),
      primary: inputs.some((input) => input.primary),
    })),
    distinctUntilChanged(sameInput),
  );
}

export function sameInput(a: PersonInput, b: PersonInput): boolean {
  return a.horizontal === b.horizontal && a.vertical === b.vertical && a.primary === b.primary;
}
