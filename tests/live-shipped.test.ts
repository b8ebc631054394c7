import '../src/phaser/stand-ins';
import type Phaser from 'phaser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { liveGames } from '../examples/live-games';
import { GreedyPolicy } from '../src/agent/greedy-policy';
import { encodePlayFile } from '../src/agent/play-file';
import { policyLayout } from '../src/agent/policy';
import type { PolicyData } from '../src/agent/policy-file';
import {
  actionLayout,
  actionSize,
  type DecisionBatch,
  type EnvironmentSpec,
  sb3Hyperparameters,
} from '../src/contract';
import { playPolicy } from '../src/phaser';
import type { AgentDefinition } from '../src/phaser/agent-definition';
import { agentsOf } from '../src/phaser/agents-of';
import { Ambience } from '../src/phaser/ambience';
import { startHeadless } from '../src/phaser/headless-game';
import { sceneRuns } from '../src/phaser/scene-status';
import { SeenAgent } from '../src/phaser/seen-agent';
import { SeededRandom } from '../src/random/seeded-random';

/** As many are compared, at least. */
const observations = 1_000;
/** What numbers of 16 bits may move a stick by. */
const stickTolerance = 0.01;
/** Of a thousand: where two actions are as good as each other to within numbers of 16 bits. */
const mostTies = 10;

interface LiveParts {
  readonly config: Phaser.Types.Core.GameConfig;
  readonly definition: AgentDefinition<Phaser.Scene>;
}

interface Answered {
  readonly observations: readonly number[];
  readonly actions: readonly number[];
}

afterEach(() => {
  vi.restoreAllMocks();
});

/** A policy of weights drawn by lot, such that it does one thing here and another there. */
function madeUp(spec: EnvironmentSpec): PolicyData {
  const { hiddenSizes, activation } = sb3Hyperparameters;
  const random = SeededRandom.fromSeed(8);
  const { parameterCount } = policyLayout(spec, { hiddenSizes, activation });
  const each = (low: number) =>
    Array.from({ length: spec.observationSpace.size }, () => low + random.uniform());
  return {
    spec,
    hiddenSizes,
    activation,
    name: 'made up',
    version: 1,
    decisions: 1,
    seed: 1,
    parameters: Float32Array.from({ length: parameterCount }, () => random.uniform() - 0.5),
    observations: { count: 9, mean: each(-0.5), variance: each(0.1) },
  };
}

/** A game that nobody sees, once its agent's scene runs; from its first step on its chance is its own. */
async function running({ config, definition }: LiveParts) {
  const ambience = new Ambience(SeededRandom.fromSeed(3));
  const game = await startHeadless(config, 1, ambience);
  game.step = game.headlessStep.bind(game);
  /** Its files come meanwhile. */
  const step = async () => {
    ambience.run(0, () => game.headlessStep(0, 1000 / 60));
    await new Promise((resolve) => setImmediate(resolve));
  };
  let runs = false;
  void sceneRuns(game, definition.scene).then(() => {
    runs = true;
  });
  while (!runs) await step();
  // One that keeps something outside of its scenes goes on from the game before.
  ambience.run(0, () => definition.reset?.(game));
  await step();
  return { game, ambience, step };
}

/** What all agents of games are asked and answered from now on; one row each. */
function answersOf(definition: LiveParts['definition']): Answered[] {
  const agents = agentsOf(definition);
  const rows: Answered[] = [];
  const given = Reflect.get(SeenAgent.prototype, 'answered') as (
    this: SeenAgent<Phaser.Scene>,
    batch: DecisionBatch,
  ) => void;
  vi.spyOn(SeenAgent.prototype, 'answered').mockImplementation(function (
    this: SeenAgent<Phaser.Scene>,
    batch,
  ) {
    const [sees, does] = [batch.observations.length / agents, batch.actions.length / agents];
    for (let who = 0; who < agents; who++) {
      rows.push({
        observations: [...batch.observations.subarray(who * sees, (who + 1) * sees)],
        actions: [...batch.actions.subarray(who * does, (who + 1) * does)],
      });
    }
    given.call(this, batch);
  });
  return rows;
}

/** What ships plays, on a display of so many frames a second. */
async function playedAt(framesPerSecond: number, parts: LiveParts) {
  const { definition } = parts;
  const { game, ambience, step } = await running(parts);
  const looking = new SeenAgent(game, definition, () => {});
  const policy = madeUp(looking.spec);
  looking.end();
  const beginning = playPolicy(game, definition, encodePlayFile(policy).buffer);
  await step();
  const playing = await beginning;
  const rows = answersOf(definition);
  const { callback } = game.loop as unknown as { callback: (nowMs: number) => void };
  for (let frame = 0; rows.length < observations; frame++) {
    const nowMs = (frame * 1_000) / framesPerSecond;
    ambience.run(nowMs, () => callback(nowMs));
  }
  playing.dispose();
  vi.restoreAllMocks();
  game.destroy(true);
  game.headlessStep(0, 0);
  return { policy, rows: rows.slice(0, observations) };
}

/** In how many of the rows the trained policy, in full numbers, would do something else. */
function differences(policy: PolicyData, rows: readonly Answered[]): number {
  const { spec } = policy;
  const trained = new GreedyPolicy(spec, policy, policy, 1);
  const actions = new Float32Array(actionSize(spec.actionSpace));
  const { components } = actionLayout(spec.actionSpace);
  return rows.filter((row) => {
    trained.act(
      { observations: Float32Array.from(row.observations), masks: new Uint8Array(0), actions },
      Int32Array.of(0),
      1,
    );
    return components.some((component, at) => {
      const wished = actions[at]!;
      if (component.kind !== 'axis') return row.actions[at] !== wished;
      // As the game puts it in force.
      const inBounds = Math.max(component.low, Math.min(component.high, wished));
      return Math.abs(row.actions[at]! - inBounds) > stickTolerance;
    });
  }).length;
}

describe.each(Object.keys(liveGames))('what ships for %s', (name) => {
  it('plays the trained policy’s actions, the same at 144 frames a second as at 60', async () => {
    const { config, definition } = await liveGames[name]!();
    const parts: LiveParts = { config, definition: definition as unknown as LiveParts['definition'] };
    const { policy, rows } = await playedAt(60, parts);
    expect(differences(policy, rows)).toBeLessThanOrEqual(mostTies);
    // Whoever always did the same would tell nothing.
    expect(new Set(rows.map(({ actions }) => actions.join())).size).toBeGreaterThan(1);
    const { rows: faster } = await playedAt(144, parts);
    expect(faster).toEqual(rows);
  });
});
