import { describe, expect, it } from 'vitest';
import { describeTanh } from '../testing/tanh-properties';
import { createFloat64Kernels, createPlainKernels } from './plain/kernels';
import { tanh } from './plain/tanh';
import { createSimdKernels } from './simd/kernels';
import { tanhLimit } from './tanh-coefficients';

// Plain loops compute in float64: what is left is the rational's own error, and a rounding.
describeTanh('plain', createPlainKernels, { mostUnits: 2, mostUnitsBack: 1 });
describeTanh('SIMD', createSimdKernels, { mostUnits: 5, mostUnitsBack: 8 });

describe('tanh in float64', () => {
  it('is within 5e-8 of itself, and its slope within 3e-7 of 1 − y²', () => {
    const step = 1e-4;
    let worst = 0;
    let worstSlope = 0;
    for (let x = step; x < tanhLimit + 1; x += step) {
      const y = tanh(x);
      worst = Math.max(worst, Math.abs(y / Math.tanh(x) - 1));
      const slope = (tanh(x + step / 2) - tanh(x - step / 2)) / step;
      worstSlope = Math.max(worstSlope, Math.abs(slope - (1 - y * y)));
    }
    expect(worst).toBeLessThan(5e-8);
    expect(worstSlope).toBeLessThan(3e-7);
  });

  it('is what the plain kernels compute, whatever their arrays are', () => {
    const inputs = Float64Array.from({ length: 64 }, (_, i) => (i - 32) / 3);
    const { kernels, arrays } = createFloat64Kernels((allocate) => allocate(64));
    arrays.set(inputs);
    kernels.activate({ activation: 'tanh', width: 64 }, 1, arrays);
    expect(arrays).toEqual(inputs.map(tanh));
  });
});
