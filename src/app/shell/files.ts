import { PlaytrainError } from '../../contract';
import { fileTexts } from '../../texts/files';
import { saveFile } from '../../ui/kit/download';
import { formatBytes } from '../../ui/kit/format';

/** Offers bytes to a person as a file. */
export function download(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  saveFile(name, 'application/octet-stream', bytes);
}

/**
 * Does something with a file.
 *
 * @throws PlaytrainError `bad-file` where it cannot be read, besides whatever `use` throws.
 */
export async function withFile<Result>(file: File, use: (file: File) => Promise<Result>): Promise<Result> {
  try {
    return await use(file);
  } catch (cause) {
    // Deleted or changed since it was chosen; or a folder that was dropped.
    if (!(cause instanceof DOMException)) throw cause;
    throw new PlaytrainError('bad-file', fileTexts.unreadable(file.name), { cause });
  }
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
  return withFile(file, async () => new Uint8Array(await file.arrayBuffer()));
}
