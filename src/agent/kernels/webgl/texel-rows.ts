/**
 * Lists of texels in textures: texel i lies at column i mod 2048 of row ⌊i / 2048⌋. Places are taken apart by shifts,
 * since few devices divide integers quickly.
 */

/** Texels in a row; a power of 2. */
export const rowWidth = 2048;
const shift = Math.log2(rowWidth);

/** GLSL that reads such a list, and tells which texel of one is drawn. */
export const readRows = `
vec4 texelOf(sampler2D list, int place) {
  return texelFetch(list, ivec2(place & ${rowWidth - 1}, place >> ${shift}), 0);
}

int placeOfFragment() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  return (at.y << ${shift}) + at.x;
}
`;

/** Rows that hold so many texels; one at least. */
export function rowsFor(texels: number): number {
  return Math.max(1, Math.ceil(texels / rowWidth));
}
