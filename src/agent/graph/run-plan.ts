import type { Allocate, LayerKernels, Numbers } from '../kernels/kernels';
import type { Memory, Place } from './layer-kind';
import type { Call, Plan } from './plan';

/** The arrays that a plan runs on, or those of them that some of its calls need. */
export type PlanArrays<Array extends Numbers> = Readonly<Partial<Record<Memory, Array>>>;

/** Runs calls on so many rows, the first ones. */
export type Run = (rows: number) => void;

/** The numbers at a place. */
export function arrayAt<Array extends Numbers>(
  arrays: PlanArrays<Array>,
  { memory, offset, count }: Place,
): Array {
  const array = arrays[memory];
  if (array === undefined) throw new Error(`The calls need an array of ${memory}.`);
  return array.subarray(offset, offset + count) as Array;
}

/** Binds calls to kernels and to the arrays that these work on. */
export function bindCalls<Array extends Numbers>(
  kernels: LayerKernels<Array>,
  calls: readonly Call[],
  arrays: PlanArrays<Array>,
): Run {
  const bound = calls.map(({ kernel, sizes, operands }): Run => {
    const run = (kernels as unknown as Readonly<Record<string, AnyKernel<Array>>>)[kernel]!; // a plan's are all there
    const views = operands.map((place) => arrayAt(arrays, place));
    const [a, b, c, d] = views as [Array, Array, Array, Array];
    // Spelled out for the usual numbers of arrays, so that a call costs no more than a call.
    switch (views.length) {
      case 1:
        return (rows) => run(sizes, rows, a);
      case 2:
        return (rows) => run(sizes, rows, a, b);
      case 3:
        return (rows) => run(sizes, rows, a, b, c);
      case 4:
        return (rows) => run(sizes, rows, a, b, c, d);
      default:
        return (rows) => run(sizes, rows, ...views);
    }
  });
  return (rows) => {
    for (let call = 0; call < bound.length; call++) bound[call]!(rows);
  };
}

/** What all of `LayerKernels` have in common. */
type AnyKernel<Array extends Numbers> = (sizes: object, rows: number, ...arrays: Array[]) => void;

/** Arrays for a plan that is run forward only. */
export function allocateForward<Array extends Numbers>(allocate: Allocate<Array>, { counts }: Plan) {
  return { parameters: allocate(counts.parameters), activations: allocate(counts.activations) };
}

/** All arrays of a plan that is run backwards, too, on one of its blocks of rows. */
export type BlockArrays<Array extends Numbers> = Readonly<Record<Memory, Array>>;

/** Arrays for a plan that is run backwards, too, on so many blocks of rows: each has those that it shares, besides. */
export function allocateBlocks<Array extends Numbers>(
  allocate: Allocate<Array>,
  { counts }: Plan,
  blocks = 1,
): readonly BlockArrays<Array>[] {
  const shared = {
    gradient: allocate(counts.gradient),
    parameters: allocate(counts.parameters),
    prepared: allocate(counts.prepared),
  };
  return Array.from({ length: blocks }, () => ({
    ...shared,
    activations: allocate(counts.activations),
    slopes: allocate(counts.slopes),
  }));
}

/** The same for one block. */
export function allocateAll<Array extends Numbers>(
  allocate: Allocate<Array>,
  plan: Plan,
): BlockArrays<Array> {
  return allocateBlocks(allocate, plan)[0]!; // one was asked for
}
