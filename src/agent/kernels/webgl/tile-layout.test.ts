import { describe, expect, it } from 'vitest';
import { policyLayout } from '../../policy';
import { testSpaces, testSpec } from '../../testing/training-cases';
import { packParameters, tileLayout, unpackParameters } from './tile-layout';

const layoutOf = (spaceName: string, hiddenSizes: readonly number[], observationSize = 4) =>
  tileLayout(
    policyLayout(testSpec(testSpaces[spaceName]!, observationSize), { hiddenSizes, activation: 'tanh' }),
  );

describe('a layout in tiles', () => {
  it('is refused for a graph that is not two plain nets, by the code for which another backend is taken', () => {
    const plain = policyLayout(testSpec(testSpaces['discrete']!), { hiddenSizes: [4], activation: 'tanh' });
    const { nodes, outputs } = plain.graph;
    // The value is read of the actor's hidden layer.
    const shared = nodes.map((node) =>
      node.name === 'critic.head' ? { ...node, inputs: ['actor.0.tanh'] } : node,
    );
    const other = { ...plain, graph: { nodes: shared, vectors: [], outputs } };
    expect(() => tileLayout(other)).toThrow(expect.objectContaining({ code: 'backend-unavailable' }));
  });
});

describe('parameters in tiles', () => {
  it('come back as they were, each at a place of its own', () => {
    for (const spaceName of Object.keys(testSpaces)) {
      for (const hiddenSizes of [[1], [4], [5, 8], [3, 17, 2], [64, 64]]) {
        for (const observationSize of [1, 4, 9]) {
          const layout = layoutOf(spaceName, hiddenSizes, observationSize);
          const flat = Float32Array.from({ length: layout.policy.parameterCount }, (_, i) => i + 1);
          const texels = packParameters(layout, flat);
          expect(unpackParameters(layout, texels)).toEqual(flat);
          // None is overwritten by another.
          expect(texels.filter((number) => number !== 0)).toHaveLength(flat.length);
        }
      }
    }
  });

  it('lie as drawn', () => {
    // 4 observations, 8 units, 2 choices. Tiles: kernels of 1 × 2 and a bias for each network, so 4 columns and 2 rows;
    // heads of 2 rows and a bias, in column 4 (actor) and 5 (critic).
    const layout = layoutOf('discrete', [8]);
    expect(layout.parameters).toEqual({ width: 6, height: 3 });
    expect(layout.hiddenRegions).toEqual([{ x: 0, y: 0, width: 4, kernelHeight: 1 }]);
    expect(layout.headRegion).toEqual({ x: 4, y: 0, width: 2, kernelHeight: 2 });

    const named = (name: string) => layout.policy.blocks.find((block) => block.name === name)!.offset;
    const flat = new Float32Array(layout.policy.parameterCount);
    flat[named('critic.0.kernel') + 3 * 8 + 5] = 1; // row 3, column 5
    flat[named('actor.head.bias') + 1] = 2;
    flat[named('critic.head.kernel') + 6] = 3; // row 6, column 0
    const texels = packParameters(layout, flat);
    const at = (row: number, column: number) => texels[row * 4 * 6 + column];
    expect(at(3, 8 + 5)).toBe(1);
    expect(at(8, 16 + 1)).toBe(2);
    expect(at(6, 20)).toBe(3);
  });

  it('have log standard deviations as biases of outputs without a kernel', () => {
    // 2 means, the value and 2 log standard deviations: a column of tiles each.
    const layout = layoutOf('continuous', [8]);
    expect(layout.lossTerms).toEqual({ value: 1, logStd: 2, statistics: 3, width: 5 });
    expect(layout.headRegion).toEqual({ x: 4, y: 0, width: 3, kernelHeight: 2 });
    const flat = new Float32Array(layout.policy.parameterCount);
    flat[flat.length - 1] = 1;
    const texels = packParameters(layout, flat);
    expect(texels[8 * 4 * 7 + 4 * 6 + 1]).toBe(1);
  });
});
