import type { PersonInput, RandomSource, Simulation } from '../../contract';
import {
  court,
  mostTouches,
  playerState,
  type Seat,
  seats,
  ticksPerSecond,
  volleyState,
  volleyStateSize,
} from './court';
import { ballFarthest, contactDistance, motion, playerFarthest, playerNearest } from './motion';
import { isClear, netContact } from './net-contact';
import { volleyStyleMeter } from './playing-style';
import { volleyScriptedPlayers } from './scripted-players';
import {
  observationScale,
  volleyActionSize,
  volleyActions,
  volleyObservation,
  volleyObservationSpace,
} from './view';

const observationSize = volleyObservationSpace.size;
/** Indices into a seat's reward terms. */
const terms = { pointWon: 0, pointLost: 1, touch: 2, crossing: 3, rallyLength: 4, jump: 5 } as const;
const termCount = Object.keys(terms).length;

/** Two players, a net, a ball: whoever's floor it touches has lost the rally. One episode is one rally. */
export const volley: Simulation = {
  game: 'volley',
  // 1: a player could press the ball through the net.
  rulesVersion: 2,
  seats: 2,
  winTerm: 'pointWon',
  stateSize: volleyStateSize,
  tickMs: 1000 / ticksPerSecond,
  timeLimitTicks: 30 * ticksPerSecond,
  decisionIntervalTicks: 4,
  observationSpace: volleyObservationSpace,
  actionSpace: {
    kind: 'multiDiscrete',
    counts: [3, 2],
    labels: [
      ['back', 'stay', 'forward'],
      ['stand', 'jump'],
    ],
  },
  rewardTerms: [
    { name: 'pointWon', description: 'Pays 1 for a rally won.', defaultWeight: 1 },
    { name: 'pointLost', description: 'Counts 1 for a rally lost.', defaultWeight: -1 },
    {
      name: 'touch',
      description: 'Pays 1 for every touch of the ball.',
      defaultWeight: 0,
      shaping: true,
    },
    {
      name: 'crossing',
      description: 'Pays 1 for every time one’s touch sends the ball over the net.',
      defaultWeight: 0,
      shaping: true,
    },
    {
      name: 'rallyLength',
      description: 'Pays 1 for every tick that the rally lasts.',
      defaultWeight: 0,
      shaping: true,
    },
    { name: 'jump', description: 'Counts 1 for every jump.', defaultWeight: -0.005, shaping: true },
  ],

  scriptedPlayers: volleyScriptedPlayers,
  styleMeter: volleyStyleMeter,

  reset(state: Float64Array, random: RandomSource): void {
    state.fill(0);
    for (let seat = 0; seat < 2; seat++) {
      const player = volleyState.players[seat]!;
      state[player + playerState.x] = -facing(seat) * motion.playerStart;
      state[player + playerState.y] = court.playerRadius;
    }
    const server = random.uniform() < 0.5 ? seats.left : seats.right;
    const distance = motion.serveDistance + motion.serveSpread * (2 * random.uniform() - 1);
    state[volleyState.ballX] = -facing(server) * distance;
    state[volleyState.ballY] = motion.serveHeight;
    state[volleyState.pace] = 1;
    state[volleyState.serveTicks] = motion.serveTicks;
    state[volleyState.ticksSinceTouch] = motion.touchGapTicks;
    state[volleyState.lastTouch] = -1;
    state[volleyState.winner] = -1;
  },

  serverOf(state: Float64Array): 0 | 1 {
    return state[volleyState.ballX]! < 0 ? seats.left : seats.right;
  },

  step(state: Float64Array, actions: Float32Array, rewardTerms: Float64Array): boolean {
    rewardTerms.fill(0);
    rewardTerms[terms.rallyLength] = 1;
    rewardTerms[termCount + terms.rallyLength] = 1;

    for (let seat = 0; seat < 2; seat++) movePlayer(state, seat, actions, rewardTerms);
    if (state[volleyState.serveTicks]! > 0) {
      state[volleyState.serveTicks] = state[volleyState.serveTicks]! - 1;
      return false;
    }

    const before = state[volleyState.ballX]!;
    const heightBefore = state[volleyState.ballY]!;
    moveBall(state);
    meetPlayers(state, rewardTerms);
    meetWalls(state);
    meetNet(state, before, heightBefore);
    judge(state);
    const winner = state[volleyState.winner]!;
    if (winner >= 0) {
      rewardTerms[winner * termCount + terms.pointWon] = 1;
      rewardTerms[(1 - winner) * termCount + terms.pointLost] = 1;
      return true;
    }

    const after = state[volleyState.ballX]!;
    if (after > 0 && before <= 0) cross(state, seats.left, rewardTerms);
    else if (after < 0 && before >= 0) cross(state, seats.right, rewardTerms);
    return false;
  },

  observe(state: Float64Array, observations: Float32Array): void {
    for (let seat = 0; seat < 2; seat++) {
      const row = seat * observationSize;
      const mirror = facing(seat);
      observePlayer(state, seat, mirror, observations, row + volleyObservation.ownX);
      observePlayer(state, 1 - seat, mirror, observations, row + volleyObservation.otherX);
      observations[row + volleyObservation.ballX] =
        (mirror * state[volleyState.ballX]!) / observationScale.position;
      observations[row + volleyObservation.ballY] = state[volleyState.ballY]! / observationScale.ballHeight;
      observations[row + volleyObservation.ballVelocityX] =
        (mirror * state[volleyState.ballVelocityX]!) / observationScale.ballSpeed;
      observations[row + volleyObservation.ballVelocityY] =
        state[volleyState.ballVelocityY]! / observationScale.ballSpeed;
      observations[row + volleyObservation.ballSpin] =
        (mirror * state[volleyState.ballSpin]!) / observationScale.spin;
      observations[row + volleyObservation.pace] = (state[volleyState.pace]! - 1) / observationScale.pace;
      observations[row + volleyObservation.serveTicks] =
        state[volleyState.serveTicks]! / observationScale.serve;
      observations[row + volleyObservation.ownTouchesLeft] = touchesLeft(state, seat);
      observations[row + volleyObservation.otherTouchesLeft] = touchesLeft(state, 1 - seat);
    }
  },

  /** Left and right as the court is drawn; up or the button jumps. */
  personAction(input: PersonInput, _tick: number, action: Float32Array, seat: number): void {
    const forward = facing(seat) * input.horizontal;
    const { run, jump } = volleyActions;
    action[0] = forward > 0 ? run.forward : forward < 0 ? run.back : run.stay;
    action[1] = input.vertical > 0 || input.primary ? jump.jump : jump.stand;
  },
};

/** The sign of x in which a seat looks at the net. */
function facing(seat: number): number {
  return seat === seats.left ? 1 : -1;
}

function movePlayer(
  state: Float64Array,
  seat: number,
  actions: Float32Array,
  rewardTerms: Float64Array,
): void {
  const player = volleyState.players[seat]!;
  const run = actions[seat * volleyActionSize]!;
  const jump = actions[seat * volleyActionSize + 1]!;
  let height = state[player + playerState.y]!;
  let velocityY = state[player + playerState.velocityY]!;
  const grounded = height <= court.playerRadius;

  const wanted = (run - volleyActions.run.stay) * facing(seat) * motion.runSpeed;
  const most = (grounded ? motion.groundAcceleration : motion.airAcceleration) * motion.tickSeconds;
  let velocityX = state[player + playerState.velocityX]!;
  if (wanted > velocityX + most) velocityX += most;
  else if (wanted < velocityX - most) velocityX -= most;
  else velocityX = wanted;

  if (grounded && jump === volleyActions.jump.jump) {
    velocityY = motion.jumpSpeed;
    rewardTerms[seat * termCount + terms.jump] = 1;
  }
  const fall = motion.playerGravity * motion.tickSeconds;
  height += (velocityY - fall / 2) * motion.tickSeconds;
  velocityY -= fall;
  if (height <= court.playerRadius) {
    height = court.playerRadius;
    velocityY = 0;
  }

  let position = state[player + playerState.x]! + velocityX * motion.tickSeconds;
  const fromNet = -facing(seat) * position;
  if (fromNet < playerNearest || fromNet > playerFarthest) {
    position = -facing(seat) * (fromNet < playerNearest ? playerNearest : playerFarthest);
    velocityX = 0;
  }
  state[player + playerState.x] = position;
  state[player + playerState.y] = height;
  state[player + playerState.velocityX] = velocityX;
  state[player + playerState.velocityY] = velocityY;
}

function moveBall(state: Float64Array): void {
  const pace = state[volleyState.pace]!;
  const spin = state[volleyState.ballSpin]! * motion.spinKept;
  const velocityX = state[volleyState.ballVelocityX]!;
  const velocityY = state[volleyState.ballVelocityY]!;
  const lift = motion.spinLift * spin * motion.tickSeconds;
  state[volleyState.ballVelocityX] = velocityX - lift * velocityY;
  state[volleyState.ballVelocityY] =
    velocityY + lift * velocityX - motion.ballGravity * pace * pace * motion.tickSeconds;
  state[volleyState.ballSpin] = spin;
  limitBall(state);
  state[volleyState.ballX] =
    state[volleyState.ballX]! + state[volleyState.ballVelocityX]! * motion.tickSeconds;
  state[volleyState.ballY] =
    state[volleyState.ballY]! + state[volleyState.ballVelocityY]! * motion.tickSeconds;
  state[volleyState.ballAngle] = state[volleyState.ballAngle]! + spin * motion.tickSeconds;
}

/** Holds the ball's speed and spin to what its pace allows. */
function limitBall(state: Float64Array): void {
  const limit = motion.ballSpeedLimit * state[volleyState.pace]!;
  const velocityX = state[volleyState.ballVelocityX]!;
  const velocityY = state[volleyState.ballVelocityY]!;
  const squared = velocityX * velocityX + velocityY * velocityY;
  if (squared > limit * limit) {
    const share = limit / Math.sqrt(squared);
    state[volleyState.ballVelocityX] = velocityX * share;
    state[volleyState.ballVelocityY] = velocityY * share;
  }
  const spin = state[volleyState.ballSpin]!;
  if (spin > motion.spinLimit) state[volleyState.ballSpin] = motion.spinLimit;
  else if (spin < -motion.spinLimit) state[volleyState.ballSpin] = -motion.spinLimit;
}

/**
 * Lets both players throw the ball back: what each adds follows from the ball as it came, and the two are added to
 * each other first, so that mirrored play gives mirrored sums to the last bit.
 */
function meetPlayers(state: Float64Array, rewardTerms: Float64Array): void {
  const pace = state[volleyState.pace]!;
  const ballX = state[volleyState.ballX]!;
  const ballY = state[volleyState.ballY]!;
  const ballVelocityX = state[volleyState.ballVelocityX]!;
  const ballVelocityY = state[volleyState.ballVelocityY]!;
  const ballSpin = state[volleyState.ballSpin]!;
  let pushX = 0;
  let pushY = 0;
  let addedX = 0;
  let addedY = 0;
  let addedSpin = 0;
  let touching = 0;
  let toucher = -1;

  for (let seat = 0; seat < 2; seat++) {
    const player = volleyState.players[seat]!;
    const dx = ballX - state[player + playerState.x]!;
    const dy = ballY - state[player + playerState.y]!;
    const squared = dx * dx + dy * dy;
    if (squared >= contactDistance * contactDistance || squared === 0) continue;
    const distance = Math.sqrt(squared);
    const normalX = dx / distance;
    const normalY = dy / distance;
    pushX += normalX * (contactDistance - distance);
    pushY += normalY * (contactDistance - distance);
    touching++;
    toucher = seat;

    const relativeX = ballVelocityX - state[player + playerState.velocityX]!;
    const relativeY = ballVelocityY - state[player + playerState.velocityY]!;
    const along = relativeX * normalX + relativeY * normalY;
    if (along >= 0) continue;
    const thrown = motion.playerKick * pace - (1 + motion.playerRestitution) * along;
    // Surfaces rub along the tangent (−normalY, normalX); the ball's own turns by its spin.
    const slip = relativeY * normalX - relativeX * normalY - court.ballRadius * ballSpin;
    const rubbed = -motion.playerGrip * slip;
    addedX += thrown * normalX - rubbed * normalY;
    addedY += thrown * normalY + rubbed * normalX;
    addedSpin -= rubbed / (motion.inertia * court.ballRadius);
  }

  const sinceTouch = state[volleyState.ticksSinceTouch]! + 1;
  state[volleyState.ticksSinceTouch] = sinceTouch;
  if (touching === 0) return;
  state[volleyState.ballX] = ballX + pushX;
  state[volleyState.ballY] = ballY + pushY;
  state[volleyState.ballVelocityX] = ballVelocityX + addedX;
  state[volleyState.ballVelocityY] = ballVelocityY + addedY;
  state[volleyState.ballSpin] = ballSpin + addedSpin;
  limitBall(state);

  const last = state[volleyState.lastTouch]!;
  for (let seat = 0; seat < 2; seat++) {
    if (touching === 1 && toucher !== seat) continue;
    if (sinceTouch < motion.touchGapTicks && last !== 1 - seat) continue;
    const touches = volleyState.touches[seat]!;
    state[touches] = state[touches]! + 1;
    state[volleyState.lastTouch] = touching === 1 ? seat : -1;
    state[volleyState.ticksSinceTouch] = 0;
    rewardTerms[seat * termCount + terms.touch] = 1;
  }
}

/** The walls at both ends throw the ball back. */
function meetWalls(state: Float64Array): void {
  const ballX = state[volleyState.ballX]!;
  if (ballX <= ballFarthest && ballX >= -ballFarthest) return;
  const side = ballX > 0 ? 1 : -1;
  state[volleyState.ballX] = side * ballFarthest;
  bounce(state, -side, 0, motion.wallRestitution);
}

/** The net stops the ball on its way from where the tick began, by its own flight and by what players pushed. */
function meetNet(state: Float64Array, fromX: number, fromY: number): void {
  const ballX = state[volleyState.ballX]!;
  const ballY = state[volleyState.ballY]!;
  if (isClear(fromX, fromY, ballX, ballY)) return;
  const contact = netContact(fromX, fromY, ballX, ballY);
  if (contact === null) return;
  state[volleyState.ballX] = contact.x;
  state[volleyState.ballY] = contact.y;
  bounce(state, contact.normalX, contact.normalY, motion.netRestitution);
}

/**
 * Throws the ball back from something that stands still, along the direction away from it; rubbing along the surface
 * turns spin into speed, and back.
 */
function bounce(state: Float64Array, normalX: number, normalY: number, restitution: number): void {
  const velocityX = state[volleyState.ballVelocityX]!;
  const velocityY = state[volleyState.ballVelocityY]!;
  const along = velocityX * normalX + velocityY * normalY;
  if (along >= 0) return;
  const spin = state[volleyState.ballSpin]!;
  const thrown = -(1 + restitution) * along;
  const slip = velocityY * normalX - velocityX * normalY - court.ballRadius * spin;
  const rubbed = -motion.wallGrip * slip;
  state[volleyState.ballVelocityX] = velocityX + thrown * normalX - rubbed * normalY;
  state[volleyState.ballVelocityY] = velocityY + thrown * normalY + rubbed * normalX;
  state[volleyState.ballSpin] = spin - rubbed / (motion.inertia * court.ballRadius);
  limitBall(state);
}

/** Names the winner where the ball lies on a side's floor, or one side has touched it too often. */
function judge(state: Float64Array): void {
  const ballX = state[volleyState.ballX]!;
  if (state[volleyState.ballY]! <= court.ballRadius) {
    state[volleyState.ballY] = court.ballRadius;
    if (ballX < 0) state[volleyState.winner] = seats.right;
    else if (ballX > 0) state[volleyState.winner] = seats.left;
    return;
  }
  const leftFaults = state[volleyState.touches[seats.left]]! > mostTouches;
  const rightFaults = state[volleyState.touches[seats.right]]! > mostTouches;
  if (leftFaults !== rightFaults) state[volleyState.winner] = leftFaults ? seats.right : seats.left;
}

/**
 * The ball comes from `from`'s side to the other: touches are counted anew, and it lives a little faster from now on.
 * Velocities and spin grow with the pace and gravity with its square, so the path through the air stays as it was.
 */
function cross(state: Float64Array, from: Seat, rewardTerms: Float64Array): void {
  if (state[volleyState.lastTouch] === from) rewardTerms[from * termCount + terms.crossing] = 1;
  state[volleyState.crossings] = state[volleyState.crossings]! + 1;
  state[volleyState.touches[seats.left]] = 0;
  state[volleyState.touches[seats.right]] = 0;
  const pace = state[volleyState.pace]!;
  const next = pace * motion.paceGrowth < motion.highestPace ? pace * motion.paceGrowth : motion.highestPace;
  const faster = next / pace;
  state[volleyState.pace] = next;
  state[volleyState.ballVelocityX] = state[volleyState.ballVelocityX]! * faster;
  state[volleyState.ballVelocityY] = state[volleyState.ballVelocityY]! * faster;
  state[volleyState.ballSpin] = state[volleyState.ballSpin]! * faster;
  limitBall(state);
}

function observePlayer(
  state: Float64Array,
  seat: number,
  mirror: number,
  observations: Float32Array,
  first: number,
): void {
  const player = volleyState.players[seat]!;
  observations[first] = (mirror * state[player + playerState.x]!) / observationScale.position;
  observations[first + 1] = (state[player + playerState.y]! - court.playerRadius) / observationScale.jump;
  observations[first + 2] = (mirror * state[player + playerState.velocityX]!) / observationScale.run;
  observations[first + 3] = state[player + playerState.velocityY]! / observationScale.jumpSpeed;
}

/** As a share of those allowed. */
function touchesLeft(state: Float64Array, seat: number): number {
  const touches = state[volleyState.touches[seat]!]!;
  return touches < mostTouches ? (mostTouches - touches) / mostTouches : 0;
}
