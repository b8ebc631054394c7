import { readLayer, writeLayer } from './activation-source';
import type { ProgramSource } from './program-context';
import type { TileLayout } from './tile-layout';
import { readParameterTile, tileProgram } from './tile-matrix';
import { readUpdateTable } from './update-table';

/**
 * A layer of both networks at once, forward:
 *
 *     h₀ = x,  hₗ₊₁ = f(hₗ Wₗ + bₗ)        f: tanh, relu or swish
 *     outputs = h W + b                    both heads
 *
 * One fragment is four steps × four units. Columns of tiles: the actor's units, then the critic's.
 *
 * Shapes: x `[B, obs]`, gathered from the update table by the minibatch's rows; hₗ `[B, 2·units]`; outputs
 * `[B, logits or means | value]`; parameters as in `tile-layout.ts`.
 */

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
${readParameterTile}${biasTile}${writeLayer(layout)}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ivec4 rows = batchPlaces(readMinibatch().schedule, at.y);
  ivec2 kernel = ivec2(${x} + at.x, ${y});
  mat4 sums = biasTile(kernel + ivec2(0, ${kernelHeight}));
  for (int k = 0; k < ${kernelHeight}; k++) {
    sums += parameterTile(parameters, kernel + ivec2(0, k)) * observationTile(rows, k);
  }
  writeLayer(sums);
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
${readLayer(layout)}${readParameterTile}${biasTile}${writeLayer(layout)}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int firstInput = at.x < ${layout.hidden[layer]} ? 0 : ${kernelHeight};
  ivec2 kernel = ivec2(${x} + at.x, ${y});
  mat4 sums = biasTile(kernel + ivec2(0, ${kernelHeight}));
  for (int k = 0; k < ${kernelHeight}; k++) {
    sums += parameterTile(parameters, kernel + ivec2(0, k)) * layerAt(${inputs}, ivec2(firstInput + k, at.y));
  }
  writeLayer(sums);
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
${readLayer(layout)}${readParameterTile}${biasTile}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int firstInput = at.x < ${layout.actions} ? 0 : ${kernelHeight};
  ivec2 kernel = ivec2(${x} + at.x, ${y});
  mat4 sums = biasTile(kernel + ivec2(0, ${kernelHeight}));
  for (int k = 0; k < ${kernelHeight}; k++) {
    sums += parameterTile(parameters, kernel + ivec2(0, k)) * layerAt(${inputs}, ivec2(firstInput + k, at.y));
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
