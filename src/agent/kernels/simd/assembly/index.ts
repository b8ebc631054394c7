export { relu, reluBackward, swish, swishBackward, tanh, tanhBackward } from './activations';
export { adam, squaredNorm } from './adam';
export { addProduct, addRows, repeatRow, transpose } from './products';
