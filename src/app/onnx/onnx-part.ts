import { decodePolicy, encodePolicy } from '../../agent/policy-file';
import { exportOnnx, type OnnxDialect } from '../../onnx/export-onnx';
import { type ImportChoices, importOnnx } from '../../onnx/import-onnx';

// Fetched when somebody exports or imports such a file.

/** A run's policy for another engine. @param run a run's file, or a policy's. @throws PlaytrainError as `exportOnnx`. */
export function writtenFor(dialect: OnnxDialect, run: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  return exportOnnx({ ...decodePolicy(run), name }, dialect);
}

/** A model as a policy's file of ours. @throws PlaytrainError as `importOnnx`. */
export function asPolicyFile(
  model: Uint8Array,
  name: string,
  games: Pick<ImportChoices, 'expected' | 'otherwise'>,
): Uint8Array<ArrayBuffer> {
  const policy = importOnnx(model, games);
  return encodePolicy({ ...policy, name: policy.name === '' ? name : policy.name });
}
