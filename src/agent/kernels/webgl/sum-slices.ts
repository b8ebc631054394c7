import { gradientRegions } from './gradient-slices';
import type { ProgramSource } from './program-context';
import type { TileLayout } from './tile-layout';
import { readTile, tileProgram } from './tile-matrix';
import { readUpdateTable } from './update-table';

/** Adds the slices up into the gradient. Where no parameter lies it writes 0. */
export function sumSlicesProgram(layout: TileLayout): ProgramSource {
  const regions = gradientRegions(layout).map(({ x, y, width, kernelHeight }) => {
    const height = kernelHeight + 1;
    return `
  if (at.x >= ${x} && at.x < ${x + width} && at.y >= ${y} && at.y < ${y + height}) {
    first = ${y} * (slices - 1) + at.y;
    height = ${height};
  }`;
  });
  return {
    samplers: ['updateTable', 'gradientSlices'],
    fragmentShader: `${tileProgram}${readUpdateTable(layout)}
uniform sampler2DArray gradientSlices;
${readTile}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int slices = readMinibatch().slices;
  int first = 0;
  int height = 0;${regions.join('')}
  mat4 sums = mat4(0.0);
  if (height > 0) {
    for (int slice = 0; slice < slices; slice++) {
      sums += tileAt(gradientSlices, ivec2(at.x, first + slice * height));
    }
  }
  writeTile(sums);
}`,
  };
}
