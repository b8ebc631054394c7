import { actionSize, choiceCounts, emptyLearned, spaceSizes } from '../contract';
import type { SeededRandom } from '../random/seeded-random';
import type { TrainingBatch } from './minibatch';
import type { PolicyLayout } from './policy';

/** Steps that never happened, of a policy that liked all actions equally: for warming up and for timing. */
export function madeUpBatch(layout: PolicyLayout, size: number, random: SeededRandom): TrainingBatch {
  const { actionSpace } = layout;
  const counts = choiceCounts(actionSpace);
  const width = actionSize(actionSpace);
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const actions = normals(size * width);
  counts.forEach((count, component) => {
    for (let row = 0; row < size; row++) actions[row * width + component] = random.below(count);
  });
  const logProbability = -counts.reduce((sum, count) => sum + Math.log(count), 0);
  const empty = emptyLearned(spaceSizes(layout.observationSize, actionSpace), size);
  return {
    ...empty,
    size,
    observations: normals(size * layout.observationSize),
    actions,
    masks: empty.masks.fill(1),
    logProbabilities: new Float32Array(size).fill(logProbability),
    values: normals(size),
    estimates: { advantages: normals(size), returns: normals(size) },
    onVersion: new Uint8Array(size).fill(1),
  };
}
