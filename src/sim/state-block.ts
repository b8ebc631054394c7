import type { EnvironmentState } from '../contract';
import { randomStateSize } from '../random/seeded-random';
import { aligned } from './protocol';

const kinds = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  u8: Uint8Array,
} as const;
type Column = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

/** One array of a saved state, as the spec tells it. */
export interface StateColumn {
  readonly name: string;
  readonly type: keyof typeof kinds;
  readonly length: number;
  /** From the block's start, in bytes. */
  readonly offset: number;
}

/** What a session keeps beside its environment. */
export interface SessionState {
  /** Of the game and its spaces: a state goes back into no other game. */
  readonly contract: Uint32Array; // [1]
  /** 1 where an arena's next step only begins its next episode, `[M]`. */
  readonly resets: Uint8Array;
  /** Generators of scripted opponents, `[M, 4]`. */
  readonly opponents: Int32Array;
}

/** A saved environment as one block of fixed length. */
export class StateBlock {
  readonly columns: readonly StateColumn[];
  readonly bytes: number;

  /** @param like a state of the environment that the block is for. */
  constructor(like: EnvironmentState, arenas: number) {
    const lengths: [name: string, array: Column][] = [
      ['contract', new Uint32Array(1)],
      ['resets', new Uint8Array(arenas)],
      ['opponents', new Int32Array(arenas * randomStateSize)],
      ...(Object.entries(like) as [string, Column][]),
    ];
    let offset = 0;
    this.columns = lengths.map(([name, array]) => {
      const { length, BYTES_PER_ELEMENT } = array;
      const type = (Object.keys(kinds) as (keyof typeof kinds)[]).find(
        (each) => array instanceof kinds[each],
      )!;
      const column = { name, type, length, offset };
      offset += aligned(length * BYTES_PER_ELEMENT);
      return column;
    });
    this.bytes = offset;
  }

  write(state: EnvironmentState & SessionState): Uint8Array {
    const block = new Uint8Array(this.bytes);
    const arrays = this.viewsOf(block);
    const source = state as unknown as Readonly<Record<string, Column>>;
    for (const { name } of this.columns) arrays[name]!.set(source[name]!);
    return block;
  }

  /** @param block whose bytes begin at a multiple of eight in their buffer. @returns views into it. */
  read(block: Uint8Array): EnvironmentState & SessionState {
    return this.viewsOf(block) as unknown as EnvironmentState & SessionState;
  }

  private viewsOf({ buffer, byteOffset }: Uint8Array): Readonly<Record<string, Column>> {
    return Object.fromEntries(
      this.columns.map(({ name, type, length, offset }) => [
        name,
        new kinds[type](buffer as ArrayBuffer, byteOffset + offset, length),
      ]),
    );
  }
}
