import type { RunningStatisticsData } from '../contract';
import { bad } from './file-error';
import type { PolicyLayout } from './policy';
import type { SafetensorsTensor } from './safetensors';

// The tensors of files of training states and of policies: parameters, and statistics that normalise.

/** Writes one flat parameter array as `gather` reads it. */
export function addParameters(
  tensors: Map<string, SafetensorsTensor>,
  layout: PolicyLayout,
  prefix: string,
  parameters: Float32Array<ArrayBuffer>,
): void {
  for (const { name, shape, offset, size: length } of layout.blocks) {
    const data = parameters.subarray(offset, offset + length);
    tensors.set(prefix + name, { dtype: 'F32', shape, data });
  }
}

/** Reads one flat parameter array, whose blocks are tensors named `prefix` and their own names. */
export function gather(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  layout: PolicyLayout,
  prefix: string,
): Float32Array<ArrayBuffer> {
  // Every block is checked before memory for all is taken, so that a false size in the metadata costs nothing.
  const blocks = layout.blocks.map(({ name, shape, offset }) => ({
    offset,
    data: namedTensor(tensors, prefix + name, 'F32', shape).data,
  }));
  const gathered = new Float32Array(layout.parameterCount);
  for (const { offset, data } of blocks) gathered.set(data, offset);
  return gathered;
}

/** Writes statistics as `statistics` reads them; null leaves no trace. */
export function addStatistics(
  tensors: Map<string, SafetensorsTensor>,
  part: 'observations' | 'rewards',
  statistics: RunningStatisticsData | null,
): void {
  if (!statistics) return;
  const { count, mean, variance } = statistics;
  for (const [name, numbers] of Object.entries({ count: [count], mean, variance })) {
    const data = Float64Array.from(numbers);
    tensors.set(statisticsName(part, name), { dtype: 'F64', shape: [data.length], data });
  }
}

/** Null where the file has none: a run that was saved before its first rollout. */
export function statistics(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  part: 'observations' | 'rewards',
  length: number,
): RunningStatisticsData | null {
  const parts = ['count', 'mean', 'variance'];
  if (!parts.some((name) => tensors.has(statisticsName(part, name)))) return null;
  const read = (name: string, shape: readonly number[]) =>
    Array.from(namedTensor(tensors, statisticsName(part, name), 'F64', shape).data);
  const count = read('count', [1])[0]!; // shape [1]
  const mean = read('mean', [length]);
  const variance = read('variance', [length]);
  return checkedStatistics({ count, mean, variance }, length, part);
}

/**
 * The same statistics, once they are known to be of `length` components.
 *
 * @param of what they are, such as “observations”. @throws PlaytrainError `bad-file` where they cannot be.
 */
export function checkedStatistics(
  statistics: RunningStatisticsData,
  length: number,
  of: string,
): RunningStatisticsData {
  const { count, mean, variance } = statistics;
  if (mean.length !== length || variance.length !== length) {
    throw bad(`its statistics of ${of} are not as many as they should be`, 'Choose an earlier export.');
  }
  if (!(count > 0) || !variance.every((component) => component >= 0)) {
    throw bad(`its statistics of ${of} have a negative count or variance`, 'Choose an earlier export.');
  }
  return statistics;
}

/** A tensor of this type and shape, or a sentence thrown. */
export function namedTensor(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  name: string,
  dtype: 'F32' | 'F64',
  shape: readonly number[],
): SafetensorsTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw bad(`its tensor “${name}” is missing`, 'Export it again.');
  if (tensor.dtype !== dtype || tensor.shape.join() !== shape.join()) {
    throw bad(
      `its tensor “${name}” is ${tensor.dtype} [${tensor.shape.join()}] and should be ${dtype} [${shape.join()}]`,
      'Choose a file made with these hidden sizes and this game.',
    );
  }
  if (!tensor.data.every(Number.isFinite)) {
    throw bad(`its tensor “${name}” holds NaN or Infinity`, 'Choose an earlier export.');
  }
  return tensor;
}

function statisticsName(part: 'observations' | 'rewards', name: string): string {
  return `normalisation.${part}.${name}`;
}
