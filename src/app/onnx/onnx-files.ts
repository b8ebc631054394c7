import { type EnvironmentSpec, loadModule } from '../../contract';
import { fileTexts } from '../../texts/files';

const part = () => loadModule(fileTexts.onnxPart, () => import('./onnx-part'));

/** Which engine a policy is written for. */
export type ExportDialect = 'mlagents' | 'godot';

/** A run's policy for another engine. @throws PlaytrainError `not-loaded`, `bad-settings`. */
export async function exportedFor(
  dialect: ExportDialect,
  run: Uint8Array,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { writtenFor } = await part();
  return writtenFor(dialect, run, name);
}

/** Of which game a model's policy has to be, or is where the model says none. */
export type GameOfModel = { readonly expected: EnvironmentSpec } | { readonly otherwise: EnvironmentSpec };

/**
 * What a file holds, as one of ours: a model of another engine becomes a policy's file, any other is as it was.
 *
 * @throws PlaytrainError `not-loaded`, `bad-file`.
 */
export async function asOurs(
  bytes: Uint8Array<ArrayBuffer>,
  fileName: string,
  game: GameOfModel,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!/\.onnx$/i.test(fileName)) return bytes;
  const { asPolicyFile } = await part();
  return asPolicyFile(bytes, fileName.replace(/\.[^.]*$/, ''), game);
}
