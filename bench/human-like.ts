import { freeFall, seenBall } from '../src/game/volley/ball-flight';
import { court, ticksPerSecond } from '../src/game/volley/court';
import { contactDistance, motion } from '../src/game/volley/motion';
import { observationScale, volleyActions, volleyObservation } from '../src/game/volley/view';
import type { MatchPlayer } from '../src/match/player';
import { SeededRandom } from '../src/random/seeded-random';

/** How well somebody plays who has never played Volley, or a little. */
export interface Hands {
  /** From what happens on the screen to a key that answers it, seconds. */
  readonly reactionSeconds: number;
  /** Standard deviation of where the ball seems to come down, metres for each second until it does. */
  readonly misjudgement: number;
  /** How near to where it should be somebody is content to stand, metres. */
  readonly content: number;
  /** Chance that a key is pressed for another: running the wrong way or a jump without need, per decision. */
  readonly slips: number;
}

/** Somebody who plays for the first minutes: slower than 0.25 s, which people need for a choice, and often wrong. */
export const firstMinutes: Hands = { reactionSeconds: 0.35, misjudgement: 0.4, content: 0.25, slips: 0.03 };
/** The same after some matches. */
export const someMatches: Hands = { reactionSeconds: 0.2, misjudgement: 0.2, content: 0.12, slips: 0.01 };

const takingHeight = court.playerRadius + 0.95 * contactDistance;
const home = -2.6;
/** People change their keys some ten times a second at most. */
const decisionTicks = 6;
/** For so long somebody believes what they saw. */
const looksEveryTicks = 18;

/**
 * Plays Volley somewhat like a person: sees everything late, misjudges where the ball comes down, corrects itself a few
 * times a second, and jumps at balls that come high, often too late. A measure for how hard opponents are, not a model
 * of anybody.
 */
export function humanLikePlayer(hands: Hands, seed: number): MatchPlayer {
  const random = SeededRandom.fromSeed(seed);
  const lateBy = Math.round((hands.reactionSeconds * ticksPerSecond) / decisionTicks);
  const seen: Float32Array[] = [];
  let misjudged = 0;
  let decisions = 0;
  return {
    id: 'human-like',
    name: 'Human-like',
    decisionIntervalTicks: decisionTicks,
    act(observations, seat, action) {
      const size = observations.length / 2;
      const now = observations.slice(seat * size, (seat + 1) * size);
      // A serve that hangs is a new rally.
      if (now[volleyObservation.serveTicks] === 1) seen.length = 0;
      seen.push(now);
      if (seen.length > lateBy + 1) seen.shift();
      const view = seen[0] ?? now;
      if (decisions++ % (looksEveryTicks / decisionTicks) === 0) misjudged = random.normal();

      const speed = now[volleyObservation.ownVelocityX]! * observationScale.run;
      // Where it comes to rest when the key is let go.
      const glide = (speed * Math.abs(speed)) / (2 * motion.groundAcceleration);
      const own = now[volleyObservation.ownX]! * observationScale.position + glide;
      const ball = seenBall(view);
      const fall = freeFall(ball, takingHeight);
      const seconds = fall.ticks * motion.tickSeconds;
      const target = fall.x + misjudged * hands.misjudgement * seconds;
      const goal = target < 0.3 ? target - 0.35 : home;
      const { run, jump } = volleyActions;
      const away = goal - own;
      action[0] = Math.abs(away) < hands.content ? run.stay : away > 0 ? run.forward : run.back;
      const isNear = Math.abs(ball.x - own) < 0.9 && ball.x < 0;
      const comesHigh = isNear && ball.y > 2 && ball.y < 3 && ball.velocityY < 0;
      action[1] = comesHigh && random.uniform() < 0.15 ? jump.jump : jump.stand;
      if (random.uniform() < hands.slips) action[0] = random.below(3);
      if (random.uniform() < hands.slips / 2) action[1] = jump.jump;
    },
  };
}
