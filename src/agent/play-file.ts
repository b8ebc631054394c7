import { actionLayout } from '../contract';
import { clipAt, varianceFloor } from './normalisation';
import { networkLayers, policyLayout } from './policy';
import type { PolicyData } from './policy-file';

/** As `src/play` reads it, which imports nothing. */
const format = 'playtrain-play-1';

/**
 * Writes what a shipped game needs of a policy to play by it: the actor alone, in numbers of 16 bits (IEEE 754,
 * binary16), a quarter of the policy's own file. After four bytes of its length comes a header as JSON, then the kernel
 * `[in, out]` and the biases `[out]` of layer after layer.
 */
export function encodePlayFile(policy: PolicyData): Uint8Array<ArrayBuffer> {
  const { spec, hiddenSizes, activation, observations, parameters } = policy;
  const { outputs, components } = actionLayout(spec.actionSpace);
  const header = {
    format,
    sees: spec.observationSpace.names,
    sizes: [spec.observationSpace.size, ...hiddenSizes, outputs],
    activation,
    does: components.map((component) =>
      component.kind === 'axis'
        ? { low: component.low, high: component.high }
        : { choices: component.count, mask: component.mask },
    ),
    normal:
      observations === null
        ? null
        : {
            mean: observations.mean,
            scale: observations.variance.map((variance) => 1 / Math.sqrt(variance + varianceFloor)),
            clip: clipAt,
          },
  };
  const blocks = networkLayers(policyLayout(spec, policy), 'actor').flatMap(({ kernel, bias }) => [
    kernel,
    bias,
  ]);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const count = blocks.reduce((sum, { size }) => sum + size, 0);
  const file = new Uint8Array(4 + text.length + 2 * count);
  const view = new DataView(file.buffer);
  view.setUint32(0, text.length, true);
  file.set(text, 4);
  let at = 4 + text.length;
  for (const { offset, size } of blocks) {
    for (let i = 0; i < size; i++, at += 2) view.setUint16(at, halfBits(parameters[offset + i]!), true);
  }
  return file;
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The 16 bits that stand for the number nearest to `value`, of two that are as near the even one; the largest beyond all. */
export function halfBits(value: number): number {
  const largest = 65_504;
  float[0] = Math.max(-largest, Math.min(largest, value));
  const sign = (bits[0]! >>> 16) & 0x8000;
  const size = Math.abs(float[0]);
  // Below 2^-14 halves are multiples of 2^-24.
  if (size < 2 ** -14) return sign | roundToEven(size * 2 ** 24);
  const exponent = ((bits[0]! >>> 23) & 0xff) - 127;
  // 1024 more than the fraction: a fraction that is rounded up to 1 becomes the next exponent's 0 by itself.
  return sign | (((exponent + 14) << 10) + roundToEven((size / 2 ** exponent) * 1024));
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
