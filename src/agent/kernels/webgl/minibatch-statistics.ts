import type { ProgramSource } from './program-context';
import type { TileLayout } from './tile-layout';
import { readTile, texelProgram } from './tile-matrix';
import { readUpdateTable } from './update-table';

/**
 * What a minibatch reports, and whether the update goes on, in two programs:
 *
 *     partial sums   [3, columns]: squares of the gradient, a column of tiles each; of the loss terms' two columns of
 *                    statistics, each over every 32nd row of tiles (the ratio's deviation: the largest)
 *     log entry      means over the minibatch, ‖g‖ = √Σ g², and 1 while no KL was too large:
 *                    [policy loss, value loss, entropy, KL], [clip fraction, ‖g‖, ratio deviation, goes on]
 *
 * A log entry is a texel in each of two layers. Minibatch j's is entry ⌊j/2⌋ of one of two logs, which take turns, so
 * that the entry before it is read from a texture that is not written.
 */
const chunks = 32;

/** Log entries in a row of texels; a power of 2. */
export const logWidth = 2048;

/** Columns of the partial sums. */
export function partialSumsWidth(layout: TileLayout): number {
  return Math.max(layout.parameters.width, chunks);
}

/** GLSL that reads a minibatch's log entry. */
export const readLog = `
/** The j-th minibatch's entry; the layer is 0 or 1. */
vec4 logEntry(sampler2DArray entries, int number, int layer) {
  int entry = number >> 1;
  return texelFetch(entries, ivec3(entry & ${logWidth - 1}, entry >> ${Math.log2(logWidth)}, layer), 0);
}
`;

export function partialSumsProgram(layout: TileLayout): ProgramSource {
  const { width, height } = layout.parameters;
  return {
    samplers: ['updateTable', 'gradient', 'lossTerms'],
    fragmentShader: `${texelProgram}${readUpdateTable(layout)}${readTile}
uniform sampler2DArray gradient;
uniform sampler2DArray lossTerms;
out vec4 sum;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  sum = vec4(0.0);
  if (at.y == 0) {
    if (at.x >= ${width}) return;
    for (int y = 0; y < ${height}; y++) {
      mat4 tile = tileAt(gradient, ivec2(at.x, y));
      sum.x += dot(tile[0], tile[0]) + dot(tile[1], tile[1]) + dot(tile[2], tile[2]) + dot(tile[3], tile[3]);
    }
    return;
  }
  if (at.x >= ${chunks}) return;
  int column = ${layout.lossTerms.statistics - 1} + at.y;
  int rowTiles = readMinibatch().rowTiles;
  for (int y = at.x; y < rowTiles; y += ${chunks}) {
    mat4 tile = tileAt(lossTerms, ivec2(column, y));
    vec4 largest = max(max(tile[0], tile[1]), max(tile[2], tile[3]));
    vec4 next = sum + tile[0] + tile[1] + tile[2] + tile[3];
    if (at.y == 2) next.y = max(sum.y, largest.y);
    sum = next;
  }
}`,
  };
}

export function logEntryProgram(layout: TileLayout): ProgramSource {
  return {
    samplers: ['updateTable', 'partialSums', 'previousLog'],
    fragmentShader: `${texelProgram}${readUpdateTable(layout)}${readLog}
uniform sampler2D partialSums;
uniform sampler2DArray previousLog;
layout(location = 0) out vec4 losses;
layout(location = 1) out vec4 others;

void main() {
  Minibatch now = readMinibatch();
  float squares = 0.0;
  for (int x = 0; x < ${layout.parameters.width}; x++) squares += texelFetch(partialSums, ivec2(x, 0), 0).x;
  vec4 sums = vec4(0.0);
  float clipped = 0.0;
  float deviation = 0.0;
  for (int x = 0; x < ${chunks}; x++) {
    sums += texelFetch(partialSums, ivec2(x, 1), 0);
    vec4 more = texelFetch(partialSums, ivec2(x, 2), 0);
    clipped += more.x;
    deviation = max(deviation, more.y);
  }
  losses = sums / float(now.count);
  bool wentOn = now.number == 0 || logEntry(previousLog, now.number - 1, 1).w > 0.0;
  bool goesOn = wentOn && !(losses.w > readSettings().largestKl);
  others = vec4(clipped / float(now.count), sqrt(squares), deviation, float(goesOn));
}`,
  };
}
