import type { PolicyData } from '../agent/policy-file';
import { encodeModel } from './encode-model';
import { ExportedActor } from './exported-actor';
import type { OnnxModel } from './model';
import { godotModel } from './write-godot';
import { mlAgentsModel } from './write-mlagents';

/** For which engine a policy is written. */
export const onnxDialects = ['mlagents', 'godot'] as const;
/** One of them: Unity’s ML-Agents 4, or Godot RL Agents as it exports from Stable-Baselines3. */
export type OnnxDialect = (typeof onnxDialects)[number];

const writers: Readonly<Record<OnnxDialect, (actor: ExportedActor) => OnnxModel>> = {
  mlagents: mlAgentsModel,
  godot: godotModel,
};

/**
 * Writes what a policy acts by as an `.onnx` file: its normaliser and its actor. The critic stays behind.
 *
 * @throws PlaytrainError `bad-settings` where an axis of its game has no bounds.
 */
export function exportOnnx(policy: PolicyData, dialect: OnnxDialect): Uint8Array<ArrayBuffer> {
  return encodeModel(writers[dialect](new ExportedActor(policy)));
}
