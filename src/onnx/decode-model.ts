import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { bad } from '../agent/file-error';
import { attributeFields, attributeTypes, elementTypes, fields } from './fields';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './model';

/** Files larger than this are refused before they are read: the largest net that can be set takes a third of it. */
export const largestOnnxBytes = 16 * 2 ** 20;

/**
 * Reads an `.onnx` file: what of it a straight net has, whatever else may be in it. Takes no more memory than some copies
 * of the file.
 *
 * @throws PlaytrainError `bad-file` where it is none, is damaged, or keeps numbers in other files.
 */
export function decodeModel(bytes: Uint8Array): OnnxModel {
  if (bytes.length > largestOnnxBytes) {
    throw bad('it is larger than 16 MiB', 'Choose a straight net of three hidden layers at most.');
  }
  try {
    return readModel(bytes);
  } catch (error) {
    if (error instanceof DamagedModel) throw bad(error.message, 'Export it again.', { cause: error });
    // What the reader of the wire format throws: a length past the end, a number that is too long, broken text.
    throw bad('it is not an ONNX model, or is damaged', 'Choose an .onnx file that is whole.', {
      cause: error,
    });
  }
}

/** What is wrong with a file whose wire format is right. */
class DamagedModel extends Error {}

function readModel(bytes: Uint8Array): OnnxModel {
  const model = {
    opset: 0,
    graph: '',
    nodes: [] as OnnxNode[],
    constants: [] as OnnxTensor[],
    inputs: [] as OnnxValue[],
    outputs: [] as OnnxValue[],
    metadata: new Map<string, string>(),
  };
  let graphs = 0;
  eachField(bytes, (field, reader) => {
    switch (field) {
      case fields.model.graph:
        graphs++;
        readGraph(reader.bytes(), model);
        return true;
      case fields.model.opsetImport: {
        const { domain, version } = readOpset(reader.bytes());
        if (domain === '' || domain === 'ai.onnx') model.opset = version;
        return true;
      }
      case fields.model.metadata: {
        const [key, value] = readEntry(reader.bytes());
        model.metadata.set(key, value);
        return true;
      }
      default:
        return false;
    }
  });
  if (graphs !== 1) throw new DamagedModel('it holds no ONNX graph, or several');
  return model;
}

function readOpset(bytes: Uint8Array) {
  const opset = { domain: '', version: 0 };
  eachField(bytes, (field, reader) => {
    if (field === fields.opset.domain) opset.domain = reader.string();
    else if (field === fields.opset.version) opset.version = Number(reader.int64());
    else return false;
    return true;
  });
  return opset;
}

function readEntry(bytes: Uint8Array): [string, string] {
  const entry: [string, string] = ['', ''];
  eachField(bytes, (field, reader) => {
    if (field === fields.entry.key) entry[0] = reader.string();
    else if (field === fields.entry.value) entry[1] = reader.string();
    else return false;
    return true;
  });
  return entry;
}

interface GraphParts {
  graph: string;
  readonly nodes: OnnxNode[];
  readonly constants: OnnxTensor[];
  readonly inputs: OnnxValue[];
  readonly outputs: OnnxValue[];
}

function readGraph(bytes: Uint8Array, parts: GraphParts): void {
  eachField(bytes, (field, reader) => {
    switch (field) {
      case fields.graph.node:
        parts.nodes.push(readNode(reader.bytes()));
        return true;
      case fields.graph.name:
        parts.graph = reader.string();
        return true;
      case fields.graph.initializer:
        parts.constants.push(readTensor(reader.bytes()));
        return true;
      case fields.graph.input:
        parts.inputs.push(readValue(reader.bytes()));
        return true;
      case fields.graph.output:
        parts.outputs.push(readValue(reader.bytes()));
        return true;
      case fields.graph.sparseInitializer:
        throw new DamagedModel('it holds weights of which most are left out, which are not read here');
      default:
        return false;
    }
  });
}

function readNode(bytes: Uint8Array): OnnxNode {
  const node = { name: '', operator: '', domain: '' };
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const attributes = new Map<string, OnnxAttribute>();
  eachField(bytes, (field, reader) => {
    switch (field) {
      case fields.node.input:
        inputs.push(reader.string());
        return true;
      case fields.node.output:
        outputs.push(reader.string());
        return true;
      case fields.node.name:
        node.name = reader.string();
        return true;
      case fields.node.operator:
        node.operator = reader.string();
        return true;
      case fields.node.domain:
        node.domain = reader.string();
        return true;
      case fields.node.attribute: {
        const [name, attribute] = readAttribute(reader.bytes());
        attributes.set(name, attribute);
        return true;
      }
      default:
        return false;
    }
  });
  return { ...node, domain: node.domain === 'ai.onnx' ? '' : node.domain, inputs, outputs, attributes };
}

function readAttribute(bytes: Uint8Array): [string, OnnxAttribute] {
  const held = { name: '', type: 0, float: 0, int: 0 };
  const [floats, ints]: [number[], number[]] = [[], []];
  let tensor: OnnxTensor | null = null;
  eachField(bytes, (field, reader, wireType) => {
    switch (field) {
      case attributeFields.name:
        held.name = reader.string();
        return true;
      case attributeFields.type:
        held.type = reader.int32();
        return true;
      case attributeFields.float:
        held.float = reader.float();
        return true;
      case attributeFields.int:
        held.int = whole(reader.int64());
        return true;
      case attributeFields.floats:
        each(reader, wireType, (from) => floats.push(from.float()));
        return true;
      case attributeFields.ints:
        each(reader, wireType, (from) => ints.push(whole(from.int64())));
        return true;
      case attributeFields.tensor:
        tensor = readTensor(reader.bytes());
        return true;
      default:
        return false;
    }
  });
  return [held.name, attributeOf(held, floats, ints, tensor)];
}

function attributeOf(
  { type, float, int }: { readonly type: number; readonly float: number; readonly int: number },
  floats: readonly number[],
  ints: readonly number[],
  tensor: OnnxTensor | null,
): OnnxAttribute {
  switch (type) {
    case attributeTypes.float:
      return { kind: 'float', value: float };
    case attributeTypes.int:
      return { kind: 'int', value: int };
    case attributeTypes.floats:
      return { kind: 'floats', value: floats };
    case attributeTypes.ints:
      return { kind: 'ints', value: ints };
    default:
      return type === attributeTypes.tensor && tensor !== null
        ? { kind: 'tensor', value: tensor }
        : { kind: 'other' };
  }
}

function readTensor(bytes: Uint8Array): OnnxTensor {
  const held = { name: '', dataType: 0, location: 0 };
  const dims: number[] = [];
  const listed: number[] = [];
  let raw: Uint8Array | null = null;
  eachField(bytes, (field, reader, wireType) => {
    switch (field) {
      case fields.tensor.dims:
        each(reader, wireType, (from) => dims.push(whole(from.int64())));
        return true;
      case fields.tensor.dataType:
        held.dataType = reader.int32();
        return true;
      case fields.tensor.name:
        held.name = reader.string();
        return true;
      case fields.tensor.raw:
        raw = reader.bytes();
        return true;
      case fields.tensor.location:
        held.location = reader.int32();
        return true;
      case fields.tensor.floats:
        each(reader, wireType, (from) => listed.push(from.float()));
        return true;
      case fields.tensor.doubles:
        each(reader, wireType, (from) => listed.push(from.double()));
        return true;
      case fields.tensor.int32s:
        each(reader, wireType, (from) => listed.push(from.int32()));
        return true;
      case fields.tensor.int64s:
        each(reader, wireType, (from) => listed.push(whole(from.int64())));
        return true;
      default:
        return false;
    }
  });
  const { name, dataType } = held;
  if (held.location !== 0) throw new DamagedModel(`the numbers of “${name}” are in another file`);
  const values = raw === null ? listed : numbersOf(raw, dataType, name);
  const isFloat = dataType === elementTypes.float || dataType === elementTypes.double;
  if (dims.length > 8 || values.length !== sizeOf(dims)) {
    throw new DamagedModel(`“${name}” does not hold as many numbers as its shape says`);
  }
  return { name, type: isFloat ? 'float' : 'int64', dims, values };
}

const widths = new Map<number, number>([
  [elementTypes.float, 4],
  [elementTypes.double, 8],
  [elementTypes.int32, 4],
  [elementTypes.int64, 8],
  [elementTypes.bool, 1],
]);

function numbersOf(raw: Uint8Array, dataType: number, name: string): ArrayLike<number> {
  const width = widths.get(dataType);
  if (width === undefined || raw.length % width !== 0) {
    throw new DamagedModel(`“${name}” holds numbers of a kind that is not read here (${dataType})`);
  }
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const count = raw.length / width;
  if (dataType === elementTypes.float) {
    const floats = new Float32Array(count);
    for (let i = 0; i < count; i++) floats[i] = view.getFloat32(4 * i, true);
    return floats;
  }
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (dataType === elementTypes.double) numbers[i] = view.getFloat64(8 * i, true);
    else if (dataType === elementTypes.int64) numbers[i] = whole(view.getBigInt64(8 * i, true));
    else numbers[i] = width === 1 ? raw[i]! : view.getInt32(4 * i, true);
  }
  return numbers;
}

function readValue(bytes: Uint8Array): OnnxValue {
  let name = '';
  let type: OnnxValue['type'] = 'other';
  const dims: OnnxValue['dims'][number][] = [];
  const readShape = (shape: Uint8Array) =>
    eachField(shape, (field, reader) => {
      if (field !== fields.shape.dim) return false;
      dims.push(readDim(reader.bytes()));
      return true;
    });
  const readTensorType = (tensorType: Uint8Array) =>
    eachField(tensorType, (field, reader) => {
      if (field === fields.tensorType.element) type = valueType(reader.int32());
      else if (field === fields.tensorType.shape) readShape(reader.bytes());
      else return false;
      return true;
    });
  eachField(bytes, (field, reader) => {
    if (field === fields.value.name) name = reader.string();
    else if (field === fields.value.type) {
      eachField(reader.bytes(), (kind, from) => {
        if (kind !== fields.type.tensor) return false;
        readTensorType(from.bytes());
        return true;
      });
    } else return false;
    return true;
  });
  return { name, type, dims };
}

function valueType(element: number): OnnxValue['type'] {
  if (element === elementTypes.float) return 'float';
  return element === elementTypes.int64 ? 'int64' : 'other';
}

function readDim(bytes: Uint8Array): number | string | null {
  let dim: number | string | null = null;
  eachField(bytes, (field, reader) => {
    if (field === fields.dim.value) dim = whole(reader.int64());
    else if (field === fields.dim.parameter) dim = reader.string();
    else return false;
    return true;
  });
  return dim;
}

/** Calls `take` for each field of a message, which returns false for those that are skipped. */
function eachField(
  bytes: Uint8Array,
  take: (field: number, reader: BinaryReader, wireType: WireType) => boolean,
): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (!take(field, reader, wireType)) reader.skip(wireType, field);
    if (reader.pos > reader.len) throw new RangeError('A field goes past the end of its message.');
  }
}

/** One number, or as many as are packed into one field. */
function each(reader: BinaryReader, wireType: WireType, take: (reader: BinaryReader) => void): void {
  if (wireType !== WireType.LengthDelimited) {
    take(reader);
    return;
  }
  const packed = new BinaryReader(reader.bytes());
  while (packed.pos < packed.len) take(packed);
}

function whole(value: bigint | string | number): number {
  const number = Number(value);
  // Slices say “to the end” by the largest number there is.
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, number));
}

/** How many numbers a shape has; 1 for a single number without one. */
export function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}
