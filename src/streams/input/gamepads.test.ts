import { describe, expect, it } from 'vitest';
import { connectedPads, type Pad, PadButtons, PadSeats, padInput } from './gamepads';
import { noInput } from './person-input';

const pad = (index: number, horizontal = 0, more: Partial<Pad> = {}, held: readonly number[] = []): Pad => ({
  index,
  connected: true,
  mapping: 'standard',
  axes: [horizontal, 0],
  buttons: Array.from({ length: 17 }, (_, button) => ({ pressed: held.includes(button) })),
  ...more,
});

describe('one gamepad', () => {
  it('ignores a stick near its middle and prefers the cross', () => {
    expect(padInput(pad(0, 0.1))).toEqual(noInput);
    expect(padInput(pad(0, 0.5)).horizontal).toBe(0.5);
    expect(padInput(pad(0, 0.5, {}, [14])).horizontal).toBe(-1);
    expect(padInput(pad(0, 0, { axes: [0, -1] })).vertical).toBe(1);
  });

  it('of a mapping that nobody knows has a stick and a button, and no cross', () => {
    expect(padInput(pad(0, 0.5, { mapping: '' }, [14])).horizontal).toBe(0.5);
    expect(padInput(pad(0, 0, { mapping: '' }, [0])).primary).toBe(true);
  });
});

describe('a person alone', () => {
  it('plays with whichever gamepad is moved, also beside one that never moves', () => {
    const seats = new PadSeats();
    expect(seats.read([pad(0), pad(1, -1)], false).inputs).toEqual([{ ...noInput, horizontal: -1 }, noInput]);
  });

  it('misses the gamepad that they used, and no other', () => {
    const seats = new PadSeats();
    expect(seats.read([pad(0), pad(1)], false).isMissing).toBe(false);
    expect(seats.read([pad(1)], false).isMissing).toBe(false);
    seats.read([pad(0), pad(1, 1)], false);
    expect(seats.read([pad(1)], false).isMissing).toBe(false);
    expect(seats.read([pad(0)], false).isMissing).toBe(true);
    // Another one will do.
    expect(seats.read([pad(0, 1)], false).isMissing).toBe(false);
  });
});

describe('two people', () => {
  it('keep the gamepads that they began with when one dies, and miss it', () => {
    const seats = new PadSeats();
    const both = seats.read([pad(0, 1), pad(1, -1)], true);
    expect(both.inputs.map(({ horizontal }) => horizontal)).toEqual([1, -1]);
    const left = seats.read([null, pad(1, -1)], true);
    expect(left).toEqual({ inputs: [noInput, { ...noInput, horizontal: -1 }], isMissing: true });
    const back = seats.read([pad(0, 0.5), pad(1, -1)], true);
    expect(back.inputs.map(({ horizontal }) => horizontal)).toEqual([0.5, -1]);
    expect(back.isMissing).toBe(false);
  });

  it('begin anew with another match', () => {
    const seats = new PadSeats();
    seats.read([pad(0), pad(1)], true);
    seats.read([null, pad(1)], false);
    const { inputs, isMissing } = seats.read([null, pad(1, 1)], true);
    expect(inputs[0].horizontal).toBe(1);
    expect(isMissing).toBe(false);
  });

  it('play by keys while there is no gamepad, and take one up in mid-match', () => {
    const seats = new PadSeats();
    expect(seats.read([], true)).toEqual({ inputs: [noInput, noInput], isMissing: false });
    expect(seats.read([pad(2, 1)], true).inputs[0].horizontal).toBe(1);
  });
});

it('tells of Start and Back once each time they go down', () => {
  const buttons = new PadButtons();
  expect(buttons.read([pad(0, 0, {}, [9])])).toEqual(['start']);
  expect(buttons.read([pad(0, 0, {}, [9])])).toEqual([]);
  expect(buttons.read([pad(0, 0, {}, [9, 8])])).toEqual(['back']);
  expect(buttons.read([pad(0)])).toEqual([]);
  expect(buttons.read([pad(0, 0, { mapping: '' }, [9])])).toEqual([]);
});

it('takes a browser that has none, or refuses to list them, for one without gamepads', () => {
  const refusing = {
    getGamepads: () => {
      throw new DOMException('Forbidden', 'SecurityError');
    },
  };
  expect(connectedPads(refusing as unknown as Navigator)).toEqual([]);
  expect(connectedPads({} as Navigator)).toEqual([]);
});
