import type { ActingBackend } from '../contract';
import { isSimdAvailable } from './kernels/simd/kernels';

/** The faster of the backends that need no graphics processor, as far as this engine has it. */
export function hostBackend(): ActingBackend {
  return isSimdAvailable() ? 'wasm' : 'cpu';
}
