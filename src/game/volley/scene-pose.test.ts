import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { volleyState, volleyStateSize } from './court';
import { RallyPose } from './scene-pose';
import { volley } from './simulation';

/** A serve from a seed. */
function serve(seed: number): Float64Array {
  const state = new Float64Array(volleyStateSize);
  volley.reset(state, SeededRandom.fromSeed(seed));
  return state;
}

/** The end of a rally in which nobody moves, and the state before it. */
function rallyEnd(seed: number) {
  const state = serve(seed);
  const before = state.slice();
  const terms = new Float64Array(2 * volley.rewardTerms.length);
  for (let tick = 0; tick < volley.timeLimitTicks; tick++) {
    before.set(state);
    if (volley.step(state, Float32Array.of(1, 0, 1, 0), terms)) return { before, state };
  }
  throw new Error('Nobody won.');
}

const at = (state: Float64Array, elapsedMs: number, calm = false) => ({
  state,
  previousState: state,
  blend: 1,
  elapsedMs,
  calm,
});
const ball = (state: Float64Array) => [state[volleyState.ballX], state[volleyState.ballY]];

describe('what is drawn of a rally', () => {
  it('lies between the last two ticks', () => {
    const { before, state } = rallyEnd(1);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (blend) => {
        const pose = new RallyPose();
        pose.take({ state, previousState: before, blend, elapsedMs: 16, calm: false });
        for (const i of [volleyState.ballX, volleyState.ballY]) {
          expect(pose.drawn[i]).toBeCloseTo(before[i]! + blend * (state[i]! - before[i]!), 12);
        }
      }),
    );
  });

  it('stays with the end of a rally while its point is shown, whatever the states do', () => {
    const { state } = rallyEnd(1);
    const pose = new RallyPose();
    pose.hold(state);
    const places = () => volleyState.players.map((first) => pose.drawn[first]);
    const before = places();
    pose.take(at(serve(2), 16));
    expect(pose.isHeld).toBe(true);
    expect(places()).toEqual(before);
    expect(pose.drawn[volleyState.winner]).toBe(state[volleyState.winner]);
  });

  it('stays with what was drawn last, where the states are the next rally’s already', () => {
    const { state } = rallyEnd(1);
    const pose = new RallyPose();
    pose.take(at(state, 16));
    const last = ball(pose.drawn);
    pose.hold(serve(2));
    expect(ball(pose.drawn)).toEqual(last);
  });

  it('glides from there to the next serve, ever nearer, and is there in the end; at once where less motion is wanted', () => {
    const { state } = rallyEnd(1);
    const next = serve(2);
    const glide = (calm: boolean) => {
      const pose = new RallyPose();
      pose.hold(state);
      pose.letGo(next);
      return Array.from({ length: 120 }, () => {
        pose.take(at(next, 16, calm));
        return Math.abs(pose.drawn[volleyState.ballX]! - next[volleyState.ballX]!);
      });
    };
    const distances = glide(false);
    expect(distances[0]).toBeGreaterThan(0.1);
    for (let i = 1; i < distances.length; i++) expect(distances[i]).toBeLessThanOrEqual(distances[i - 1]!);
    expect(distances.at(-1)).toBe(0);
    expect(glide(true)[0]).toBe(0);
  });

  it('is where it is, with no glide, once another arena is in focus', () => {
    const { state } = rallyEnd(1);
    const next = serve(2);
    const pose = new RallyPose();
    pose.hold(state);
    pose.letGo(next);
    pose.settle();
    pose.take(at(next, 16));
    expect(pose.drawn).toEqual(next);
  });
});
