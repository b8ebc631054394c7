import type { ProgramSource } from './program-context';
import type { TileLayout } from './tile-layout';
import { readParameterTile, readTile, tileProgram } from './tile-matrix';
import { readUpdateTable } from './update-table';

/**
 * A layer of both networks at once, forward:
 *
 *     h₀ = x,  hₗ₊₁ = f(hₗ Wₗ + bₗ)        f: tanh or relu
 *     outputs = h W + b                    both heads
 *
 * One fragment is four steps × four units. Columns of tiles: the actor's units, then the critic's.
 *
 * Shapes: x `[B, obs]`, gathered from the update table by the minibatch's rows; hₗ `[B, 2·units]`; outputs
 * `[B, logits or means | value]`; parameters as in `tile-layout.ts`.
 */

/**
 * (1 − e) / (1 + e) with e = exp(−2|x|) cannot overflow. Near 0, where it would cancel, four terms of the series are
 * right to 6e-8.
 */
const activations = {
  tanh: `
vec4 activate(vec4 x) {
  vec4 e = exp(-2.0 * abs(x));
  vec4 far = sign(x) * (1.0 - e) / (1.0 + e);
  vec4 s = x * x;
  vec4 near = x * (1.0 + s * (-1.0 / 3.0 + s * (2.0 / 15.0 - s * (17.0 / 315.0))));
  return mix(far, near, lessThan(abs(x), vec4(0.2)));
}`,
  relu: `
vec4 activate(vec4 x) { return max(x, 0.0); }`,
} as const;

const writeActivated =
  'writeTile(mat4(activate(sums[0]), activate(sums[1]), activate(sums[2]), activate(sums[3])));';

/** Four steps × four biases: the bias of tile `(x, y)` in each row. */
const biasTile = `
mat4 biasTile(ivec2 at) {
  vec4 bias = texelFetch(parameters, ivec2(at.x, 4 * at.y), 0);
  return mat4(bias, bias, bias, bias);
}`;

/** The first layer, which reads observations. */
function firstLayer(layout: TileLayout): ProgramSource {
  const { x, y, kernelHeight } = layout.hiddenRegions[0]!;
  return {
    samplers: ['updateTable', 'parameters'],
    fragmentShader: `${tileProgram}${readUpdateTable(layout)}
uniform sampler2D parameters;
${readParameterTile}${biasTile}${activations[layout.activation]}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ivec4 rows = batchPlaces(readMinibatch().schedule, at.y);
  ivec2 kernel = ivec2(${x} + at.x, ${y});
  mat4 sums = biasTile(kernel + ivec2(0, ${kernelHeight}));
  for (int k = 0; k < ${kernelHeight}; k++) {
    sums += parameterTile(parameters, kernel + ivec2(0, k)) * observationTile(rows, k);
  }
  ${writeActivated}
}`,
  };
}

/** A later hidden layer. */
function hiddenLayer(layout: TileLayout, layer: number): ProgramSource {
  const { x, y, kernelHeight } = layout.hiddenRegions[layer]!;
  const inputs = `hidden${layer - 1}`;
  return {
    samplers: [inputs, 'parameters'],
    fragmentShader: `${tileProgram}
uniform sampler2DArray ${inputs};
uniform sampler2D parameters;
${readTile}${readParameterTile}${biasTile}${activations[layout.activation]}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int firstInput = at.x < ${layout.hidden[layer]} ? 0 : ${kernelHeight};
  ivec2 kernel = ivec2(${x} + at.x, ${y});
  mat4 sums = biasTile(kernel + ivec2(0, ${kernelHeight}));
  for (int k = 0; k < ${kernelHeight}; k++) {
    sums += parameterTile(parameters, kernel + ivec2(0, k)) * tileAt(${inputs}, ivec2(firstInput + k, at.y));
  }
  ${writeActivated}
}`,
  };
}

/** Both heads, without activation. */
function heads(layout: TileLayout): ProgramSource {
  const { x, y, kernelHeight } = layout.headRegion;
  const inputs = `hidden${layout.hidden.length - 1}`;
  return {
    samplers: [inputs, 'parameters'],
    fragmentShader: `${tileProgram}
uniform sampler2DArray ${inputs};
uniform sampler2D parameters;
${readTile}${readParameterTile}${biasTile}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int firstInput = at.x < ${layout.actions} ? 0 : ${kernelHeight};
  ivec2 kernel = ivec2(${x} + at.x, ${y});
  mat4 sums = biasTile(kernel + ivec2(0, ${kernelHeight}));
  for (int k = 0; k < ${kernelHeight}; k++) {
    sums += parameterTile(parameters, kernel + ivec2(0, k)) * tileAt(${inputs}, ivec2(firstInput + k, at.y));
  }
  writeTile(sums);
}`,
  };
}

/** One program a hidden layer, from the first on, and one for both heads. */
export function forwardPrograms(layout: TileLayout): ProgramSource[] {
  return [
    firstLayer(layout),
    ...layout.hidden.slice(1).map((_, i) => hiddenLayer(layout, i + 1)),
    heads(layout),
  ];
}
