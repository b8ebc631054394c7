import { describe, expect, it } from 'vitest';
import { ourGames } from './our-games';

/** A live game, for as long as somebody looks at its card. */
async function borrow() {
  const { game, giveBack } = await ourGames.cards!.borrow('flap');
  if (game.kind !== 'live') throw new Error('Flap is a live game.');
  return { place: game.visible.element!, giveBack };
}

describe('a live game that is borrowed', () => {
  it('stays as long as one of those has it who asked for it before it came, and goes with the last', async () => {
    const [first, second] = await Promise.all([borrow(), borrow()]);
    expect(second.place).toBe(first.place);
    first.giveBack();
    expect(second.place.isConnected).toBe(true);
    second.giveBack();
    expect(second.place.isConnected).toBe(false);
  });

  it('is nobody else’s to give back, however often one gives it back', async () => {
    const [first, second] = await Promise.all([borrow(), borrow()]);
    first.giveBack();
    first.giveBack();
    expect(second.place.isConnected).toBe(true);
    second.giveBack();
    expect(second.place.isConnected).toBe(false);
  });

  it('is another once it has gone', async () => {
    const first = await borrow();
    first.giveBack();
    const second = await borrow();
    expect(second.place).not.toBe(first.place);
    expect(second.place.isConnected).toBe(true);
    second.giveBack();
  });
});
