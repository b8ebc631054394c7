import { type Numbers, paddedWidth } from '../kernels/kernels';
import type { ParameterBlock } from './parameter-blocks';

/** A parameter block as kernels want it: each row padded with zeros to a multiple of four numbers. */
export interface PaddedBlock {
  readonly block: ParameterBlock;
  readonly rows: number;
  readonly columns: number;
  /** From one row to the next. */
  readonly width: number;
  readonly offset: number;
  readonly size: number;
}

/** All of a policy's blocks in their order. What is 0 in the padding stays 0 through any gradient step. */
export interface PaddedLayout {
  readonly blocks: readonly PaddedBlock[];
  /** Padding included. */
  readonly size: number;
}

export function paddedLayout(tight: readonly ParameterBlock[]): PaddedLayout {
  let offset = 0;
  const blocks = tight.map((block) => {
    const columns = block.shape.at(-1)!; // blocks are matrices or vectors
    const rows = block.size / columns;
    const width = paddedWidth(columns);
    const padded = { block, rows, columns, width, offset, size: rows * width };
    offset += padded.size;
    return padded;
  });
  return { blocks, size: offset };
}

/** Copies `tight` `[P]` into `padded` `[size]`, whose padding is left as it is. */
export function pad({ blocks }: PaddedLayout, tight: Float32Array, padded: Numbers): void {
  for (const { block, rows, columns, width, offset } of blocks) {
    for (let row = 0; row < rows; row++) {
      const start = block.offset + row * columns;
      padded.set(tight.subarray(start, start + columns), offset + row * width);
    }
  }
}

/** @returns a copy of `padded` `[size]` without its padding, `[P]`. */
export function unpad({ blocks }: PaddedLayout, padded: Numbers): Float32Array<ArrayBuffer> {
  const tight = new Float32Array(blocks.reduce((sum, { block }) => sum + block.size, 0));
  for (const { block, rows, columns, width, offset } of blocks) {
    for (let row = 0; row < rows; row++) {
      const start = offset + row * width;
      tight.set(padded.subarray(start, start + columns), block.offset + row * columns);
    }
  }
  return tight;
}
