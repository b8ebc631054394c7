import { actionSize, DecisionBatch, decisionShape, type ScriptedPlayer } from '../src/contract';
import type { PairResult } from '../src/match/fit-ratings';
import type { OpenLive } from '../src/phaser/live-environment';
import { type Play, play } from '../src/play/play';
import { SeededRandom } from '../src/random/seeded-random';

/** Who plays a seat of a live game without a page. */
export interface RoundPlayer {
  readonly id: string;
  /** Writes the action that answers what is seen `[obs]` into `action` `[actionSize]`; `agent` is the seat. */
  act(seen: Float32Array, action: Float32Array, agent: number): void;
}

export function scriptedRoundPlayer(player: ScriptedPlayer): RoundPlayer {
  const random = SeededRandom.fromSeed(1);
  return { id: player.id, act: (seen, action, agent) => player.act(seen, random, action, agent) };
}

/** One that plays by a file that ships, by the likeliest action. */
export function shippedRoundPlayer(id: string, file: ArrayBuffer): RoundPlayer {
  const answer: Play = play(file);
  return { id, act: (seen, action) => action.set(answer(seen)) };
}

/** Plays rounds of two in a game's twin, each of them on either side by turns. A round that is cut is a draw. */
export function playRounds(
  { environment }: Pick<OpenLive, 'environment'>,
  [a, b]: readonly [RoundPlayer, RoundPlayer],
  rounds: number,
  stepsADecision: number,
): PairResult {
  const { spec } = environment;
  const batch = new DecisionBatch(decisionShape(spec, 1));
  const { size } = spec.observationSpace;
  const width = actionSize(spec.actionSpace);
  const won = spec.rewardTerms.findIndex(({ name }) => name === spec.winTerm);
  const result = { a: a.id, b: b.id, won: 0, lost: 0, drawn: 0 };
  environment.takeEndings();
  for (let round = 0; round < rounds; ) {
    environment.takeDecision(batch);
    for (let seat = 0; seat < 2; seat++) {
      const player = (seat + round) % 2 === 0 ? a : b;
      const seen = batch.observations.subarray(seat * size, (seat + 1) * size);
      player.act(seen, batch.actions.subarray(seat * width, (seat + 1) * width), seat);
    }
    environment.applyActions(batch.actions);
    for (let step = 0; step < stepsADecision; step++) environment.tick();
    for (const { rewardTerms } of environment.takeEndings()) {
      const left = rewardTerms[won]! - rewardTerms[spec.rewardTerms.length + won]!;
      const ahead = round % 2 === 0 ? left : -left;
      result[ahead > 0 ? 'won' : ahead < 0 ? 'lost' : 'drawn'] += 1;
      round += 1;
    }
  }
  return result;
}
