import { readLayer } from './activation-source';
import { findSlice } from './gradient-slices';
import type { ProgramSource } from './program-context';
import type { ParameterRegion, TileLayout } from './tile-layout';
import { tileProgram } from './tile-matrix';
import { readUpdateTable } from './update-table';

/**
 * The gradient of a layer of both networks at once:
 *
 *     ∂L/∂Wₗ = hₗᵀ sₗ      ∂L/∂bₗ = Σ over steps of sₗ      ∂L/∂log σ = Σ over steps of its loss terms
 *
 * One fragment is a tile of the layer's region of the parameter matrix, summed over all steps, or over a slice of them
 * (`gradient-slices.ts`). It runs one of two loops; software rendering runs the other for one step, too, which is why
 * layers are not put together in one program.
 *
 * Shapes: h and s `[B, …]`; gradient as the parameters in `tile-layout.ts`, but in four layers; so are slices of it.
 */

/** What a region's tiles are summed from. */
interface RegionSources {
  readonly region: ParameterRegion;
  /** The matrix of slopes, a column for each of the region's. */
  readonly slopes: string;
  /** The inputs: a hidden layer's outputs, or null for observations. */
  readonly inputs: string | null;
  /** GLSL of the first input column of the network to which column `at.x` belongs. */
  readonly firstInput: string;
  /** The columns from this one on have biases only. */
  readonly kernelWidth: number;
}

function hiddenSources(layout: TileLayout, layer: number): RegionSources {
  const region = layout.hiddenRegions[layer]!;
  return {
    region,
    slopes: `slopes${layer}`,
    inputs: layer === 0 ? null : `hidden${layer - 1}`,
    firstInput: layer === 0 ? '0' : `(at.x < ${layout.hidden[layer]} ? 0 : ${layout.hidden[layer - 1]})`,
    kernelWidth: region.width,
  };
}

function headSources(layout: TileLayout): RegionSources {
  const last = layout.hidden.length - 1;
  const { value, logStd } = layout.lossTerms;
  return {
    region: layout.headRegion,
    slopes: 'lossTerms',
    inputs: `hidden${last}`,
    firstInput: `(at.x < ${value} ? 0 : ${layout.hidden[last]})`,
    kernelWidth: logStd,
  };
}

function gradientProgram(layout: TileLayout, sources: RegionSources): ProgramSource {
  const { region, slopes, inputs, firstInput, kernelWidth } = sources;
  const inputTile =
    inputs === null
      ? 'observationTile(batchPlaces(now.schedule, steps), column)'
      : `layerAt(${inputs}, ivec2(column, steps))`;
  const matrices = inputs === null ? [slopes] : [slopes, inputs];
  return {
    samplers: ['updateTable', ...matrices],
    fragmentShader: `${tileProgram}${readUpdateTable(layout)}
${matrices.map((name) => `uniform sampler2DArray ${name};`).join('\n')}
${readLayer(layout)}
void main() {
  Minibatch now = readMinibatch();${findSlice(region)}
  mat4 sums = mat4(0.0);
  if (at.y == ${region.kernelHeight}) {
    for (int steps = first; steps < end; steps++) {
      sums[0] += tileAt(${slopes}, ivec2(at.x, steps)) * vec4(1.0);
    }
  } else if (at.x < ${kernelWidth}) {
    int column = ${firstInput} + at.y;
    for (int steps = first; steps < end; steps++) {
      mat4 inputTile = ${inputTile};
      sums += tileAt(${slopes}, ivec2(at.x, steps)) * transpose(inputTile);
    }
  }
  writeTile(sums);
}`,
  };
}

/** One program a hidden layer, in the layers' order, and one for both heads. They run in any order. */
export function weightGradientPrograms(layout: TileLayout): ProgramSource[] {
  return [...layout.hidden.map((_, layer) => hiddenSources(layout, layer)), headSources(layout)].map(
    (sources) => gradientProgram(layout, sources),
  );
}
