import type { GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { type AdvantageInput, type Advantages, followingValue, tailContinues } from '../gae';
import { readTensor } from '../tensor-backend';

/**
 * Generalised advantage estimation as a WebGL program of our own.
 *
 *     A_t = Σ_k (γλ)^k δ_{t+k}      summed until the tail ends
 *     δ_t = r_t + γ V′_t − V_t = r_t − (1 − γ) V′_t + (V′_t − V_t)
 *
 * V′ is the value that follows (see `followingValue`). The second form of δ is used because V′ − V is rounded once,
 * from float64, and what remains is small: large values do not cancel in float32.
 *
 * The sum is a strided scan of radix 16. A cell after a pass of stride s holds [the sum of its first 16·s terms,
 * whether the tail goes on beyond them]; the next pass, of stride 16·s, adds 16 such cells weighted (γλ)^(16·s·j). The
 * weights are computed in float64 and given as uniforms, so nothing that a person can change is compiled in, and no
 * power of γλ is built up by float32 products.
 *
 * Shapes: cells `[T·N, 2, 2]` packed, one RGBA texel a step; advantages `[T, N]`.
 * Cost: ⌈log₁₆ T⌉ dispatches (1 to T = 16, 2 to 256, 3 to 4096), each of 16 texel reads a step at most; one texel
 * upload before and one read after them.
 */
const radix = 16;

/** What every pass needs to know of the rollout and its place in the scan. */
const uniforms: NonNullable<GPGPUProgram['customUniforms']> = [
  { name: 'steps', type: 'int' },
  { name: 'agents', type: 'int' },
  { name: 'stride', type: 'int' },
  { name: 'oneMinusDiscount', type: 'float' },
  { name: 'weights', type: 'float', arrayIndex: radix },
];

/** The first pass reads (reward, following value, following value − value, tail continues). */
const residualOfCell = 'cell.r - oneMinusDiscount * cell.g + cell.b';
/** Later passes read (sum so far, unused, unused, tail continues). */
const sumOfCell = 'cell.r';

function scanProgram(steps: number, agents: number, isFirst: boolean, isLast: boolean): GPGPUProgram {
  // Packed textures hold 2 × 2 numbers a texel, and `outTexShape` counts numbers.
  const texelsPerRow = isLast ? 'outTexShape[1]' : '(outTexShape[1] / 2)';
  return {
    variableNames: ['cells'],
    packedInputs: true,
    packedOutput: !isLast,
    outputShape: isLast ? [steps, agents] : [steps * agents, 2, 2],
    enableShapeUniforms: true,
    customUniforms: uniforms,
    userCode: `
      vec4 cellAt(int index) {
        int width = textureSize(cells, 0).x;
        return texelFetch(cells, ivec2(index % width, index / width), 0);
      }
      void main() {
        int index = int(gl_FragCoord.y) * ${texelsPerRow} + int(gl_FragCoord.x);
        int step = index / agents;
        float sum = 0.0;
        float goesOn = 0.0;
        if (step < steps) {
          goesOn = 1.0;
          for (int j = 0; j < ${radix}; j++) {
            int later = step + j * stride;
            if (later >= steps) { goesOn = 0.0; break; }
            vec4 cell = cellAt(index + j * stride * agents);
            sum += weights[j] * (${isFirst ? residualOfCell : sumOfCell});
            if (cell.a == 0.0) { goesOn = 0.0; break; }
          }
        }
        setOutput(${isLast ? 'sum' : 'vec4(sum, 0.0, 0.0, goesOn)'});
      }`,
  };
}

/**
 * Runs the scan and reads its result back without blocking.
 *
 * @returns what `generalisedAdvantages` returns, equal to it within 1e-5 of the largest advantage.
 * @throws PlaytrainError `context-lost` when the GPU does not answer.
 */
export async function advantagesOnWebgl(
  rollout: AdvantageInput,
  discount: number,
  gaeLambda: number,
  bootstrapTruncated: boolean,
): Promise<Advantages> {
  const { steps, agents } = rollout.shape;
  const scanned = tf.tidy(() =>
    scan(packedCells(rollout, bootstrapTruncated), steps, agents, discount, gaeLambda),
  );
  let sums: Float32Array;
  try {
    sums = await readTensor(scanned);
  } finally {
    scanned.dispose();
  }
  const advantages = new Float32Array(steps * agents);
  const returns = new Float32Array(steps * agents);
  for (let cell = 0; cell < advantages.length; cell++) {
    advantages[cell] = rollout.valid[cell] === 0 ? 0 : sums[cell]!;
    returns[cell] = advantages[cell]! + rollout.values[cell]!;
  }
  return { advantages, returns };
}

/** The first pass's input, `[T·N, 2, 2]`. */
function packedCells(rollout: AdvantageInput, bootstrapTruncated: boolean): tf.Tensor3D {
  const count = rollout.shape.steps * rollout.shape.agents;
  const cells = new Float32Array(count * 4);
  for (let cell = 0; cell < count; cell++) {
    const following = followingValue(rollout, cell, bootstrapTruncated);
    cells[cell * 4] = rollout.rewards[cell]!;
    cells[cell * 4 + 1] = following;
    cells[cell * 4 + 2] = following - rollout.values[cell]!;
    cells[cell * 4 + 3] = tailContinues(rollout, cell) ? 1 : 0;
  }
  return tf.tensor3d(cells, [count, 2, 2]);
}

/** @returns the advantages `[T, N]` of `cells` `[T·N, 2, 2]`. */
function scan(
  cells: tf.Tensor,
  steps: number,
  agents: number,
  discount: number,
  gaeLambda: number,
): tf.Tensor {
  const backend = tf.backend() as MathBackendWebGL;
  let current = cells;
  for (let stride = 1; stride === 1 || stride < steps; stride *= radix) {
    const program = scanProgram(steps, agents, stride === 1, stride * radix >= steps);
    const weights = Array.from({ length: radix }, (_, j) => (discount * gaeLambda) ** (stride * j));
    const output = backend.compileAndRun(program, [current], 'float32', [
      [steps],
      [agents],
      [stride],
      [1 - discount],
      weights,
    ]);
    current = tf.engine().makeTensorFromTensorInfo(output);
  }
  return current;
}
