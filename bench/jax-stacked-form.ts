import { numpy as np } from '@jax-js/jax';
import type { PolicyLayout } from '../src/agent/policy';
import type { Arrays, JaxForm } from './jax-forms';

/** A layer of both nets: actor first, then critic, whose head is filled up with zeros to the actor's width. */
interface StackedLayer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** In the one array: kernels `[2, inputs, outputs]`, then biases `[2, 1, outputs]`. */
  readonly kernels: number;
  readonly biases: number;
}

const nets = ['actor', 'critic'] as const;

function stackedLayers({ blocks }: PolicyLayout): { readonly layers: readonly StackedLayer[]; size: number } {
  let size = 0;
  const kernels = blocks.filter(({ name }) => name.startsWith('actor.') && name.endsWith('.kernel'));
  const layers = kernels.map(({ name, shape }): StackedLayer => {
    const [inputs, outputs] = shape as readonly [number, number];
    const layer = { name: name.split('.')[1]!, inputs, outputs, kernels: size };
    size += 2 * inputs * outputs;
    const biases = size;
    size += 2 * outputs;
    return { ...layer, biases };
  });
  return { layers, size };
}

/** Calls `visit` with each row of each block: where it begins in the layout's order, how long it is, and where here. */
function forEachRow(
  { blocks }: PolicyLayout,
  layers: readonly StackedLayer[],
  visit: (from: number, count: number, to: number) => void,
): void {
  for (const { name, shape, offset, size } of blocks) {
    const [net, layerName, part] = name.split('.') as ['actor' | 'critic', string, string];
    const { inputs, outputs, kernels, biases } = layers.find((layer) => layer.name === layerName)!; // it was made of them
    const count = shape.at(-1)!;
    const begin =
      part === 'kernel'
        ? kernels + nets.indexOf(net) * inputs * outputs
        : biases + nets.indexOf(net) * outputs;
    for (let row = 0; row * count < size; row++) visit(offset + row * count, count, begin + row * outputs);
  }
}

/** By hand: all weights in one array, and each layer of both nets as one product of two, so that fewest kernels run. */
export const stackedForm: JaxForm = {
  load(layout, flat) {
    const { layers, size } = stackedLayers(layout);
    const stacked = new Float32Array(size);
    forEachRow(layout, layers, (from, count, to) => stacked.set(flat.subarray(from, from + count), to));
    return { all: np.array(stacked) };
  },
  async read(layout, { all }) {
    const stacked = (await all!.ref.data()) as Float32Array;
    const flat = new Float32Array(layout.parameterCount);
    forEachRow(layout, stackedLayers(layout).layers, (from, count, to) =>
      flat.set(stacked.subarray(to, to + count), from),
    );
    return flat;
  },
  forward(layout, { all }: Arrays, observations) {
    const part = (from: number, shape: readonly number[]) => {
      const count = shape.reduce((product, each) => product * each, 1);
      return all!.ref.slice([from, from + count]).reshape([...shape]);
    };
    let hidden = observations.reshape([1, ...observations.shape]);
    for (const { name, inputs, outputs, kernels, biases } of stackedLayers(layout).layers) {
      const sums = np.matmul(hidden, part(kernels, [2, inputs, outputs])).add(part(biases, [2, 1, outputs]));
      hidden = name === 'head' ? sums : np.tanh(sums);
    }
    all!.dispose();
    return [hidden.ref.slice(0), hidden.slice(1, [], 0)];
  },
};
