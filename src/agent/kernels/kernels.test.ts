import { describeKernels, describeTwins } from '../testing/kernel-properties';
import { createPlainKernels } from './plain/kernels';
import { createSimdKernels } from './simd/kernels';

describeTwins('SIMD', createSimdKernels);
describeKernels('SIMD', createSimdKernels);
describeKernels('plain', createPlainKernels);
