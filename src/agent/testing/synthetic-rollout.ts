import {
  type ActionComponent,
  actionLayout,
  createRollout,
  type EnvironmentSpec,
  type SnapshotData,
  spaceSizes,
} from '../../contract';
import { SeededRandom } from '../../random/seeded-random';
import { createDistribution } from '../distributions';
import type { FullRollout } from '../full-rollout';
import type { PolicyLayout } from '../policy';
import { createSnapshot } from '../snapshot';

/**
 * A rollout in a made-up world, acted by `snapshot`: observations are noise, and the reward is 1 where the first
 * action component agrees in sign (or evenness) with the first observation, so there is something to learn.
 */
export function syntheticRollout(
  spec: EnvironmentSpec,
  layout: PolicyLayout,
  snapshot: SnapshotData,
  sizes: { readonly steps: number; readonly arenas: number },
  seed: number,
): FullRollout {
  const random = SeededRandom.fromSeed(seed);
  const { steps, arenas } = sizes;
  const { actionSpace } = spec;
  const observationSize = spec.observationSpace.size;
  const { components, actions: width, outputs: outputSize } = actionLayout(actionSpace);
  const rollout = createRollout({
    steps,
    agents: arenas,
    ...spaceSizes(observationSize, actionSpace),
  });
  const policy = createSnapshot(layout, snapshot);
  const distribution = createDistribution(actionSpace);
  const outputs = new Float32Array(arenas * outputSize);
  const values = new Float32Array(arenas);
  rollout.valid.fill(1);
  rollout.versions.fill(snapshot.version);
  forbidSome(rollout.masks, components, random);
  const action = new Float32Array(width);
  let episodeStart = 0;
  const episodes: FullRollout['episodes'][number][] = [];
  for (let step = 0; step <= steps; step++) {
    const observations = Float32Array.from({ length: arenas * observationSize }, () => random.normal());
    policy.forward(observations, arenas, outputs, values);
    rollout.values.set(values, step * arenas);
    if (step === steps) break;
    rollout.observations.set(observations, step * arenas * observationSize);
    for (let arena = 0; arena < arenas; arena++) {
      const cell = step * arenas + arena;
      const mask = rollout.masks.subarray(cell * rollout.shape.maskSize, (cell + 1) * rollout.shape.maskSize);
      rollout.logProbabilities[cell] = distribution.sample(
        outputs.subarray(arena * outputSize, (arena + 1) * outputSize),
        0,
        policy.logStd,
        mask,
        random,
        action,
      );
      rollout.actions.set(action, cell * width);
      const wanted = observations[arena * observationSize]! > 0 ? 1 : 0;
      const chosen = components[0]!.kind === 'axis' ? (action[0]! > 0 ? 1 : 0) : action[0]! % 2;
      rollout.rewards[cell] = chosen === wanted ? 1 : 0;
      rollout.terminated[cell] = random.uniform() < 0.05 ? 1 : 0;
      if (arena === 0 && rollout.terminated[cell] === 1) {
        episodes.push({
          arena,
          return: step - episodeStart,
          length: step - episodeStart + 1,
          truncated: false,
        });
        episodeStart = step + 1;
      }
    }
  }
  return {
    rollout,
    episodes,
    counters: {
      decisions: (snapshot.version + 1) * steps * arenas,
      decisionsDuringUpdate: 3,
      unrecordedDecisions: 0,
      collectMs: 50,
    },
    normalisation: { observations: null, rewards: null },
    rewardWeights: [1],
  };
}

/** Allows each choice at a chance of three in four, and the first of each group always. */
function forbidSome(masks: Uint8Array, components: readonly ActionComponent[], random: SeededRandom): void {
  const firsts = new Set<number>();
  let width = 0;
  for (const component of components) {
    if (component.kind === 'axis' || component.mask === null) continue;
    firsts.add(component.mask);
    width += component.count;
  }
  for (let i = 0; i < masks.length; i++) masks[i] = firsts.has(i % width) || random.uniform() < 0.75 ? 1 : 0;
}
