import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlaytrainError } from '../contract';
import { readSafetensors, type SafetensorsTensor, writeSafetensors } from './safetensors';

const encoder = new TextEncoder();

/** A file with this header, told to be `claimed` bytes long, before `dataBytes` bytes of data. */
function fileOf(header: unknown, dataBytes: number, claimed?: number): Uint8Array<ArrayBuffer> {
  const json = encoder.encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimed ?? json.length), true);
  bytes.set(json, 8);
  return bytes;
}

/** What `act` throws; null when it does not. */
function failureOf(act: () => void): unknown {
  try {
    act();
    return null;
  } catch (error) {
    return error;
  }
}

const tensors = new Map<string, SafetensorsTensor>([
  ['weights', { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-30, 7) }],
  ['moments', { dtype: 'F64', shape: [2], data: Float64Array.of(Math.PI, 1 / 3) }],
  ['counts', { dtype: 'I32', shape: [1], data: Int32Array.of(-5) }],
  ['nothing', { dtype: 'F32', shape: [0], data: new Float32Array(0) }],
]);
const metadata = new Map([
  ['title', 'a “run”'],
  ['format', 'test'],
]);

describe('writeSafetensors', () => {
  it('lays out header length, header and data as the format has it', () => {
    const bytes = writeSafetensors({
      tensors: new Map([['w', { dtype: 'F32', shape: [1], data: Float32Array.of(1.5) }]]),
      metadata: new Map([['a', 'b']]),
    });
    const json = '{"__metadata__":{"a":"b"},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const padded = Math.ceil(json.length / 8) * 8;
    expect([...bytes.subarray(0, 8)]).toEqual([padded, 0, 0, 0, 0, 0, 0, 0]);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + padded))).toBe(json.padEnd(padded));
    // 1.5 is 0x3fc00000, little-endian.
    expect([...bytes.subarray(8 + padded)]).toEqual([0x00, 0x00, 0xc0, 0x3f]);
  });

  it('aligns every tensor to its element size', () => {
    const bytes = writeSafetensors({ tensors, metadata });
    const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes))) as Record<
      string,
      { dtype: string; data_offsets: [number, number] }
    >;
    for (const name of tensors.keys()) {
      const { dtype, data_offsets: offsets } = header[name]!; // written above
      expect((8 + headerBytes + offsets[0]) % (dtype === 'F64' ? 8 : 4)).toBe(0);
    }
  });
});

describe('readSafetensors', () => {
  it('gives back what was written, at any place in memory', () => {
    const bytes = writeSafetensors({ tensors, metadata });
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    for (const file of [readSafetensors(bytes), readSafetensors(shifted)]) {
      expect(file.metadata).toEqual(metadata);
      expect(Object.fromEntries(file.tensors)).toEqual(Object.fromEntries(tensors));
    }
  });

  it('copies, so that the file’s bytes may be reused', () => {
    const bytes = writeSafetensors({ tensors, metadata });
    const file = readSafetensors(bytes);
    bytes.fill(0);
    expect(file.tensors.get('moments')?.data[0]).toBe(Math.PI);
  });

  const entry = (dtype: string, shape: number[], begin: number, end: number) => ({
    dtype,
    shape,
    data_offsets: [begin, end],
  });
  it.each([
    ['an empty file', new Uint8Array(0), /ends after 0 bytes/],
    ['a header longer than the file', fileOf({}, 0, 500), /header should be 500 bytes, but only 2 follow/],
    ['a header longer than the format allows', fileOf({}, 0, 2 ** 40), /longer than the format allows/],
    ['a header that is not JSON', fileOf('{"a"', 0), /not readable JSON/],
    ['a header that is a list', fileOf([], 0), /not a JSON object/],
    ['metadata that is not strings', fileOf({ __metadata__: { a: 1 } }, 0), /metadata “a” is not a string/],
    ['an unknown type', fileOf({ w: entry('BF16', [2], 0, 4) }, 4), /type "BF16"/],
    ['no offsets', fileOf({ w: { dtype: 'F32', shape: [1] } }, 4), /where its bytes lie/],
    ['a negative extent', fileOf({ w: entry('F32', [-1], 0, 4) }, 4), /list of whole numbers/],
    ['offsets beyond the data', fileOf({ w: entry('F32', [2], 0, 8) }, 4), /bytes 0 to 8 of 4/],
    ['offsets in the wrong order', fileOf({ w: entry('F32', [1], 4, 0) }, 4), /bytes 4 to 0/],
    ['a shape of another size', fileOf({ w: entry('F32', [3], 0, 8) }, 8), /does not fit its 8 bytes/],
    [
      'a shape whose size overflows',
      fileOf({ w: entry('F32', [2 ** 40, 2 ** 40], 0, 8) }, 8),
      /does not fit its 8 bytes/,
    ],
    [
      'tensors that overlap',
      fileOf({ v: entry('F32', [2], 0, 8), w: entry('F32', [2], 4, 12) }, 12),
      /“w” overlaps/,
    ],
    ['a gap', fileOf({ w: entry('F32', [1], 4, 8) }, 8), /4 stray bytes before its tensor “w”/],
    ['bytes after the last tensor', fileOf({ w: entry('F32', [1], 0, 4) }, 5), /1 stray bytes at its end/],
  ])('refuses %s with a sentence', (_what, bytes, sentence) => {
    expect(() => readSafetensors(bytes)).toThrow(PlaytrainError);
    expect(() => readSafetensors(bytes)).toThrow(sentence);
  });

  it('refuses a file cut at any length', () => {
    const bytes = writeSafetensors({ tensors, metadata });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readSafetensors(bytes.slice(0, length))).toThrow(PlaytrainError);
    }
  });

  it('reads or refuses any bytes, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat({ max: 40 }), (json, dataBytes) => {
        const error = failureOf(() => readSafetensors(fileOf(json, dataBytes)));
        expect(error === null || error instanceof PlaytrainError).toBe(true);
      }),
    );
  });
});
