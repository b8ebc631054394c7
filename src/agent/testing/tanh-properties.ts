import { describe, expect, it } from 'vitest';
import type { CreateKernels } from '../kernels/kernels';
import { tanhLimit } from '../kernels/tanh-coefficients';

const count = 4096;
const sign = 0x8000_0000;
const largest = 0x7f7f_ffff;
const infinity = 0x7f80_0000;

/** The float32 kernels' tanh of up to 4,096 numbers. */
function tanhOf(createKernels: CreateKernels): (inputs: Float32Array) => Float32Array {
  const { kernels, arrays: numbers } = createKernels((allocate) => allocate(count));
  return (inputs) => {
    numbers.set(inputs);
    kernels.activate({ activation: 'tanh', width: count }, 1, numbers);
    return numbers.slice(0, inputs.length);
  };
}

/** Every 4,099th float32 number from 0 to the largest, a few thousand at a time: 4,099 is prime to every power of two. */
function* allFloats(): Generator<Float32Array> {
  const inputs = new Float32Array(count);
  const bits = new Uint32Array(inputs.buffer);
  for (let next = 0; next <= largest; ) {
    for (let i = 0; i < count; i++, next += 4099) bits[i] = Math.min(next, largest);
    yield inputs;
  }
}

/** The gap from a float32 number to the next larger one. */
function unitInLastPlace(number: number): number {
  const float = Float32Array.of(Math.abs(number));
  new Uint32Array(float.buffer)[0]! += 1;
  return float[0]! - Math.abs(Math.fround(number));
}

function bitsOf(numbers: Float32Array): Uint32Array {
  return new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
}

/**
 * Holds float32 kernels to their tanh's bounds.
 *
 * @param mostUnits from Math.tanh, units in the last place.
 * @param mostUnitsBack by which it may fall where it should rise.
 */
export function describeTanh(
  name: string,
  createKernels: CreateKernels,
  { mostUnits, mostUnitsBack }: { readonly mostUnits: number; readonly mostUnitsBack: number },
): void {
  describe(`tanh of ${name} kernels`, () => {
    const compute = tanhOf(createKernels);

    it(`is within ${mostUnits} units in the last place of Math.tanh over all float32 numbers, and never beyond 1`, () => {
      let worst = 0;
      let highest = 0;
      for (const inputs of allFloats()) {
        const outputs = compute(inputs);
        for (let i = 0; i < count; i++) {
          const expected = Math.tanh(inputs[i]!);
          const error = Math.abs(outputs[i]! - expected) / unitInLastPlace(expected);
          // As a comparison that NaN fails.
          worst = error <= worst ? worst : error;
          highest = Math.max(highest, outputs[i]!);
        }
      }
      expect(worst).toBeLessThan(mostUnits);
      expect(worst).toBeGreaterThan(0);
      expect(highest).toBeLessThanOrEqual(1);
    });

    it('is odd to the bit', () => {
      for (const inputs of allFloats()) {
        const positive = bitsOf(compute(inputs));
        const negative = bitsOf(compute(inputs.map((number) => -number)));
        if (positive.some((bits, i) => bits + sign !== negative[i])) throw new Error('It is not odd.');
      }
    });

    it(`never falls by more than ${mostUnitsBack} units in the last place from one number to a larger one`, () => {
      let highest = 0;
      let worst = 0;
      for (const inputs of allFloats()) {
        for (const output of compute(inputs)) {
          if (output < highest) worst = Math.max(worst, (highest - output) / unitInLastPlace(output));
          highest = Math.max(highest, output);
        }
      }
      expect(worst).toBeLessThanOrEqual(mostUnitsBack);
    });

    it('leaves zeros, NaN and subnormal numbers as they are', () => {
      const bits = Uint32Array.of(0, sign, 1, sign + 1, 0x007f_ffff, sign + 0x007f_ffff, 0x0080_0000);
      const tiny = new Float32Array(bits.buffer);
      expect(bitsOf(compute(tiny))).toEqual(bits);
      expect(compute(Float32Array.of(Number.NaN))).toEqual(Float32Array.of(Number.NaN));
    });

    it('is constant from its limit to infinity', () => {
      const inputs = new Float32Array(
        Uint32Array.of(largest, infinity, sign + largest, sign + infinity).buffer,
      );
      const [end] = compute(Float32Array.of(tanhLimit));
      expect(compute(inputs)).toEqual(Float32Array.of(end!, end!, -end!, -end!));
      expect(1 - end!).toBeLessThan(1e-7);
    });
  });
}
