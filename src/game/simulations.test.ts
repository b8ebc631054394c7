import { expect, it } from 'vitest';
import { games } from './engine/registry';
import { simulations } from './simulations';

it('are those of the registered games', () => {
  expect(simulations).toEqual(games.map(({ simulation }) => simulation));
});
