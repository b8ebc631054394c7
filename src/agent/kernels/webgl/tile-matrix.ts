/**
 * How matrices lie in textures, and what every program of the fused trainer begins with.
 *
 * A *tile* is 4 × 4 numbers of a matrix. One fragment computes one tile, four rows as four colour attachments: the
 * least number of attachments that WebGL 2 guarantees, and per fragment 64 multiply-adds for 8 texel reads.
 *
 * - Activations, slopes and gradients, which programs write tile by tile, are texture arrays of four layers: texel
 *   (x, y) of layer r holds row 4y + r, columns 4x … 4x + 3.
 * - Parameters, which the Adam program writes row by row, are flat: texel (x, y) holds row y, columns 4x … 4x + 3.
 *
 * What lies past a matrix's last row or column is 0 or is never read.
 *
 * In GLSL a tile is a `mat4` whose i-th *column* is the tile's i-th row. So with activations a, kernel W and slopes s,
 * tile by tile, in GLSL's terms:
 *
 *     a W   is   W * a            (forward)
 *     s Wᵀ  is   transpose(W) * s (input gradient)
 *     aᵀ s  is   s * transpose(a) (weight gradient)
 *
 * Places are taken apart by shifts, since few devices divide integers quickly.
 */

const preamble = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp sampler2DArray;
`;

/** A program that writes tiles. */
export const tileProgram = `${preamble}
layout(location = 0) out vec4 row0;
layout(location = 1) out vec4 row1;
layout(location = 2) out vec4 row2;
layout(location = 3) out vec4 row3;

void writeTile(mat4 tile) {
  row0 = tile[0];
  row1 = tile[1];
  row2 = tile[2];
  row3 = tile[3];
}
`;

/** A program that writes as many texels as it declares outputs. */
export const texelProgram = preamble;

/** Reads a tile of a matrix in four layers. */
export const readTile = `
mat4 tileAt(sampler2DArray matrix, ivec2 at) {
  return mat4(
    texelFetch(matrix, ivec3(at, 0), 0),
    texelFetch(matrix, ivec3(at, 1), 0),
    texelFetch(matrix, ivec3(at, 2), 0),
    texelFetch(matrix, ivec3(at, 3), 0));
}
`;

/** Reads a tile of the parameters; `at` counts tiles. */
export const readParameterTile = `
mat4 parameterTile(sampler2D parameters, ivec2 at) {
  ivec2 first = ivec2(at.x, 4 * at.y);
  return mat4(
    texelFetch(parameters, first, 0),
    texelFetch(parameters, first + ivec2(0, 1), 0),
    texelFetch(parameters, first + ivec2(0, 2), 0),
    texelFetch(parameters, first + ivec2(0, 3), 0));
}
`;

/** How many tiles hold `count` numbers in a row. */
export function tilesFor(count: number): number {
  return Math.ceil(count / 4);
}
