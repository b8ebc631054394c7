import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { court, playerState, seats, volleyState, volleyStateSize } from './court';
import { motion } from './motion';
import { volleyStyleMeter } from './playing-style';
import { volley } from './simulation';

type Changes = Readonly<Record<number, number>>;

/** A state after another. */
const changed = (before: Float64Array, changes: Changes): Float64Array => {
  const state = before.slice();
  for (const [index, value] of Object.entries(changes)) state[Number(index)] = value;
  return state;
};

/** A serve to one side, with both players where they start. */
function serve(to: 0 | 1): Float64Array {
  const state = new Float64Array(volleyStateSize);
  volley.reset(state, SeededRandom.fromSeed(1));
  return changed(state, { [volleyState.ballX]: to === seats.left ? -2.3 : 2.3, [volleyState.serveTicks]: 0 });
}

/** Shows a meter a rally of the player in `seat`: its states one after the other, the last one ending it. */
function style(seat: 0 | 1, ...rallies: readonly (readonly Float64Array[])[]) {
  const meter = volleyStyleMeter();
  for (const states of rallies) {
    meter.begin(states[0]!, seat);
    for (let i = 1; i < states.length; i++) meter.look(states[i - 1]!, states[i]!, i === states.length - 1);
  }
  return meter.style();
}

const touched = (by: 0 | 1): Changes => ({ [volleyState.lastTouch]: by, [volleyState.ticksSinceTouch]: 0 });
const longAgo: Changes = { [volleyState.ticksSinceTouch]: 20 };
const crossed = (times: number): Changes => ({ [volleyState.crossings]: times });
const wonBy = (winner: 0 | 1): Changes => ({ [volleyState.winner]: winner });

describe('the style of a player of Volley', () => {
  const start = serve(seats.left);
  const hit = changed(start, touched(0));
  const over = changed(hit, { ...longAgo, ...crossed(1) });

  it('has an ace for a serve that the other did not touch, seen from the server alone', () => {
    const ace = [start, hit, over, changed(over, wonBy(0))];
    expect(style(0, ace)).toMatchObject({ rallies: 1, aces: 1, faults: 0 });
    expect(style(1, ace)).toMatchObject({ rallies: 1, aces: 0, faults: 0 });
    const answered = changed(over, touched(1));
    expect(style(0, [start, hit, over, answered, changed(answered, wonBy(0))])['aces']).toBe(0);
  });

  it('has a fault for a serve that was lost before it was over the net', () => {
    const fault = [start, hit, changed(hit, wonBy(1))];
    expect(style(0, fault)).toMatchObject({ aces: 0, faults: 1 });
    expect(style(0, fault, [start, hit, over, changed(over, wonBy(1))])['faults']).toBe(0.5);
  });

  it('has touches for each time that the ball was sent over, and what crosses in a rally', () => {
    const second = changed(changed(hit, longAgo), touched(0));
    const sent = changed(second, { ...longAgo, ...crossed(1) });
    expect(
      style(0, [start, hit, changed(hit, longAgo), second, sent, changed(sent, wonBy(0))]),
    ).toMatchObject({
      touches: 2,
      crossings: 1,
    });
  });

  it('has smashes for touches in the air that send the ball down and over', () => {
    const player = volleyState.players[1];
    const toRight = serve(seats.right);
    const high: Changes = {
      ...touched(1),
      [player + playerState.y]: court.playerRadius + 1,
      [volleyState.ballY]: court.netHeight + 0.5,
    };
    const sentBy = (velocityX: number, velocityY: number) => {
      const smash = changed(toRight, {
        ...high,
        [volleyState.ballVelocityX]: velocityX,
        [volleyState.ballVelocityY]: velocityY,
      });
      return style(1, [toRight, smash, changed(smash, { ...longAgo, ...wonBy(1) })])['smashes'];
    };
    // The player on the right looks to the left.
    expect(sentBy(-8, -3)).toBe(1);
    expect(sentBy(8, -3)).toBe(0);
    expect(sentBy(-8, 3)).toBe(0);
  });

  it('has jumps a second, time at the net and the place where it waits, from either side', () => {
    for (const seat of [seats.left, seats.right] as const) {
      const player = volleyState.players[seat];
      const side = seat === seats.left ? -1 : 1;
      const away = changed(serve(seat === seats.left ? seats.right : seats.left), {
        [player + playerState.x]: side * 3,
      });
      const near = changed(away, { [player + playerState.x]: side * 1 });
      const jumped = changed(near, { [player + playerState.y]: court.playerRadius + 0.1 });
      const seen = style(seat, [away, away, near, jumped, changed(jumped, wonBy(seat))]);
      // Four ticks, one of them a jump's first; two on the ground, at 3 m and 1 m.
      expect(seen['jumps']).toBe(60 / 4);
      expect(seen['atNet']).toBe(0.75);
      expect(seen['home']).toBe(2);
      expect(seen['seconds']).toBeCloseTo(4 * motion.tickSeconds, 2);
    }
  });

  it('is all zeros where nothing was seen', () => {
    expect(new Set(Object.values(volleyStyleMeter().style()))).toEqual(new Set([0]));
  });
});
