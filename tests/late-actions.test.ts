import { describe, expect, it } from 'vitest';
import { Actor } from '../src/agent/actor';
import { Learner } from '../src/agent/learner';
import { type DecisionBatch, type EpisodeRecord, sb3Hyperparameters } from '../src/contract';
import { Driver } from '../src/game/engine/driver';
import { createVectorEnvironment, environmentSpec } from '../src/game/engine/vector-environment';
import { swing } from '../src/game/swing/simulation';

describe('actions that come late', () => {
  it.each([1, 2])(
    'make no episode shorter: each is as long as its ticks, with %i a decision',
    (intervalTicks) => {
      const hyperparameters = {
        ...sb3Hyperparameters,
        arenas: 2,
        hiddenSizes: [4],
        rolloutLength: 8192,
        decisionIntervalTicks: intervalTicks,
      };
      const spec = environmentSpec(swing);
      const learner = Learner.create({ spec, hyperparameters, clock: () => 0, breathe: async () => {} });
      const actor = new Actor({ spec, hyperparameters, snapshot: learner.snapshot() });
      learner.dispose();
      const driver = new Driver(swing, createVectorEnvironment(swing, { arenas: 2, seed: 1 }), intervalTicks);
      const episodes: EpisodeRecord[] = [];
      let decisions = 0;
      let open: { readonly batch: DecisionBatch; readonly dueMs: number } | null = null;
      for (let nowMs = 0; episodes.length < 8; nowMs++) {
        let question: DecisionBatch | null = null;
        if (open !== null && open.dueMs <= nowMs) {
          actor.observe(open.batch, nowMs);
          episodes.push(...actor.endedEpisodes);
          actor.act(open.batch);
          question = driver.answer(open.batch, nowMs);
          decisions++;
          open = null;
        }
        if (nowMs % 16 === 0) question = driver.frame(nowMs) ?? question;
        // A tick takes 50 ms; every third answer comes after more than one.
        if (question !== null) open = { batch: question, dueMs: nowMs + (decisions % 3 === 0 ? 70 : 5) };
      }
      expect(driver.lateDecisions).toBeGreaterThan(50);
      expect(decisions).toBeLessThan((4 * 200) / intervalTicks);
      for (const { length } of episodes) expect(length).toBe(200 / intervalTicks);
    },
  );
});
