import { layerDerivative } from './activation-source';
import type { ProgramSource } from './program-context';
import type { TileLayout } from './tile-layout';
import { readParameterTile, readTile, tileProgram } from './tile-matrix';

/**
 * A layer of both networks at once, backward. Slopes s are ∂L/∂z at a layer's output z before its activation; those of
 * the heads are among the loss terms:
 *
 *     sₗ = (sₗ₊₁ Wₗ₊₁ᵀ) ⊙ f′(zₗ)        f′ from what the layer keeps: `activation-source.ts`
 *
 * One fragment is four steps × four units.
 *
 * Shapes: slopes and hₗ `[B, 2·units]`; loss terms as in `policy-loss.ts`; parameters as in `tile-layout.ts`.
 */
function backwardProgram(layout: TileLayout, layer: number): ProgramSource {
  const isLast = layer === layout.hidden.length - 1;
  const above = isLast ? 'lossTerms' : `slopes${layer + 1}`;
  const outputs = `hidden${layer}`;
  const units = layout.hidden[layer]!;
  const { x, y } = isLast ? layout.headRegion : layout.hiddenRegions[layer + 1]!;
  // Columns of tiles above: the actor's, then the critic's.
  const actorColumns = isLast ? layout.actions : layout.hidden[layer + 1]!;
  const criticColumns = isLast ? 1 : actorColumns;
  return {
    samplers: [above, outputs, 'parameters'],
    fragmentShader: `${tileProgram}
uniform sampler2DArray ${above};
uniform sampler2DArray ${outputs};
uniform sampler2D parameters;
${readTile}${readParameterTile}
${layerDerivative(layout)}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  bool isCritic = at.x >= ${units};
  int unit = isCritic ? at.x - ${units} : at.x;
  int first = isCritic ? ${actorColumns} : 0;
  int end = isCritic ? ${actorColumns + criticColumns} : ${actorColumns};
  mat4 sums = mat4(0.0);
  for (int column = first; column < end; column++) {
    mat4 kernel = parameterTile(parameters, ivec2(${x} + column, ${y} + unit));
    sums += transpose(kernel) * tileAt(${above}, ivec2(column, at.y));
  }
  mat4 h = tileAt(${outputs}, at);
  writeTile(mat4(
    sums[0] * derivative(h[0]),
    sums[1] * derivative(h[1]),
    sums[2] * derivative(h[2]),
    sums[3] * derivative(h[3])));
}`,
  };
}

/** One program a hidden layer, in the layers' order: they run from the last to the first. */
export function backwardPrograms(layout: TileLayout): ProgramSource[] {
  return layout.hidden.map((_, layer) => backwardProgram(layout, layer));
}
