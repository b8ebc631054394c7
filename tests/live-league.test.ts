import '../src/phaser/stand-ins';
import { expect, it } from 'vitest';
import { Actor } from '../src/agent/actor';
import { Learner } from '../src/agent/learner';
import { DecisionBatch, decisionShape, type EpisodeRecord } from '../src/contract';
import { defineAgent } from '../src/phaser';
import { type OpenLive, openLive } from '../src/phaser/live-environment';
import { liveHyperparameters } from '../src/phaser/live-settings';
import { Contest, contest } from '../src/phaser/testing/contest';
import { openNodeBackend } from '../src/workers/node-backend';

/** The learner's episodes that ended in `decisions` decisions. */
function played(actor: Actor, { environment }: OpenLive, decisions: number): EpisodeRecord[] {
  const batch = new DecisionBatch(decisionShape(environment.spec, environment.arenas));
  const episodes: EpisodeRecord[] = [];
  for (batch.number = 0; batch.number < decisions; batch.number += 1) {
    environment.takeDecision(batch);
    actor.observe(batch, 0);
    episodes.push(...actor.endedEpisodes);
    actor.act(batch, 0);
    environment.applyActions(batch.actions);
    environment.tick();
    environment.tick();
  }
  return episodes;
}

it('scripted players of a live game are met in the league on either seat, and what came of it is booked', async () => {
  await openNodeBackend('cpu');
  Contest.goal = 3;
  const game = { width: 100, height: 100, scene: Contest };
  const contestant = defineAgent(contest);
  const live = await openLive(game, contestant, { seed: 1 });
  const { spec } = live.environment;
  const settings = { hiddenSizes: [4], selfShare: 0, pastShare: 0, scriptedShare: 1 };
  const hyperparameters = liveHyperparameters(contestant, settings);
  const learner = Learner.create({ spec, hyperparameters, clock: () => 0, breathe: async () => {} });
  const opponents = { past: [], scripted: live.scripted };
  const actor = new Actor({ spec, hyperparameters, snapshot: learner.snapshot(), opponents });
  learner.dispose();
  const against = new Map<string, number[]>();
  for (const { against: met } of played(actor, live, 300)) {
    if (met !== undefined) against.set(met.opponent, [...(against.get(met.opponent) ?? []), met.outcome]);
  }
  live.close();
  expect([...against.keys()].toSorted()).toEqual(['bot-busy', 'bot-idle', 'bot-left']);
  // Nobody is quicker than one who never lets go, and one who never presses never wins.
  expect(Math.max(...against.get('bot-busy')!)).toBeLessThanOrEqual(0);
  expect(Math.min(...against.get('bot-idle')!)).toBe(1);
  expect(new Set(against.get('bot-left')).size).toBeGreaterThan(1);
});
