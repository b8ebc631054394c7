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

/** How a block is copied: row by row, or, where rows lie as close together as without padding, at once. */
function copied({ block, rows, columns, width }: PaddedBlock): {
  readonly runs: number;
  readonly length: number;
} {
  return width === columns ? { runs: 1, length: block.size } : { runs: rows, length: columns };
}

/** Copies `tight` `[P]` into `padded` `[size]`, whose padding is left as it is. */
export function pad({ blocks }: PaddedLayout, tight: Float32Array, padded: Numbers): void {
  for (const each of blocks) {
    const { block, width, offset } = each;
    const { runs, length } = copied(each);
    for (let run = 0; run < runs; run++) {
      const start = block.offset + run * length;
      padded.set(tight.subarray(start, start + length), offset + run * width);
    }
  }
}

/** @returns a copy of `padded` `[size]` without its padding, `[P]`. */
export function unpad({ blocks }: PaddedLayout, padded: Numbers): Float32Array<ArrayBuffer> {
  const tight = new Float32Array(blocks.reduce((sum, { block }) => sum + block.size, 0));
  for (const each of blocks) {
    const { block, width, offset } = each;
    const { runs, length } = copied(each);
    for (let run = 0; run < runs; run++) {
      const start = offset + run * width;
      tight.set(padded.subarray(start, start + length), block.offset + run * length);
    }
  }
  return tight;
}
