import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { decodePolicy, encodePolicy } from '../agent/policy-file';
import { exportOnnx } from '../onnx/export-onnx';
import { importOnnx } from '../onnx/import-onnx';
import type { ExportCommand, ImportCommand } from './command-line';
import { CommandError, exitCodes } from './exit-codes';
import { prepareOutput, writeOutput } from './output-file';

/** Writes a policy, or a run's, for another engine. @returns what was done, as a sentence. */
export function exportPolicy({ file, dialect, out }: ExportCommand): string {
  const target = out ?? beside(file, '.onnx');
  prepareOutput(target);
  const bytes = exportOnnx(decodePolicy(read(file)), dialect);
  writeOutput(target, bytes);
  return `The policy is in ${target} (${kilobytes(bytes)} kB).\n`;
}

/** Makes a policy of ours of a model. @returns what was done, as a sentence. */
export function importPolicy({ file, like, output, out }: ImportCommand): string {
  const target = out ?? beside(file, '.safetensors');
  prepareOutput(target);
  const policy = importOnnx(read(file), {
    ...(like !== null && { expected: decodePolicy(read(like)).spec }),
    ...(output !== null && { output }),
  });
  const name = policy.name === '' ? basename(beside(file, '')) : policy.name;
  const bytes = encodePolicy({ ...policy, name });
  writeOutput(target, bytes);
  return `The policy is in ${target} (${kilobytes(bytes)} kB): ${policy.hiddenSizes.join(', ')} units of ${policy.activation}, for “${policy.spec.game}”.\n`;
}

function read(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new CommandError(exitCodes.usage, `${file} cannot be read; name a file that is there.`, {
      cause: error,
    });
  }
}

/** The file's name with another ending. */
function beside(file: string, ending: string): string {
  return file.replace(/\.[^./\\]*$/, '') + ending;
}

const kilobytes = (bytes: Uint8Array) => (bytes.length / 1_000).toFixed(1);
