import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { attributeFields, attributeTypes, elementTypes, fields } from './fields';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './model';

/** The format's versions that came with the opsets: readers refuse a file of a later version than they know. */
const irVersionOf = (opset: number) => (opset < 10 ? 4 : 8);

/** Writes a model as an `.onnx` file. */
export function encodeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  writer.tag(fields.model.irVersion, WireType.Varint).int64(irVersionOf(model.opset));
  text(writer, fields.model.producerName, 'playtrain');
  message(writer, fields.model.graph, () => writeGraph(writer, model));
  message(writer, fields.model.opsetImport, () => {
    writer.tag(fields.opset.version, WireType.Varint).int64(model.opset);
  });
  for (const [key, value] of model.metadata) {
    message(writer, fields.model.metadata, () => {
      text(writer, fields.entry.key, key);
      text(writer, fields.entry.value, value);
    });
  }
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, { graph, nodes, constants, inputs, outputs }: OnnxModel): void {
  for (const node of nodes) message(writer, fields.graph.node, () => writeNode(writer, node));
  text(writer, fields.graph.name, graph);
  for (const tensor of constants)
    message(writer, fields.graph.initializer, () => writeTensor(writer, tensor));
  for (const value of inputs) message(writer, fields.graph.input, () => writeValue(writer, value));
  for (const value of outputs) message(writer, fields.graph.output, () => writeValue(writer, value));
}

function writeNode(writer: BinaryWriter, { name, operator, inputs, outputs, attributes }: OnnxNode): void {
  for (const input of inputs) text(writer, fields.node.input, input);
  for (const output of outputs) text(writer, fields.node.output, output);
  text(writer, fields.node.name, name);
  text(writer, fields.node.operator, operator);
  for (const [key, attribute] of attributes) {
    message(writer, fields.node.attribute, () => {
      text(writer, attributeFields.name, key);
      writeAttribute(writer, attribute);
    });
  }
}

function writeAttribute(writer: BinaryWriter, attribute: OnnxAttribute): void {
  switch (attribute.kind) {
    case 'float':
      writer.tag(attributeFields.float, WireType.Bit32).float(attribute.value);
      break;
    case 'int':
      writer.tag(attributeFields.int, WireType.Varint).int64(attribute.value);
      break;
    case 'floats':
      for (const each of attribute.value) writer.tag(attributeFields.floats, WireType.Bit32).float(each);
      break;
    case 'ints':
      for (const each of attribute.value) writer.tag(attributeFields.ints, WireType.Varint).int64(each);
      break;
    case 'tensor':
      message(writer, attributeFields.tensor, () => writeTensor(writer, attribute.value));
      break;
    case 'other':
      return;
  }
  writer.tag(attributeFields.type, WireType.Varint).int32(attributeTypes[attribute.kind]);
}

function writeTensor(writer: BinaryWriter, { name, type, dims, values }: OnnxTensor): void {
  packed(writer, fields.tensor.dims, dims);
  writer.tag(fields.tensor.dataType, WireType.Varint).int32(elementTypes[type]);
  text(writer, fields.tensor.name, name);
  const raw = new Uint8Array(values.length * (type === 'float' ? 4 : 8));
  const view = new DataView(raw.buffer);
  for (let i = 0; i < values.length; i++) {
    if (type === 'float') view.setFloat32(4 * i, values[i]!, true);
    else view.setBigInt64(8 * i, BigInt(values[i]!), true);
  }
  writer.tag(fields.tensor.raw, WireType.LengthDelimited).bytes(raw);
}

function writeValue(writer: BinaryWriter, { name, type, dims }: OnnxValue): void {
  text(writer, fields.value.name, name);
  message(writer, fields.value.type, () =>
    message(writer, fields.type.tensor, () => {
      if (type !== 'other') writer.tag(fields.tensorType.element, WireType.Varint).int32(elementTypes[type]);
      message(writer, fields.tensorType.shape, () => {
        for (const dim of dims) {
          message(writer, fields.shape.dim, () => {
            if (typeof dim === 'number') writer.tag(fields.dim.value, WireType.Varint).int64(dim);
            else if (dim !== null) text(writer, fields.dim.parameter, dim);
          });
        }
      });
    }),
  );
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function packed(writer: BinaryWriter, field: number, values: readonly number[]): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  for (const value of values) writer.int64(value);
  writer.join();
}
