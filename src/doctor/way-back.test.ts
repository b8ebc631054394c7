import { expect, it } from 'vitest';
import { WayBack } from './way-back';

it('goes on as then, and half as fast at each further fall from the same policy', () => {
  const way = new WayBack();
  expect([40, 40, 40].map((version) => way.next(version))).toEqual([1, 0.5, 0.25]);
  // A better one was found in between: it has not been fallen from.
  expect([52, 52].map((version) => way.next(version))).toEqual([1, 0.5]);
});
