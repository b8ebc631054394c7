import { actionLayout, emptyLearned, spaceSizes } from '../contract';
import type { SeededRandom } from '../random/seeded-random';
import type { TrainingBatch } from './minibatch';
import type { PolicyLayout } from './policy';

/** Steps that never happened, of a policy that liked all actions equally: for warming up and for timing. */
export function madeUpBatch(layout: PolicyLayout, size: number, random: SeededRandom): TrainingBatch {
  const { actionSpace } = layout;
  const { components, actions: width } = actionLayout(actionSpace);
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const actions = normals(size * width);
  let logProbability = 0;
  components.forEach((component, i) => {
    if (component.kind === 'axis') return;
    for (let row = 0; row < size; row++) actions[row * width + i] = random.below(component.count);
    logProbability -= Math.log(component.count);
  });
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
