import type { RandomSource, ScriptedPlayer } from '../../contract';
import {
  type FlyingBall,
  type ForeseenBall,
  foreseeDescent,
  freeFall,
  heightAtNet,
  rebound,
  seenBall,
} from './ball-flight';
import { court } from './court';
import { ballFarthest, contactDistance, motion, playerFarthest, playerNearest } from './motion';
import { observationScale, volleyActions, volleyObservation } from './view';

// All three see their side at the left: their own x is negative, and forward is right.

const { run, jump } = volleyActions;
/** Height of a falling ball that a standing player takes a little in front of itself. */
const takingHeight = court.playerRadius + 0.95 * contactDistance;
/** Ticks for which a chosen action is expected to hold. */
const heldTicks = 4;
const home = -2.6;

const pebble: ScriptedPlayer = {
  id: 'bot-pebble',
  name: 'Pebble',
  summary: 'Trots after the ball, hesitates, and is seldom where it should be.',
  act(observation: Float32Array, random: RandomSource, action: Float32Array): void {
    const ball = seenBall(observation);
    const hesitates = random.uniform() < 0.3;
    const error = 0.8 * (random.uniform() - 0.5);
    const target = ball.x < 0.3 ? ball.x - 0.3 + error : home;
    action[0] = hesitates ? run.stay : runTowards(target, observation);
    action[1] = random.uniform() < 0.01 ? jump.jump : jump.stand;
  },
};

const steady: ScriptedPlayer = {
  id: 'bot-steady',
  name: 'Steady',
  summary: 'Stands where the ball will come down, a little behind it, and sends it back. Never jumps.',
  act(observation: Float32Array, _random: RandomSource, action: Float32Array): void {
    const fall = freeFall(seenBall(observation), takingHeight);
    // The farther from the net and the slower the ball comes back, the more it is leant on.
    const behind = 0.16 - 0.03 * fall.x - 0.03 * fall.velocityX;
    action[0] = runTowards(fall.x < 0 ? fall.x - behind : home, observation);
    action[1] = jump.stand;
  },
};

/** A smash meets the ball at this height, this far in front of the player. */
const smashHeight = 2.75;
const smashReach = 0.8;
/** Ticks from taking off to the smash, and how far the player comes forward in them. */
const smashTicks = 20;
const smashRun = 0.85;
/** How far from where it should be Hawk still takes off. */
const smashTolerance = 0.35;
/** Where Hawk sets itself the ball for a smash. */
const setPlace = -1.9;

const hawk: ScriptedPlayer = {
  id: 'bot-hawk',
  name: 'Hawk',
  summary: 'Foresees walls and net, sets itself the ball, jumps to smash, and aims where the other is not.',
  act(observation: Float32Array, _random: RandomSource, action: Float32Array): void {
    const ball = seenBall(observation);
    const fall = foreseeDescent(ball, takingHeight);
    action[1] = jump.stand;
    if (fall.x >= 0) {
      action[0] = runTowards(home, observation);
    } else if (observation[volleyObservation.ownY]! > 0) {
      action[0] = ball.x > ownPosition(observation) ? run.forward : run.back;
    } else if (!smashes(ball, observation, action)) {
      action[0] = runTowards(fall.x - bestLean(fall, observation), observation);
    }
  },
};

/** Runs up or takes off where the ball can be smashed, writing the action; false where it cannot. */
function smashes(ball: FlyingBall, observation: Float32Array, action: Float32Array): boolean {
  const high = foreseeDescent(ball, smashHeight);
  const takeOff = high.x - smashReach - smashRun;
  const good =
    high.y > smashHeight - 0.25 && high.x < -0.7 && takeOff > -playerFarthest && Math.abs(high.velocityX) < 3;
  if (!good) return false;

  const hanging = observation[volleyObservation.serveTicks]! * observationScale.serve;
  const ticks = high.ticks + hanging;
  const away = Math.abs(ownPosition(observation) - takeOff);
  // A window longer than a decision, so that one falls into it.
  if (away < smashTolerance && ticks <= smashTicks + 2 && ticks > smashTicks - 4) {
    action[0] = run.forward;
    action[1] = jump.jump;
    return true;
  }
  if (away >= (ticks - smashTicks) * motion.tickSeconds * motion.runSpeed) return false;
  action[0] = runTowards(takeOff, observation);
  return true;
}

/**
 * How far behind a falling ball to stand: with touches in hand so that it comes down where it can be smashed, else so
 * that it clears the net and lands far from the other player.
 */
function bestLean(fall: ForeseenBall, observation: Float32Array): number {
  const sets = observation[volleyObservation.ownTouchesLeft]! > 0.5;
  const otherX = observation[volleyObservation.otherX]! * observationScale.position;
  let best = 0.2;
  let bestWorth = Number.NEGATIVE_INFINITY;
  for (let lean = -0.6; lean < 0.65; lean += 0.05) {
    if (!comesAt(fall, lean)) continue;
    const thrown = rebound(fall, lean);
    const landing = freeFall(thrown, takingHeight).x;
    const worth = sets ? -Math.abs(landing - setPlace) : worthOfReturn(thrown, landing, otherX);
    if (worth > bestWorth) {
      bestWorth = worth;
      best = lean;
    }
  }
  return best;
}

/** Whether the ball comes at a player that stands so far behind it, rather than past it. */
function comesAt({ velocityX, velocityY }: FlyingBall, behind: number): boolean {
  const normalX = behind / contactDistance;
  const along = velocityX * normalX + velocityY * Math.sqrt(1 - normalX * normalX);
  return -along > 0.7 * Math.sqrt(velocityX * velocityX + velocityY * velocityY);
}

function worthOfReturn(thrown: FlyingBall, landing: number, otherX: number): number {
  const height = heightAtNet(thrown);
  const offTheWall = Math.min(landing, 2 * ballFarthest - landing);
  if (height > court.netHeight + 0.75 && offTheWall > 0.9) return Math.abs(offTheWall - otherX);
  // Whatever fails to cross is worth less than whatever does, and a little more the higher it comes.
  return Math.max(-20, height - 10);
}

function ownPosition(observation: Float32Array): number {
  return observation[volleyObservation.ownX]! * observationScale.position;
}

/** The run that, held for a decision and followed by a stop, ends nearest `target`. */
function runTowards(target: number, observation: Float32Array): number {
  const velocity = observation[volleyObservation.ownVelocityX]! * observationScale.run;
  let best: number = run.stay;
  let bestMiss = Number.POSITIVE_INFINITY;
  for (const choice of [run.stay, run.forward, run.back]) {
    const place = stoppingPlace(ownPosition(observation), velocity, choice - run.stay);
    const miss = Math.abs(place - target);
    if (miss < bestMiss) {
      bestMiss = miss;
      best = choice;
    }
  }
  return best;
}

/** Where a player on the ground comes to rest that runs in `direction` for a decision and then stops. */
function stoppingPlace(from: number, speed: number, direction: number): number {
  const most = motion.groundAcceleration * motion.tickSeconds;
  let x = from;
  let velocity = speed;
  for (let tick = 0; tick < heldTicks || velocity !== 0; tick++) {
    const wanted = tick < heldTicks ? direction * motion.runSpeed : 0;
    velocity += Math.max(-most, Math.min(most, wanted - velocity));
    x += velocity * motion.tickSeconds;
  }
  return Math.max(-playerFarthest, Math.min(-playerNearest, x));
}

/** Weakest first. */
export const volleyScriptedPlayers: readonly ScriptedPlayer[] = [pebble, steady, hawk];
