import { numpy as np } from '@jax-js/jax';
import type { PolicyLayout } from '../src/agent/policy';

/** Arrays by name; a type, since jax-js knows trees of types only. */
export type Arrays = { [name: string]: np.Array };

/** A way to lay a policy's weights out in jax-js's arrays, and to compute with them. */
export interface JaxForm {
  /** @param flat numbers in the layout's order. */
  load(layout: PolicyLayout, flat: Float32Array): Arrays;
  /** Back in the layout's order. Leaves the arrays as they are. */
  read(layout: PolicyLayout, arrays: Arrays): Promise<Float32Array<ArrayBuffer>>;
  /** Logits `[B, actions]` and values `[B]`. Uses up what it is given, as jax-js wants it. */
  forward(
    layout: PolicyLayout,
    weights: Arrays,
    observations: np.Array,
  ): readonly [logits: np.Array, values: np.Array];
}

const array = (numbers: Float32Array<ArrayBuffer>, shape: readonly number[]) =>
  np.array(numbers).reshape([...shape]);

async function numbersOf(array: np.Array): Promise<Float32Array> {
  return (await array.ref.data()) as Float32Array;
}

/** Two nets, an array a matrix and an array a bias: what one writes who follows the documentation. */
export const plainForm: JaxForm = {
  load: ({ blocks }, flat) =>
    Object.fromEntries(
      blocks.map(({ name, shape, offset, size }) => [name, array(flat.slice(offset, offset + size), shape)]),
    ),
  async read({ blocks, parameterCount }, arrays) {
    const flat = new Float32Array(parameterCount);
    for (const { name, offset } of blocks) flat.set(await numbersOf(arrays[name]!), offset);
    return flat;
  },
  forward(_layout, weights, observations) {
    const net = (name: string, input: np.Array) => {
      const dense = (layer: string, inputs: np.Array) =>
        np.matmul(inputs, weights[`${name}.${layer}.kernel`]!).add(weights[`${name}.${layer}.bias`]!);
      return dense('head', np.tanh(dense('1', np.tanh(dense('0', input)))));
    };
    return [net('actor', observations.ref), net('critic', observations).reshape([-1])];
  },
};

/** The blocks of all weights, by name. Uses up what it is given. */
export function namedWeights(layout: PolicyLayout, all: np.Array): Arrays {
  const named = layout.blocks.map(({ name, shape, offset, size }) => [
    name,
    all.ref.slice([offset, offset + size]).reshape([...shape]),
  ]);
  all.dispose();
  return Object.fromEntries(named) as Arrays;
}

/** By hand: all weights in one array, so that Adam is a few kernels in place of dozens. */
export const flatForm: JaxForm = {
  load: (_layout, flat) => ({ all: np.array(flat.slice()) }),
  read: async (_layout, arrays) => (await numbersOf(arrays['all']!)).slice() as Float32Array<ArrayBuffer>,
  forward(layout, { all }, observations) {
    return plainForm.forward(layout, namedWeights(layout, all!), observations);
  },
};
