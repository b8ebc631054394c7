import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { checkEnvironment } from '../engine/check-environment';
import { goldenTrajectory } from '../engine/golden-trajectory';
import { court, playerState, seats, volleyState, volleyStateSize } from './court';
import {
  ballFarthest,
  contactDistance,
  jumpHeight,
  motion,
  netContactDistance,
  playerFarthest,
  playerNearest,
} from './motion';
import { volley } from './simulation';
import { volleyActions, volleyObservation } from './view';

const { run, jump } = volleyActions;
const termNames = volley.rewardTerms.map(({ name }) => name);
const observationSize = volley.observationSpace.size;
const still: Actions = [run.stay, jump.stand, run.stay, jump.stand];
type Actions = readonly [number, number, number, number];

/** A rally whose ball has just begun to fall, with the players far from it. */
function falling(ball: Partial<Record<'x' | 'y' | 'vx' | 'vy' | 'spin' | 'pace', number>>): Float64Array {
  const state = new Float64Array(volleyStateSize);
  volley.reset(state, SeededRandom.fromSeed(1));
  state[volleyState.serveTicks] = 0;
  state[volleyState.players[0] + playerState.x] = -playerFarthest;
  state[volleyState.players[1] + playerState.x] = playerFarthest;
  state[volleyState.ballX] = ball.x ?? -2;
  state[volleyState.ballY] = ball.y ?? 4;
  state[volleyState.ballVelocityX] = ball.vx ?? 0;
  state[volleyState.ballVelocityY] = ball.vy ?? 0;
  state[volleyState.ballSpin] = ball.spin ?? 0;
  state[volleyState.pace] = ball.pace ?? 1;
  return state;
}

/** Speed that gravity adds in a tick at pace 1: 14 / 60. */
const fallPerTick = motion.ballGravity / 60;

function step(state: Float64Array, actions: Actions = still) {
  const terms = new Float64Array(2 * termNames.length);
  const terminated = volley.step(state, Float32Array.from(actions), terms);
  const paid = (name: string): number[] => {
    const term = termNames.indexOf(name);
    return [terms[term]!, terms[termNames.length + term]!];
  };
  return { terminated, terms, paid };
}

/** The same court in a mirror that stands at the net: the players swap, and what points right points left. */
function mirrored(state: Float64Array): Float64Array {
  const mirror = state.slice();
  for (const seat of [0, 1] as const) {
    const from = volleyState.players[1 - seat]!;
    const to = volleyState.players[seat];
    for (let i = 0; i < 4; i++) mirror[to + i] = state[from + i]!;
    mirror[to + playerState.x] = -state[from + playerState.x]!;
    mirror[to + playerState.velocityX] = -state[from + playerState.velocityX]!;
    mirror[volleyState.touches[seat]] = state[volleyState.touches[1 - seat]!]!;
  }
  for (const i of [
    volleyState.ballX,
    volleyState.ballVelocityX,
    volleyState.ballSpin,
    volleyState.ballAngle,
  ]) {
    mirror[i] = -state[i]!;
  }
  for (const i of [volleyState.lastTouch, volleyState.winner]) {
    mirror[i] = state[i]! < 0 ? state[i]! : 1 - state[i]!;
  }
  return mirror;
}

/** Equal numbers, 0 and −0 being the same. */
function expectSame(actual: Float64Array | Float32Array, expected: Float64Array | Float32Array): void {
  expect(Array.from(actual, (value) => value + 0)).toEqual(Array.from(expected, (value) => value + 0));
}

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const playerAnywhere = fc.tuple(
  between(playerNearest, playerFarthest),
  fc.oneof(fc.constant(court.playerRadius), between(court.playerRadius, court.playerRadius + jumpHeight)),
  between(-motion.runSpeed, motion.runSpeed),
  between(-motion.jumpSpeed, motion.jumpSpeed),
);
const anyActions = fc.tuple(fc.nat(2), fc.nat(1), fc.nat(2), fc.nat(1));

/** States with the ball anywhere near players, net and walls, as often as not touching one of them. */
const anyState = fc
  .record({
    left: playerAnywhere,
    right: playerAnywhere,
    ball: fc.tuple(
      fc.oneof(between(-ballFarthest, ballFarthest), between(-0.5, 0.5)),
      between(court.ballRadius, 4),
    ),
    besideLeft: fc.option(fc.tuple(between(-contactDistance, contactDistance), between(0, contactDistance))),
    velocity: fc.tuple(between(-13, 13), between(-13, 13)),
    spin: between(-motion.spinLimit, motion.spinLimit),
    pace: between(1, motion.highestPace),
    serveTicks: fc.oneof(fc.constant(0), fc.nat(motion.serveTicks)),
    touches: fc.tuple(fc.nat(3), fc.nat(3)),
    sinceTouch: fc.nat(20),
    lastTouch: fc.integer({ min: -1, max: 1 }),
  })
  .map((drawn) => {
    const state = new Float64Array(volleyStateSize);
    state.set([-drawn.left[0], ...drawn.left.slice(1)], volleyState.players[0]);
    state.set(drawn.right, volleyState.players[1]);
    const [aside, above] = drawn.besideLeft ?? [0, 0];
    state[volleyState.ballX] = drawn.besideLeft === null ? drawn.ball[0] : aside - drawn.left[0];
    state[volleyState.ballY] = drawn.besideLeft === null ? drawn.ball[1] : above + drawn.left[1];
    state[volleyState.ballVelocityX] = drawn.velocity[0];
    state[volleyState.ballVelocityY] = drawn.velocity[1];
    state[volleyState.ballSpin] = drawn.spin;
    state[volleyState.pace] = drawn.pace;
    state[volleyState.serveTicks] = drawn.serveTicks;
    state.set(drawn.touches, volleyState.touches[0]);
    state[volleyState.ticksSinceTouch] = drawn.sinceTouch;
    state[volleyState.lastTouch] = drawn.lastTouch;
    state[volleyState.winner] = -1;
    return state;
  });

/** Low balls beside the net, players near them or about to be; nothing overlaps the net. */
const besideNet = fc
  .record({
    left: playerAnywhere,
    right: playerAnywhere,
    near: fc.boolean(),
    side: fc.constantFrom(-1, 1),
    x: between(netContactDistance, 1.5),
    y: between(court.ballRadius + 0.01, court.netHeight + netContactDistance),
    velocity: fc.tuple(between(-12, 12), between(-12, 12)),
    spin: between(-motion.spinLimit, motion.spinLimit),
    pace: between(1, motion.highestPace),
  })
  .map(({ left, right, near, side, x, y, velocity, spin, pace }) => {
    const state = falling({ x: side * x, y, vx: velocity[0], vy: velocity[1], spin, pace });
    const distance = (drawn: number) => (near ? playerNearest + drawn / 4 : drawn);
    state.set([-distance(left[0]), ...left.slice(1)], volleyState.players[0]);
    state.set([distance(right[0]), ...right.slice(1)], volleyState.players[1]);
    return state;
  });

const pressedThrough = [
  [
    -1.908, 0.55, 3.462, 0, 3, 0.55, 0, 0, -0.77, 1.494, 2.806, -2.702, -4.913, 0, 1.571, 0, 0, 0, 8, -1, 0,
    -1,
  ],
  [
    -1.843, 0.55, 2.983, 0, 3, 0.55, 0, 0, -0.88, 1.375, 2.602, -6.473, 0.955, 0, 1.127, 0, 0, 0, 8, -1, 0,
    -1,
  ],
];

/** Plays rallies under actions that are drawn anew every few ticks, and looks at the states around each tick. */
function playAtRandom(
  seed: number,
  ticks: number,
  look: (state: Float64Array, before: Float64Array, ended: boolean) => void,
): void {
  const random = SeededRandom.fromSeed(seed);
  const state = new Float64Array(volleyStateSize);
  const before = state.slice();
  const actions = new Float32Array(4);
  const terms = new Float64Array(2 * termNames.length);
  volley.reset(state, random);
  for (let tick = 0; tick < ticks; tick++) {
    if (tick % 4 === 0) {
      for (let seat = 0; seat < 2; seat++) {
        // Mostly after the ball, or rallies would hardly begin.
        const player = volleyState.players[seat]!;
        const ahead = (state[volleyState.ballX]! - state[player]!) * (seat === seats.left ? 1 : -1);
        const follows = random.uniform() < 0.7;
        actions[2 * seat] = follows ? (ahead > 0.2 ? run.forward : run.back) : random.below(3);
        actions[2 * seat + 1] = random.uniform() < 0.3 ? jump.jump : jump.stand;
      }
    }
    before.set(state);
    const ended = volley.step(state, actions, terms);
    look(state, before, ended);
    if (ended) volley.reset(state, random);
  }
}

describe('Volley', () => {
  it('keeps to the contract of environments', () => {
    expect(checkEnvironment(volley)).toEqual([]);
  });

  it('gives the mirrored next state and swapped rewards for the mirrored state and swapped actions, to the bit', () => {
    let touched = 0;
    fc.assert(
      fc.property(anyState, anyActions, (state, [a, b, c, d]) => {
        const mirror = mirrored(state);
        const seen = step(state, [a, b, c, d]);
        const reflected = step(mirror, [c, d, a, b]);
        expectSame(mirror, mirrored(state));
        expect(reflected.terminated).toBe(seen.terminated);
        for (const name of termNames) expect(reflected.paid(name)).toEqual(seen.paid(name).reverse());
        touched += seen.paid('touch')[0]! + seen.paid('touch')[1]!;
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(touched).toBeGreaterThan(300);
  });

  it('stays mirrored to the bit over whole rallies', () => {
    const random = SeededRandom.fromSeed(7);
    for (let rally = 0; rally < 30; rally++) {
      const state = new Float64Array(volleyStateSize);
      volley.reset(state, random);
      const mirror = mirrored(state);
      for (let tick = 0; tick < 600; tick++) {
        const [a, b, c, d] = [random.below(3), random.below(2), random.below(3), random.below(2)];
        const { terminated } = step(state, [a, b, c, d]);
        expect(step(mirror, [c, d, a, b]).terminated).toBe(terminated);
        if (terminated) break;
      }
      expectSame(mirror, mirrored(state));
    }
  });

  it('shows each seat what the other would see in the mirror', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const seen = new Float32Array(2 * observationSize);
        const reflected = seen.slice();
        volley.observe(state, seen);
        volley.observe(mirrored(state), reflected);
        expectSame(reflected.subarray(0, observationSize), seen.subarray(observationSize));
        expectSame(reflected.subarray(observationSize), seen.subarray(0, observationSize));
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it('keeps every observation within its bounds, and most near ±1, in long play', () => {
    const { low, high, names } = volley.observationSpace;
    const least = low.map(() => Number.POSITIVE_INFINITY);
    const most = low.map(() => Number.NEGATIVE_INFINITY);
    const seen = new Float32Array(2 * observationSize);
    playAtRandom(3, 200_000, (state) => {
      volley.observe(state, seen);
      seen.forEach((value, i) => {
        const component = i % observationSize;
        least[component] = Math.min(least[component]!, value);
        most[component] = Math.max(most[component]!, value);
      });
    });
    const outside = names.filter(
      (_, i) => least[i]! < Math.fround(low[i]!) || most[i]! > Math.fround(high[i]!),
    );
    expect(outside).toEqual([]);
    // Nothing is scaled so that it is lost.
    expect(names.filter((_, i) => Math.max(-least[i]!, most[i]!) < 0.3)).toEqual([]);
  });

  it('moves the ball less than its radius a tick and leaves it outside walls, floor and net', () => {
    let fastest = 0;
    playAtRandom(4, 100_000, (state, before) => {
      const x = state[volleyState.ballX]!;
      const y = state[volleyState.ballY]!;
      const speed = Math.hypot(state[volleyState.ballVelocityX]!, state[volleyState.ballVelocityY]!);
      fastest = Math.max(fastest, speed);
      expect(Math.abs(x)).toBeLessThanOrEqual(ballFarthest);
      expect(y).toBeGreaterThanOrEqual(court.ballRadius);
      // Beside the net it keeps clear of it, on the side where it was.
      const side = before[volleyState.ballX]! < 0 ? -1 : 1;
      const clear = y < court.netHeight ? side * x - court.netRadius - court.ballRadius : 0;
      expect(clear).toBeGreaterThan(-1e-9);
    });
    expect(fastest).toBeGreaterThan(10);
    expect((motion.ballSpeedLimit * motion.highestPace) / 60).toBeLessThan(court.ballRadius);
  });

  it('lets the ball cross the net only over its top, however players press it there', () => {
    let crossings = 0;
    let pressed = 0;
    fc.assert(
      fc.property(besideNet, fc.array(anyActions, { minLength: 1, maxLength: 10 }), (start, actions) => {
        const state = start.slice();
        for (let tick = 0; tick < 4 * actions.length; tick++) {
          const [fromX, fromY] = [state[volleyState.ballX]!, state[volleyState.ballY]!];
          const { terminated, paid } = step(state, actions[tick >> 2]);
          const [x, y] = [state[volleyState.ballX]!, state[volleyState.ballY]!];
          const crosses = fromX * x < 0;
          if (crosses) crossings++;
          const height = crosses ? fromY + ((y - fromY) * fromX) / (fromX - x) : Number.POSITIVE_INFINITY;
          expect(height).toBeGreaterThan(court.netHeight + netContactDistance - 1e-9);
          const above = Math.max(0, y - court.netHeight);
          expect(Math.hypot(x, above)).toBeGreaterThan(netContactDistance - 1e-9);
          if (Math.abs(x) < netContactDistance + 1e-9) pressed += paid('touch')[0]! + paid('touch')[1]!;
          if (terminated) break;
        }
      }),
      {
        numRuns: 3000,
        seed: 3,
        // Balls that came out on the other side where a player pressed them against the net.
        examples: pressedThrough.map((state): [Float64Array, [number, number, number, number][]] => [
          Float64Array.from(state),
          Array.from({ length: 10 }, () => [run.forward, jump.stand, run.stay, jump.stand]),
        ]),
      },
    );
    expect(crossings).toBeGreaterThan(100);
    expect(pressed).toBeGreaterThan(100);
  });

  it('stays mirrored to the bit where players press the ball against the net', () => {
    fc.assert(
      fc.property(besideNet, fc.array(anyActions, { minLength: 1, maxLength: 10 }), (start, actions) => {
        const state = start.slice();
        const mirror = mirrored(state);
        for (let tick = 0; tick < 4 * actions.length; tick++) {
          const [a, b, c, d] = actions[tick >> 2]!;
          const { terminated } = step(state, [a, b, c, d]);
          expect(step(mirror, [c, d, a, b]).terminated).toBe(terminated);
          expectSame(mirror, mirrored(state));
          if (terminated) break;
        }
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it('serves from either side alike, hanging for 40 ticks in nobody’s reach', () => {
    const random = SeededRandom.fromSeed(5);
    const state = new Float64Array(volleyStateSize);
    let left = 0;
    let distances = 0;
    for (let rally = 0; rally < 2000; rally++) {
      volley.reset(state, random);
      const x = state[volleyState.ballX]!;
      if (x < 0) left++;
      distances += Math.abs(x);
      expect(Math.abs(Math.abs(x) - motion.serveDistance)).toBeLessThanOrEqual(motion.serveSpread);
    }
    // Standard deviations: of the share 0.5 / √2000 = 0.011; of the mean 0.35 / √3 / √2000 = 0.0045.
    expect(left / 2000).toBeCloseTo(0.5, 1);
    expect(distances / 2000).toBeCloseTo(motion.serveDistance, 1);

    const height = state[volleyState.ballY]!;
    for (let tick = 0; tick < 40; tick++) step(state, [run.stay, jump.jump, run.stay, jump.jump]);
    expect(state[volleyState.ballY]).toBe(height);
    expect(state[volleyState.serveTicks]).toBe(0);
    step(state);
    expect(state[volleyState.ballY]).toBeLessThan(height);
    expect(height).toBeGreaterThan(court.playerRadius + jumpHeight + contactDistance);
  });

  it('throws a ball back that falls on a player, as worked by hand', () => {
    // The ball comes at 10 m/s straight down and meets the player along (0.6, 0.8).
    const state = falling({ y: 2, vy: -10 + fallPerTick });
    const player = volleyState.players[0];
    const distance = contactDistance - 1e-9;
    state[player + playerState.x] = -2 - 0.6 * distance;
    // In the air, and at rest once the tick is over: a standing player would be too low for these round numbers.
    state[player + playerState.y] = 2 - 10 / 60 - 0.8 * distance - motion.playerGravity / 2 / 60 / 60;
    state[player + playerState.velocityY] = motion.playerGravity / 60;
    const { paid } = step(state);
    // They meet at 10 · 0.8 = 8 along the normal: thrown 4.8 + 1.4 · 8 = 16.
    // The tangent is (−0.8, 0.6); they rub at −10 · 0.6 = −6, a fifth of which goes: +1.2 along it.
    // v = (0, −10) + 16 (0.6, 0.8) + 1.2 (−0.8, 0.6) = (8.64, 3.52); spin −1.2 / (0.5 · 0.32) = −7.5.
    expect(state[volleyState.ballVelocityX]).toBeCloseTo(8.64, 6);
    expect(state[volleyState.ballVelocityY]).toBeCloseTo(3.52, 6);
    expect(state[volleyState.ballSpin]).toBeCloseTo(-7.5, 6);
    expect(state[volleyState.touches[0]]).toBe(1);
    expect(state[volleyState.lastTouch]).toBe(seats.left);
    expect(paid('touch')).toEqual([1, 0]);
  });

  it('bounces the ball off a wall with spin from rubbing along it, as worked by hand', () => {
    const state = falling({ x: ballFarthest - 0.01, y: 3, vx: 10, vy: -3 + fallPerTick });
    step(state);
    // 0.8 of 10 comes back. It rubs at 3 downward, 0.15 of which goes: v = −3 + 0.45; spin 0.45 / 0.16 = 2.8125.
    expect(state[volleyState.ballX]).toBe(ballFarthest);
    expect(state[volleyState.ballVelocityX]).toBeCloseTo(-8, 12);
    expect(state[volleyState.ballVelocityY]).toBeCloseTo(-2.55, 12);
    expect(state[volleyState.ballSpin]).toBeCloseTo(2.8125, 12);
  });

  it('bounces the ball off the net’s side and off its round top', () => {
    const side = falling({ x: -0.45, y: 1, vx: 6, vy: fallPerTick });
    step(side);
    // Half of 6 comes back, and the ball touches the net: 0.07 + 0.32 from its middle.
    expect(side[volleyState.ballVelocityX]).toBeCloseTo(-3, 12);
    expect(side[volleyState.ballX]).toBeCloseTo(-0.39, 12);

    const top = falling({ x: -0.05, y: court.netHeight + 0.42, vy: -5 });
    step(top);
    expect(top[volleyState.ballVelocityY]).toBeGreaterThan(2);
    expect(top[volleyState.ballVelocityX]).toBeLessThan(0);
  });

  it('bends the flight by spin: backspin carries, topspin drops', () => {
    const heightAfter = (spin: number) => {
      const state = falling({ x: -4, y: 3, vx: 6, vy: 2, spin });
      for (let tick = 0; tick < 30; tick++) step(state);
      return state[volleyState.ballY]!;
    };
    expect(heightAfter(10)).toBeGreaterThan(heightAfter(0) + 0.05);
    expect(heightAfter(-10)).toBeLessThan(heightAfter(0) - 0.05);
  });

  it('lets the ball live 4 % faster with every crossing, on the path it would have flown', () => {
    const crossing = falling({ x: -0.01, y: 3, vx: 5, vy: fallPerTick, spin: 0 });
    crossing[volleyState.touches[0]] = 2;
    crossing[volleyState.lastTouch] = seats.left;
    const { paid } = step(crossing);
    expect(paid('crossing')).toEqual([1, 0]);
    expect(crossing[volleyState.crossings]).toBe(1);
    expect(crossing[volleyState.touches[0]]).toBe(0);
    expect(crossing[volleyState.pace]).toBe(1.04);
    expect(crossing[volleyState.ballVelocityX]).toBeCloseTo(5.2, 12);

    // Time runs faster by the pace and nothing else changes: 52 ticks at pace 1 are 50 at 1.04.
    const slow = falling({ x: 0.2, y: 4, vx: 2, vy: 3 });
    const fast = falling({ x: 0.2, y: 4, vx: 2 * 1.04, vy: 3 * 1.04, pace: 1.04 });
    for (let tick = 0; tick < 52; tick++) step(slow);
    for (let tick = 0; tick < 50; tick++) step(fast);
    expect(fast[volleyState.ballX]).toBeCloseTo(slow[volleyState.ballX]!, 6);
    expect(Math.abs(fast[volleyState.ballY]! - slow[volleyState.ballY]!)).toBeLessThan(0.01);

    const last = falling({ x: -0.01, y: 3, vx: 5, pace: motion.highestPace });
    step(last);
    expect(last[volleyState.pace]).toBe(motion.highestPace);
  });

  it('ends the rally where the ball comes down, for the other side’s point', () => {
    for (const [x, winner] of [
      [-2, seats.right],
      [2, seats.left],
    ] as const) {
      const state = falling({ x, y: court.ballRadius + 0.01, vy: -3 });
      const { terminated, paid } = step(state);
      expect(terminated).toBe(true);
      expect(state[volleyState.winner]).toBe(winner);
      expect(state[volleyState.ballY]).toBe(court.ballRadius);
      expect(paid('pointWon')).toEqual(winner === seats.left ? [1, 0] : [0, 1]);
      expect(paid('pointLost')).toEqual(winner === seats.left ? [0, 1] : [1, 0]);
    }
  });

  it('counts touches with a gap between them, and gives the point away at the fourth', () => {
    const state = falling({ x: -2, y: 1.5, vy: -5 });
    state[volleyState.players[0] + playerState.x] = -2;
    const counted: number[] = [];
    let ended = false;
    for (let tick = 0; tick < 600 && !ended; tick++) {
      const { terminated, paid } = step(state);
      if (paid('touch')[0] === 1) counted.push(tick);
      ended = terminated;
    }
    // It bounces on the player’s head until the fourth touch.
    expect(ended).toBe(true);
    expect(counted).toHaveLength(4);
    expect(state[volleyState.winner]).toBe(seats.right);

    // A second meeting within the gap is part of the first touch; after it, one more.
    for (const [ticks, touches] of [
      [motion.touchGapTicks - 2, 1],
      [motion.touchGapTicks - 1, 2],
    ] as const) {
      const again = falling({ x: -2, y: 1.43, vy: -5 });
      again[volleyState.players[0] + playerState.x] = -2;
      again[volleyState.touches[0]] = 1;
      again[volleyState.lastTouch] = seats.left;
      again[volleyState.ticksSinceTouch] = ticks;
      step(again);
      expect(again[volleyState.touches[0]]).toBe(touches);
    }
  });

  it('lets a standing player keep the ball up, arcs of more than a second, and send it over by standing behind it', () => {
    const keeping = falling({ x: -2, y: motion.serveHeight });
    keeping[volleyState.players[0] + playerState.x] = -2;
    const touches: number[] = [];
    for (let tick = 0; touches.length < 3; tick++)
      if (step(keeping).paid('touch')[0] === 1) touches.push(tick);
    for (const i of [1, 2]) {
      expect(touches[i]! - touches[i - 1]!).toBeGreaterThan(60);
      expect(touches[i]! - touches[i - 1]!).toBeLessThan(90);
    }

    for (const behind of [0.2, 0.3, 0.4]) {
      const sending = falling({ x: -2.3, y: motion.serveHeight });
      sending[volleyState.players[0] + playerState.x] = -2.3 - behind;
      let landed = false;
      while (!landed) landed = step(sending).terminated;
      expect(sending[volleyState.winner]).toBe(seats.left);
      expect(sending[volleyState.crossings]).toBe(1);
    }
  });

  it('lets a jump meet the ball above the net and hit it harder than a bounce', () => {
    const bounced = falling({ x: -2, y: 1.5, vy: -8 });
    bounced[volleyState.players[0] + playerState.x] = -2.5;
    step(bounced);
    const smashed = falling({ x: -1.5, y: 2.6, vy: -4 });
    const player = volleyState.players[0];
    smashed.set([-2.28, 2.5, motion.runSpeed, 0], player);
    step(smashed, [run.forward, jump.jump, run.stay, jump.stand]);
    const speed = (state: Float64Array) =>
      Math.hypot(state[volleyState.ballVelocityX]!, state[volleyState.ballVelocityY]!);
    expect(smashed[volleyState.touches[0]]).toBe(1);
    expect(speed(smashed)).toBeGreaterThan(1.25 * speed(bounced));
    expect(court.playerRadius + jumpHeight).toBeGreaterThan(court.netHeight);
  });

  it('jumps again on landing while the jump is held, pays each jump, and keeps players on their side', () => {
    const state = falling({ y: 9 });
    let jumps = 0;
    let highest = 0;
    for (let tick = 0; tick < 55; tick++) {
      const { paid } = step(state, [run.forward, jump.jump, run.back, jump.stand]);
      jumps += paid('jump')[0]!;
      expect(paid('jump')[1]).toBe(0);
      expect(paid('rallyLength')).toEqual([1, 1]);
      highest = Math.max(highest, state[volleyState.players[0] + playerState.y]!);
    }
    // Up and down again take 2 · 9.6 / 23 s: 50 ticks.
    expect(jumps).toBe(2);
    // 9.6² / (2 · 23) = 2.0 m, or a little less where no tick falls on the top.
    expect(highest - court.playerRadius).toBeGreaterThan(1.9);
    expect(highest - court.playerRadius).toBeLessThanOrEqual(jumpHeight);
    expect(state[volleyState.players[0] + playerState.x]).toBe(-playerNearest);
    expect(state[volleyState.players[1] + playerState.x]).toBe(playerFarthest);
  });

  it('runs left and right as the court is drawn, whichever the seat', () => {
    const action = new Float32Array(2);
    const press = (horizontal: number, vertical: number, primary: boolean, seat: number) => {
      volley.personAction({ horizontal, vertical, primary }, 0, action, seat);
      return [...action];
    };
    expect(press(1, 0, false, seats.left)).toEqual([run.forward, jump.stand]);
    expect(press(-1, 1, false, seats.left)).toEqual([run.back, jump.jump]);
    expect(press(1, 0, true, seats.right)).toEqual([run.back, jump.jump]);
    expect(press(-1, -1, false, seats.right)).toEqual([run.forward, jump.stand]);
    expect(press(0, 0, false, seats.right)).toEqual([run.stay, jump.stand]);
  });

  it('names an observation for each number that it writes', () => {
    expect(Object.values(volleyObservation)).toEqual(
      volley.observationSpace.names.map((_, component) => component),
    );
  });

  it('reaches the states that its rules always reached', () => {
    // 37 touches and 19 crossings in 49 rallies. Other states are other rules: they want a version of their own.
    const runsAndJumps = (tick: number, agent: number, component: number) =>
      component === 0 ? ((tick >> 4) + agent) % 3 : (tick >> (agent + 2)) & 1;
    const rules = [volley.rulesVersion, goldenTrajectory(volley, runsAndJumps)];
    expect(rules).toEqual([2, '553338fa']);
  });
});
