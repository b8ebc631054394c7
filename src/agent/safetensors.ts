import { PlaytrainError } from '../contract';

/** One array of numbers as the file stores it, row-major. */
export type SafetensorsTensor =
  | { readonly dtype: 'F32'; readonly shape: readonly number[]; readonly data: Float32Array<ArrayBuffer> }
  | { readonly dtype: 'F64'; readonly shape: readonly number[]; readonly data: Float64Array<ArrayBuffer> }
  | { readonly dtype: 'I32'; readonly shape: readonly number[]; readonly data: Int32Array<ArrayBuffer> };

/** Named tensors and the file's own strings. */
export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

const lengthBytes = 8;
/** The format's own limit. */
const maxHeaderBytes = 100_000_000;
const metadataKey = '__metadata__';
const bytesPerElement = { F32: 4, F64: 8, I32: 4 } as const;

/**
 * Writes the safetensors format: eight bytes that hold the header's length, little-endian; the header, JSON; the
 * tensors' bytes, without gaps. 8-byte tensors come first and the header is padded with spaces to a multiple of 8,
 * so that every tensor lies aligned.
 *
 * @see https://huggingface.co/docs/safetensors, "Format"
 */
export function writeSafetensors(file: SafetensorsFile): Uint8Array<ArrayBuffer> {
  const ordered = [...file.tensors].sort(
    ([, left], [, right]) => bytesPerElement[right.dtype] - bytesPerElement[left.dtype],
  );
  const entries: [string, unknown][] = [];
  if (file.metadata.size > 0) entries.push([metadataKey, Object.fromEntries(file.metadata)]);
  let end = 0;
  for (const [name, { dtype, shape, data }] of ordered) {
    const begin = end;
    end += data.byteLength;
    entries.push([name, { dtype, shape, data_offsets: [begin, end] }]);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.set(json, lengthBytes);
  bytes.fill(0x20, lengthBytes + json.length, lengthBytes + headerBytes);
  let offset = lengthBytes + headerBytes;
  for (const [, { data }] of ordered) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a safetensors file; its tensors are copies.
 *
 * @throws PlaytrainError `bad-file` when the file is cut short, its header is too long or not as the format has it,
 * a tensor has another type than F32, F64 or I32, or the tensors do not fill the data exactly, one after another.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { header, data } = split(bytes);
  const tensors = new Map<string, SafetensorsTensor>();
  const metadata = new Map<string, string>();
  const spans: { name: string; begin: number; end: number }[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === metadataKey) {
      if (!isRecord(value)) throw bad('its metadata is not a list of strings');
      for (const [key, text] of Object.entries(value)) {
        if (typeof text !== 'string') throw bad(`its metadata “${key}” is not a string`);
        metadata.set(key, text);
      }
      continue;
    }
    const entry = tensorEntry(name, value, data.length);
    spans.push({ name, begin: entry.begin, end: entry.end });
    tensors.set(name, tensorOf(entry, new Uint8Array(data.subarray(entry.begin, entry.end)).buffer));
  }
  checkCoverage(spans, data.length);
  return { tensors, metadata };
}

function split(bytes: Uint8Array): { header: Record<string, unknown>; data: Uint8Array } {
  if (bytes.length < lengthBytes) throw bad(`it ends after ${bytes.length} bytes, before its header`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(maxHeaderBytes)) throw bad('its header claims to be longer than the format allows');
  const dataStart = lengthBytes + Number(length);
  if (dataStart > bytes.length) {
    throw bad(`its header should be ${length} bytes, but only ${bytes.length - lengthBytes} follow`);
  }
  let header: unknown;
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(lengthBytes, dataStart));
    header = JSON.parse(json);
  } catch (cause) {
    throw bad('its header is not readable JSON', { cause });
  }
  if (!isRecord(header)) throw bad('its header is not a JSON object');
  return { header, data: bytes.subarray(dataStart) };
}

interface TensorEntry {
  readonly dtype: keyof typeof bytesPerElement;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function tensorEntry(name: string, value: unknown, dataBytes: number): TensorEntry {
  if (!isRecord(value)) throw bad(`its tensor “${name}” has no description`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (dtype !== 'F32' && dtype !== 'F64' && dtype !== 'I32') {
    throw bad(
      `its tensor “${name}” has the type ${JSON.stringify(dtype)}, and only F32, F64 and I32 are read`,
    );
  }
  if (!isWholeNumbers(shape)) throw bad(`the shape of its tensor “${name}” is not a list of whole numbers`);
  if (!isWholeNumbers(offsets) || offsets.length !== 2) {
    throw bad(`its tensor “${name}” does not say where its bytes lie`);
  }
  const [begin, end] = offsets as [number, number];
  if (begin > end || end > dataBytes) {
    throw bad(
      `its tensor “${name}” should lie at bytes ${begin} to ${end} of ${dataBytes}; the file was cut short or changed`,
    );
  }
  const size = shape.reduce((product, extent) => product * extent, bytesPerElement[dtype]);
  if (size !== end - begin) {
    throw bad(`its tensor “${name}” of shape [${shape.join()}] does not fit its ${end - begin} bytes`);
  }
  return { dtype, shape, begin, end };
}

function tensorOf({ dtype, shape }: TensorEntry, buffer: ArrayBuffer): SafetensorsTensor {
  switch (dtype) {
    case 'F32':
      return { dtype, shape, data: new Float32Array(buffer) };
    case 'F64':
      return { dtype, shape, data: new Float64Array(buffer) };
    case 'I32':
      return { dtype, shape, data: new Int32Array(buffer) };
  }
}

/** Every byte of the data must belong to exactly one tensor. */
function checkCoverage(spans: { name: string; begin: number; end: number }[], dataBytes: number): void {
  spans.sort((left, right) => left.begin - right.begin || left.end - right.end);
  let covered = 0;
  for (const { name, begin, end } of spans) {
    if (begin < covered) throw bad(`its tensor “${name}” overlaps the one before it`);
    if (begin > covered) throw bad(`there are ${begin - covered} stray bytes before its tensor “${name}”`);
    covered = end;
  }
  if (covered !== dataBytes) throw bad(`there are ${dataBytes - covered} stray bytes at its end`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWholeNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && Number(item) >= 0);
}

function bad(what: string, options?: ErrorOptions): PlaytrainError {
  return new PlaytrainError(
    'bad-file',
    `This file cannot be read as safetensors: ${what}. Choose another file, or export it again.`,
    options,
  );
}
