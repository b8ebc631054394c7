import { readSafetensors, type SafetensorsTensor, writeSafetensors } from '../safetensors';

/**
 * A file of ours as somebody else's hand, or the first format, would write it: with changes and without a checksum, so
 * that a reader has only its own eyes to go by.
 */
export function editedFile(
  bytes: Uint8Array,
  edit: (tensors: Map<string, SafetensorsTensor>, metadata: Map<string, string>) => void = () => {},
): Uint8Array<ArrayBuffer> {
  const file = readSafetensors(bytes);
  const tensors = new Map(file.tensors);
  const metadata = new Map(file.metadata);
  metadata.set('formatVersion', '1');
  metadata.delete('checksum');
  edit(tensors, metadata);
  return writeSafetensors({ tensors, metadata });
}

/** The same with one text of its metadata changed. */
export function withMetadata(bytes: Uint8Array, key: string, change: (text: string) => string) {
  return editedFile(bytes, (_, metadata) => metadata.set(key, change(metadata.get(key) ?? '')));
}
