import { PlaytrainError } from '../../contract';
import { fileTexts } from '../../texts/files';
import { saveFile } from '../../ui/kit/download';
import { formatBytes } from '../../ui/kit/format';

/** Offers bytes to a person as a file. */
export function download(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  saveFile(name, 'application/octet-stream', bytes);
}

/**
 * The bytes of a file. One that is too large is not read: a page that took it in might not answer any more.
 *
 * @throws PlaytrainError `bad-file` where it has more than `mostBytes`, or cannot be read.
 */
export async function readFile(file: File, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > mostBytes) {
    const sentence = fileTexts.tooLarge(file.name, formatBytes(file.size), formatBytes(mostBytes));
    throw new PlaytrainError('bad-file', sentence);
  }
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    // Deleted or changed since it was chosen; or a folder that was dropped.
    throw new PlaytrainError('bad-file', fileTexts.unreadable(file.name), { cause });
  }
}
