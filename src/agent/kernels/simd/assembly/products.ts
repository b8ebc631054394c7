import { multiplyAdd } from './multiply-add';

/*
 * Matrix products. Matrices are row-major, their rows a whole number of vectors (four float32) wide. Lanes run across
 * columns and every sum runs over the depth in order, so an element's bits do not depend on the tile that it falls in.
 */

/**
 * c[r, j] += Σ_k a[r, k] · b[k, j] for `rows` × `columns` × `depth`.
 *
 * Element a[r, k] lies r · `aRowStep` + k · `aDepthStep` bytes after `a`, so that this one function takes a matrix and
 * a transposed one alike.
 */
export function addProduct(
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  aRowStep: usize,
  aDepthStep: usize,
  b: usize,
  c: usize,
): void {
  const stride = (<usize>columns) << 2;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    let column = 0;
    for (; column + 8 <= columns; column += 8) {
      const offset = (<usize>column) << 2;
      tile4x8(depth, a, aRowStep, aDepthStep, b + offset, stride, c + offset);
    }
    if (column < columns) {
      const offset = (<usize>column) << 2;
      tile4x4(depth, a, aRowStep, aDepthStep, b + offset, stride, c + offset);
    }
    a += aRowStep << 2;
    c += stride << 2;
  }
  for (; row < rows; row++) {
    for (let offset: usize = 0; offset < stride; offset += 16) {
      tile1x4(depth, a, aDepthStep, b + offset, stride, c + offset);
    }
    a += aRowStep;
    c += stride;
  }
}

/** Four rows of two vectors: eight sums in registers. */
function tile4x8(
  depth: i32,
  a0: usize,
  aRowStep: usize,
  aDepthStep: usize,
  b: usize,
  stride: usize,
  c0: usize,
): void {
  let a1 = a0 + aRowStep;
  let a2 = a1 + aRowStep;
  let a3 = a2 + aRowStep;
  const c1 = c0 + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  let left0 = v128.load(c0);
  let left1 = v128.load(c1);
  let left2 = v128.load(c2);
  let left3 = v128.load(c3);
  let right0 = v128.load(c0, 16);
  let right1 = v128.load(c1, 16);
  let right2 = v128.load(c2, 16);
  let right3 = v128.load(c3, 16);
  for (let k = 0; k < depth; k++) {
    const left = v128.load(b);
    const right = v128.load(b, 16);
    let element = v128.load_splat<f32>(a0);
    left0 = multiplyAdd(element, left, left0);
    right0 = multiplyAdd(element, right, right0);
    element = v128.load_splat<f32>(a1);
    left1 = multiplyAdd(element, left, left1);
    right1 = multiplyAdd(element, right, right1);
    element = v128.load_splat<f32>(a2);
    left2 = multiplyAdd(element, left, left2);
    right2 = multiplyAdd(element, right, right2);
    element = v128.load_splat<f32>(a3);
    left3 = multiplyAdd(element, left, left3);
    right3 = multiplyAdd(element, right, right3);
    a0 += aDepthStep;
    a1 += aDepthStep;
    a2 += aDepthStep;
    a3 += aDepthStep;
    b += stride;
  }
  v128.store(c0, left0);
  v128.store(c1, left1);
  v128.store(c2, left2);
  v128.store(c3, left3);
  v128.store(c0, right0, 16);
  v128.store(c1, right1, 16);
  v128.store(c2, right2, 16);
  v128.store(c3, right3, 16);
}

/** Four rows of one vector. */
function tile4x4(
  depth: i32,
  a0: usize,
  aRowStep: usize,
  aDepthStep: usize,
  b: usize,
  stride: usize,
  c0: usize,
): void {
  let a1 = a0 + aRowStep;
  let a2 = a1 + aRowStep;
  let a3 = a2 + aRowStep;
  const c1 = c0 + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  let sum0 = v128.load(c0);
  let sum1 = v128.load(c1);
  let sum2 = v128.load(c2);
  let sum3 = v128.load(c3);
  for (let k = 0; k < depth; k++) {
    const vector = v128.load(b);
    sum0 = multiplyAdd(v128.load_splat<f32>(a0), vector, sum0);
    sum1 = multiplyAdd(v128.load_splat<f32>(a1), vector, sum1);
    sum2 = multiplyAdd(v128.load_splat<f32>(a2), vector, sum2);
    sum3 = multiplyAdd(v128.load_splat<f32>(a3), vector, sum3);
    a0 += aDepthStep;
    a1 += aDepthStep;
    a2 += aDepthStep;
    a3 += aDepthStep;
    b += stride;
  }
  v128.store(c0, sum0);
  v128.store(c1, sum1);
  v128.store(c2, sum2);
  v128.store(c3, sum3);
}

/** One vector of one row: what whole tiles leave over. */
function tile1x4(depth: i32, a: usize, aDepthStep: usize, b: usize, stride: usize, c: usize): void {
  let sum = v128.load(c);
  for (let k = 0; k < depth; k++) {
    sum = multiplyAdd(v128.load_splat<f32>(a), v128.load(b), sum);
    a += aDepthStep;
    b += stride;
  }
  v128.store(c, sum);
}

/** Writes `row` `[columns]` into each row of `matrix` `[rows, columns]`. */
export function repeatRow(rows: i32, columns: i32, row: usize, matrix: usize): void {
  const stride = (<usize>columns) << 2;
  for (; rows > 0; rows--) {
    for (let offset: usize = 0; offset < stride; offset += 16) {
      v128.store(matrix + offset, v128.load(row + offset));
    }
    matrix += stride;
  }
}

/** sums[j] += Σ_r matrix[r, j]. */
export function addRows(rows: i32, columns: i32, matrix: usize, sums: usize): void {
  const stride = (<usize>columns) << 2;
  for (let offset: usize = 0; offset < stride; offset += 16) {
    let sum = v128.load(sums + offset);
    let vector = matrix + offset;
    for (let row = 0; row < rows; row++) {
      sum = f32x4.add(sum, v128.load(vector));
      vector += stride;
    }
    v128.store(sums + offset, sum);
  }
}

/** transposed[j, i] = matrix[i, j] for the first `columns` of rows `stride` numbers apart; `transposedStride` likewise. */
export function transpose(
  rows: i32,
  columns: i32,
  stride: i32,
  matrix: usize,
  transposedStride: i32,
  transposed: usize,
): void {
  for (let column = 0; column < columns; column++) {
    let from = matrix + ((<usize>column) << 2);
    let to = transposed + ((<usize>(column * transposedStride)) << 2);
    for (let row = 0; row < rows; row++) {
      store<f32>(to, load<f32>(from));
      from += (<usize>stride) << 2;
      to += 4;
    }
  }
}
