import { saveFile } from '../../ui/kit/download';

/** Offers bytes to a person as a file. */
export function download(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  saveFile(name, 'application/octet-stream', bytes);
}

export async function readFile(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}
