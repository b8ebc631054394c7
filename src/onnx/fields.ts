// The numbers of the fields of onnx.proto3 that are written or read here.

/** Field numbers, message by message. */
export const fields = {
  model: { irVersion: 1, producerName: 2, graph: 7, opsetImport: 8, metadata: 14 },
  opset: { domain: 1, version: 2 },
  entry: { key: 1, value: 2 },
  graph: { node: 1, name: 2, initializer: 5, input: 11, output: 12, sparseInitializer: 15 },
  node: { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 },
  tensor: {
    dims: 1,
    dataType: 2,
    floats: 4,
    int32s: 5,
    int64s: 7,
    name: 8,
    raw: 9,
    doubles: 10,
    location: 14,
  },
  value: { name: 1, type: 2 },
  type: { tensor: 1 },
  tensorType: { element: 1, shape: 2 },
  shape: { dim: 1 },
  dim: { value: 1, parameter: 2 },
} as const;

/** Of an attribute, whose value is in a field for its kind. */
export const attributeFields = {
  name: 1,
  float: 2,
  int: 3,
  tensor: 5,
  floats: 7,
  ints: 8,
  type: 20,
} as const;

/** What an attribute says that it is. */
export const attributeTypes = { float: 1, int: 2, tensor: 4, floats: 6, ints: 7 } as const;

/** What a tensor's numbers are. */
export const elementTypes = { float: 1, int32: 6, int64: 7, bool: 9, double: 11 } as const;
