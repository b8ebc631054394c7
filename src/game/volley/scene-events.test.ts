import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { playerState, volleyState } from './court';
import { noEvents, type RallyEvents, readEvents } from './scene-events';
import { volley } from './simulation';
import { volleyActions } from './view';

const { run, jump } = volleyActions;

/** The start of a rally, with some of its numbers put elsewhere. */
function stateWith(changes: Readonly<Record<number, number>>): Float64Array {
  const state = new Float64Array(volley.stateSize);
  volley.reset(state, SeededRandom.fromSeed(1));
  for (const [component, value] of Object.entries(changes)) state[Number(component)] = value;
  return state;
}

/** Plays ticks of which both seats do the same, and reads what happened from before to after. */
function playedFrom(state: Float64Array, ticks: number, action: readonly [number, number]): RallyEvents {
  const before = state.slice();
  const actions = Float32Array.from([...action, ...action]);
  const terms = new Float64Array(2 * volley.rewardTerms.length);
  for (let tick = 0; tick < ticks; tick++) volley.step(state, actions, terms);
  const events = noEvents();
  readEvents(before, state, events);
  return events;
}

const still = [run.stay, jump.stand] as const;
const player = (seat: number, component: keyof typeof playerState) =>
  volleyState.players[seat]! + playerState[component];

/** The serve is over. */
const inPlay = { [volleyState.serveTicks]: 0 };

describe('readEvents', () => {
  it('finds nothing while the ball hangs at the serve', () => {
    expect(playedFrom(stateWith({}), 3, still)).toEqual(noEvents());
  });

  it('finds both players’ jumps, and later their landings', () => {
    const state = stateWith({});
    const jumped = playedFrom(state, 2, [run.stay, jump.jump]);
    expect(Math.min(...jumped.jumps)).toBeGreaterThan(3);
    expect(jumped.landings).toEqual([0, 0]);
    let landed = noEvents();
    for (let tick = 0; tick < 120 && landed.landings[0] === 0; tick++) landed = playedFrom(state, 1, still);
    expect(Math.min(...landed.landings)).toBeGreaterThan(3);
    expect(landed.jumps).toEqual([0, 0]);
  });

  it.each([0, 1])('finds seat %i’s touch once, with the speed it gives the ball', (seat) => {
    const state = stateWith({
      ...inPlay,
      [volleyState.ballX]: 0,
      [volleyState.ballY]: 2,
      [volleyState.ballVelocityY]: -6,
    });
    state[volleyState.ballX] = state[player(seat, 'x')]!;
    let touches = 0;
    for (let frame = 0; frame < 12; frame++) {
      const events = playedFrom(state, 2, still);
      if (events.touch < 0) continue;
      touches++;
      expect(events.touch).toBe(seat);
      expect(events.touchSpeed).toBeGreaterThan(4);
      // A touch is no bounce as well.
      expect(events.bounce).toBe('none');
    }
    expect(touches).toBe(1);
  });

  it('tells a bounce from the wall from one from the net', () => {
    const at = (x: number, velocityX: number) =>
      stateWith({
        ...inPlay,
        [volleyState.ballX]: x,
        [volleyState.ballY]: 1.4,
        [volleyState.ballVelocityX]: velocityX,
        [volleyState.ballVelocityY]: 2,
      });
    expect(playedFrom(at(4.6, 7), 2, still).bounce).toBe('wall');
    expect(playedFrom(at(-4.6, -7), 2, still).bounce).toBe('wall');
    expect(playedFrom(at(-0.45, 7), 2, still).bounce).toBe('net');
    // Away from both, and at the top of its flight, the ball turns without a bounce.
    expect(playedFrom(at(1.2, -2), 12, still).bounce).toBe('none');
  });

  it('finds the ball that falls onto the net’s top', () => {
    const state = stateWith({
      ...inPlay,
      [volleyState.ballX]: 0.05,
      [volleyState.ballY]: 2.4,
      [volleyState.ballVelocityY]: -5,
    });
    expect(playedFrom(state, 3, still).bounce).toBe('net');
  });
});
