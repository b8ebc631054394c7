import { describe, expect, it } from 'vitest';
import { createFmaTrainer, isFmaAvailable } from '../analytic-trainer';
import { itComputesGraphs } from '../testing/graph-properties';
import { describeKernels, describeTwins } from '../testing/kernel-properties';
import { describeTanh } from '../testing/tanh-properties';
import { describeTrainer } from '../testing/trainer-properties';
import { createFmaKernels } from './simd/kernels';

it('is available in this browser', () => {
  expect(isFmaAvailable()).toBe(true);
});

describeTwins('SIMD and multiply-add', createFmaKernels);
describeKernels('SIMD and multiply-add', createFmaKernels);
describeTanh('SIMD and multiply-add', createFmaKernels, { mostUnits: 5, mostUnitsBack: 8 });
describe('a plan', () => {
  itComputesGraphs('SIMD and multiply-add', createFmaKernels);
});
describe('analytic, SIMD and multiply-add, in a browser', () => {
  describeTrainer(createFmaTrainer);
});
