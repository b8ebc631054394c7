import type { TileLayout } from './tile-layout';
import { readTile } from './tile-matrix';

/**
 * What a hidden layer keeps of its sums z for those who read it, and what they make of that. tanh and relu keep what they
 * give, of which f′ is a function; a swish keeps z itself, since two z give one of what it gives.
 */
interface ActivationSource {
  /** GLSL of `vec4 kept(vec4 z)`. */
  readonly kept: string;
  /** GLSL of `vec4 given(vec4 kept)`: f(z). */
  readonly given: string;
  /** GLSL of `vec4 derivative(vec4 kept)`: f′(z). */
  readonly derivative: string;
}

const asItIs = 'vec4 given(vec4 kept) { return kept; }';

/** 1 / (1 + exp(−z)), of exp(−|z|), which cannot overflow. */
const sigmoid = `
vec4 sigmoid(vec4 z) {
  vec4 e = exp(-abs(z));
  return mix(e, vec4(1.0), greaterThanEqual(z, vec4(0.0))) / (1.0 + e);
}`;

/**
 * tanh: (1 − e) / (1 + e) with e = exp(−2|x|) cannot overflow. Near 0, where it would cancel, four terms of the series are
 * right to 6e-8.
 */
const sources: Readonly<Record<TileLayout['activation'], ActivationSource>> = {
  tanh: {
    kept: `
vec4 kept(vec4 x) {
  vec4 e = exp(-2.0 * abs(x));
  vec4 far = sign(x) * (1.0 - e) / (1.0 + e);
  vec4 s = x * x;
  vec4 near = x * (1.0 + s * (-1.0 / 3.0 + s * (2.0 / 15.0 - s * (17.0 / 315.0))));
  return mix(far, near, lessThan(abs(x), vec4(0.2)));
}`,
    given: asItIs,
    derivative: 'vec4 derivative(vec4 h) { return 1.0 - h * h; }',
  },
  relu: {
    kept: `
vec4 kept(vec4 x) { return max(x, 0.0); }`,
    given: asItIs,
    derivative: 'vec4 derivative(vec4 h) { return vec4(greaterThan(h, vec4(0.0))); }',
  },
  swish: {
    kept: `
vec4 kept(vec4 z) { return z; }`,
    given: `${sigmoid}
vec4 given(vec4 z) { return z * sigmoid(z); }`,
    derivative: `${sigmoid}
vec4 derivative(vec4 z) {
  vec4 share = sigmoid(z);
  return share * (1.0 + z * (1.0 - share));
}`,
  },
};

/** GLSL of `writeLayer`, which writes a hidden layer's tile of sums as it is kept. */
export function writeLayer({ activation }: TileLayout): string {
  return `${sources[activation].kept}
void writeLayer(mat4 sums) {
  writeTile(mat4(kept(sums[0]), kept(sums[1]), kept(sums[2]), kept(sums[3])));
}
`;
}

/** GLSL of `layerAt`, which reads a tile of what a hidden layer gives, and of `tileAt`. */
export function readLayer({ activation }: TileLayout): string {
  if (sources[activation].given === asItIs) {
    return `${readTile}
mat4 layerAt(sampler2DArray layer, ivec2 at) { return tileAt(layer, at); }
`;
  }
  return `${readTile}${sources[activation].given}
mat4 layerAt(sampler2DArray layer, ivec2 at) {
  mat4 kept = tileAt(layer, at);
  return mat4(given(kept[0]), given(kept[1]), given(kept[2]), given(kept[3]));
}
`;
}

/** GLSL of `derivative`, of what a hidden layer keeps. */
export function layerDerivative({ activation }: TileLayout): string {
  return sources[activation].derivative;
}
