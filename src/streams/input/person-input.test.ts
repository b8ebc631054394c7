import { of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { PersonInput } from '../../contract';
import { noInput, personInput$ } from './person-input';

describe('personInput$', () => {
  it('follows the device that points furthest', () => {
    const seen: PersonInput[] = [];
    const stick: PersonInput = { horizontal: -0.4, vertical: 0, primary: false };
    const keys: PersonInput = { horizontal: 1, vertical: 0, primary: true };
    personInput$([of(stick), of(keys)]).subscribe((input) => seen.push(input));
    expect(seen).toEqual([keys]);
  });

  it('says nothing is held where there is no device', () => {
    const seen: PersonInput[] = [];
    personInput$([]).subscribe((input) => seen.push(input));
    expect(seen).toEqual([noInput]);
  });
});
