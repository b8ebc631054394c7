import { unzipSync, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import * as v from 'valibot';
import { PlaytrainError } from '../contract';
import { archiveTexts } from '../texts/storage';
import { crc32 } from './crc32';
import { whole } from './entry-parts';

// An archive is a zip file. Its last part lists all others with their checksums, which tells a whole file from one that
// was cut short or damaged.

const manifestName = 'playtrain.json';
const formatName = 'playtrain-archive';
/** Raised when an older page could no longer read what is written. */
const formatVersion = 1;
/** More does not fit into a page's memory on small machines. */
const maxBytes = 2 ** 30;

const manifestSchema = v.object({
  format: v.literal(formatName),
  version: v.number(),
  files: v.record(v.string(), v.object({ bytes: whole, crc32: whole })),
});
type Manifest = v.InferOutput<typeof manifestSchema>;

/** Writes parts one after another into one zip file. */
export class ArchiveWriter {
  private readonly chunks: Uint8Array<ArrayBuffer>[] = [];
  private readonly files: Manifest['files'] = {};
  private readonly zip = new Zip((error, chunk) => {
    if (error) throw error;
    this.chunks.push(Uint8Array.from(chunk));
  });

  /** Adds numbers as they are: weights hardly get smaller. */
  addBytes(name: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.add(name, bytes, new ZipPassThrough(name));
  }

  addJson(name: string, value: unknown): void {
    this.add(name, new TextEncoder().encode(JSON.stringify(value)), new ZipDeflate(name));
  }

  finish(): Blob {
    const manifest: Manifest = { format: formatName, version: formatVersion, files: { ...this.files } };
    this.addJson(manifestName, manifest);
    this.zip.end();
    return new Blob(this.chunks, { type: 'application/zip' });
  }

  private add(name: string, bytes: Uint8Array<ArrayBuffer>, part: ZipPassThrough | ZipDeflate): void {
    this.files[name] = { bytes: bytes.byteLength, crc32: crc32(bytes) };
    this.zip.add(part);
    part.push(bytes, true);
  }
}

/** The parts of an archive that was checked as a whole. */
export class ArchiveReader {
  private readonly parts: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

  private constructor(parts: Readonly<Record<string, Uint8Array<ArrayBuffer>>>) {
    this.parts = parts;
  }

  /** @throws PlaytrainError `bad-file` with what is wrong. */
  static async open(blob: Blob): Promise<ArchiveReader> {
    if (blob.size > maxBytes) throw bad(archiveTexts.tooLarge);
    const parts = unzipped(new Uint8Array(await blob.arrayBuffer()));
    const manifest = v.safeParse(manifestSchema, parsedJson(parts[manifestName]));
    if (!manifest.success) {
      throw bad(archiveTexts.noArchive);
    }
    if (manifest.output.version > formatVersion) {
      throw bad(archiveTexts.newer);
    }
    for (const [name, { bytes, crc32: sum }] of Object.entries(manifest.output.files)) {
      const part = parts[name];
      if (part?.byteLength !== bytes || crc32(part) !== sum) {
        throw bad(archiveTexts.damaged(name));
      }
    }
    return new ArchiveReader(parts);
  }

  /** Names of all parts that begin with `start`, in the order in which they were written. */
  names(start: string): readonly string[] {
    return Object.keys(this.parts).filter((name) => name.startsWith(start));
  }

  bytes(name: string): Uint8Array<ArrayBuffer> | null {
    return this.parts[name] ?? null;
  }

  /** A part as JSON; undefined where there is none, or it is not JSON. */
  json(name: string): unknown {
    return parsedJson(this.parts[name]);
  }
}

function unzipped(bytes: Uint8Array): Record<string, Uint8Array<ArrayBuffer>> {
  let total = 0;
  try {
    const filter = ({ originalSize }: { originalSize: number }) => {
      total += originalSize;
      return total <= maxBytes;
    };
    const parts = unzipSync(bytes, { filter });
    return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, Uint8Array.from(part)]));
  } catch (cause) {
    throw bad(archiveTexts.noZip, { cause });
  }
}

function parsedJson(bytes: Uint8Array | undefined): unknown {
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function bad([what, remedy]: readonly [string, string], options?: ErrorOptions): PlaytrainError {
  return new PlaytrainError('bad-file', archiveTexts.refused(what, remedy), options);
}
