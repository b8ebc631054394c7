import type { Numbers } from '../kernels';

/**
 * c[r, j] += Σ_k a[r, k] · b[k, j] for `rows` × `columns` × `depth`; `b` and `c` row-major, `columns` a multiple of four.
 *
 * Element a[r, k] is `a[r · aRowStep + k · aDepthStep]`, so that this one function takes a matrix and a transposed one
 * alike. Two rows and four columns are computed at a time, so that sums stay in registers; every sum runs over k in
 * order, so an element does not depend on what is computed beside it.
 */
export function addProduct(
  rows: number,
  columns: number,
  depth: number,
  a: Numbers,
  aRowStep: number,
  aDepthStep: number,
  b: Numbers,
  c: Numbers,
): void {
  const pairs = rows - (rows % 2);
  for (let row = 0; row < pairs; row += 2) {
    for (let column = 0; column < columns; column += 4) {
      addTile(column, columns, depth, a, row * aRowStep, aRowStep, aDepthStep, b, c, row * columns + column);
    }
  }
  if (pairs === rows) return;
  for (let column = 0; column < columns; column++) {
    let sum = c[pairs * columns + column]!;
    for (let k = 0; k < depth; k++) {
      sum += a[pairs * aRowStep + k * aDepthStep]! * b[k * columns + column]!;
    }
    c[pairs * columns + column] = sum;
  }
}

/** The two rows and four columns of `c` from the index `upper` on. */
function addTile(
  column: number,
  columns: number,
  depth: number,
  a: Numbers,
  aStart: number,
  aRowStep: number,
  aDepthStep: number,
  b: Numbers,
  c: Numbers,
  upper: number,
): void {
  const lower = upper + columns;
  let upper0 = c[upper]!;
  let upper1 = c[upper + 1]!;
  let upper2 = c[upper + 2]!;
  let upper3 = c[upper + 3]!;
  let lower0 = c[lower]!;
  let lower1 = c[lower + 1]!;
  let lower2 = c[lower + 2]!;
  let lower3 = c[lower + 3]!;
  let element = aStart;
  let weight = column;
  for (let k = 0; k < depth; k++) {
    const above = a[element]!;
    const below = a[element + aRowStep]!;
    const weight0 = b[weight]!;
    const weight1 = b[weight + 1]!;
    const weight2 = b[weight + 2]!;
    const weight3 = b[weight + 3]!;
    upper0 += above * weight0;
    upper1 += above * weight1;
    upper2 += above * weight2;
    upper3 += above * weight3;
    lower0 += below * weight0;
    lower1 += below * weight1;
    lower2 += below * weight2;
    lower3 += below * weight3;
    element += aDepthStep;
    weight += columns;
  }
  c[upper] = upper0;
  c[upper + 1] = upper1;
  c[upper + 2] = upper2;
  c[upper + 3] = upper3;
  c[lower] = lower0;
  c[lower + 1] = lower1;
  c[lower + 2] = lower2;
  c[lower + 3] = lower3;
}
