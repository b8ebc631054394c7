import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openNodeBackend } from '../../workers/node-backend';
import { createFloat64Kernels, createPlainKernels } from '../kernels/plain/kernels';
import { createSimdKernels } from '../kernels/simd/kernels';
import { graphForward } from '../tensor-graph';
import { differencedGradient, type GraphCase, largestError, runGraph } from '../testing/graph-gradients';
import { float32Tolerance, graphCases, itComputesGraphs } from '../testing/graph-properties';
import { outputNames } from './graph';
import { graphBlocks } from './parameter-blocks';

beforeAll(async () => {
  await openNodeBackend('cpu');
});

/** Central differences of a millionth leave 1e-7; and 1 − y² is the slope of the rational tanh to within 3e-7. */
const differenceTolerance = 1e-6;

/** A case as tfjs reads its graph: outputs, and the gradient by autodiff. */
function tensorResult({ graph, observations, coefficients, parameters }: GraphCase) {
  return tf.tidy(() => {
    const blocks = graphBlocks(graph);
    const tensors = blocks.map(({ offset, size, shape }) =>
      tf.tensor(parameters.subarray(offset, offset + size), [...shape]),
    );
    const rows = coefficients['value']!.length;
    const inputs = tf.tensor2d(observations, [rows, observations.length / rows]);
    const outputsOf = (given: readonly tf.Tensor[]) =>
      graphForward(graph, (wanted) => given[blocks.findIndex(({ name }) => name === wanted)]!, inputs);
    const sum = (...given: tf.Tensor[]) => {
      const outputs = outputsOf(given);
      const weighted = outputNames.map((name) =>
        tf.sum(tf.mul(outputs[name], tf.tensor2d(coefficients[name]!, outputs[name].shape))),
      );
      // tfjs refuses to differentiate by what no output depends on.
      const others = given.map((tensor) => tf.mul(tf.sum(tensor), 0));
      return tf.addN([...weighted, ...others]) as tf.Scalar;
    };
    const gradients = tf.grads(sum)(tensors);
    const outputs = outputsOf(tensors);
    return {
      outputs: outputNames.map((name) => [...outputs[name].dataSync()]),
      gradient: gradients.flatMap((each) => [...each.dataSync()]),
    };
  });
}

describe('a plan', () => {
  it('has the gradient of small differences, whatever reads what', () => {
    fc.assert(
      fc.property(graphCases, (given) => {
        const { gradient } = runGraph(createFloat64Kernels, given);
        expect(largestError(gradient, differencedGradient(given))).toBeLessThan(differenceTolerance);
      }),
    );
  });

  itComputesGraphs('plain', createPlainKernels);
  itComputesGraphs('SIMD', createSimdKernels);

  it('computes what tfjs reads in the graph, and its gradient', () => {
    fc.assert(
      fc.property(graphCases, (given) => {
        const exact = runGraph(createFloat64Kernels, given);
        const { outputs, gradient } = tensorResult(given);
        outputNames.forEach((name, i) => {
          expect(largestError(outputs[i]!, exact.outputs[name]!)).toBeLessThan(float32Tolerance);
        });
        expect(largestError(gradient, exact.gradient)).toBeLessThan(float32Tolerance);
      }),
      { numRuns: 30 },
    );
  });
});
