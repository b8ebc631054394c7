import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeededRandom } from '../../random/seeded-random';
import { outputNames } from '../graph/graph';
import type { CreateKernels } from '../kernels/kernels';
import { createFloat64Kernels } from '../kernels/plain/kernels';
import { graphCase, largestError, runGraph } from './graph-gradients';
import { randomGraph } from './random-graph';

export const float32Tolerance = 1e-5;

/** Graphs of any layers, weights and observations. */
export const graphCases = fc
  .integer()
  .map((seed) => graphCase(randomGraph(SeededRandom.fromSeed(seed)), seed));

/** Holds outputs and gradients of any graph, computed in float32, to those in float64. */
export function itComputesGraphs(name: string, createKernels: CreateKernels): void {
  it(`comes to the same in float32: ${name} kernels`, () => {
    fc.assert(
      fc.property(graphCases, (given) => {
        const exact = runGraph(createFloat64Kernels, given);
        const { outputs, gradient } = runGraph(createKernels, given);
        for (const output of outputNames) {
          expect(largestError(outputs[output]!, exact.outputs[output]!)).toBeLessThan(float32Tolerance);
        }
        expect(largestError(gradient, exact.gradient)).toBeLessThan(float32Tolerance);
      }),
    );
  });
}
