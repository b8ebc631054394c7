import * as v from 'valibot';
import type { LoadingState } from '../../ui/loading/loading-state';

/** The element of the built page that lists how large its larger files are. */
const fileListId = 'files';

const schema = v.array(
  v.object({
    path: v.string(),
    bytes: v.pipe(v.number(), v.minValue(0)),
    gzipBytes: v.pipe(v.number(), v.minValue(0)),
  }),
);
type FileList = v.InferOutput<typeof schema>;

/** Which files each part consists of, by how their names begin. What is small is not listed. */
const files: Readonly<Record<keyof LoadingState, RegExp>> = {
  engine: /\/(phaser|arena-scene)-/,
  agent: /\/(actor|learner)\.worker-/,
};

export interface Expected {
  readonly bytes: Readonly<Record<keyof LoadingState, number | null>>;
  /** Bytes a millisecond, by what has come so far; null where nothing can be told from it. */
  readonly rate: number | null;
}

/**
 * How much is still to come, and how fast, by the list in the built page and the time that its own script took. Everything
 * is null where there is no list, as in the developers' server.
 */
export function expectedBytes(document: Document, performance: Performance): Expected {
  const own = ownScript(document, performance);
  // A host that compresses does so with all of them.
  const isCompressed = own !== null && own.encodedBodySize < own.decodedBodySize;
  const list = fileList(document);
  const bytesOf = (part: keyof LoadingState) => {
    const sizes = list.filter(({ path }) => files[part].test(path));
    if (sizes.length === 0) return null;
    return sizes.reduce((sum, { bytes, gzipBytes }) => sum + (isCompressed ? gzipBytes : bytes), 0);
  };
  return { bytes: { engine: bytesOf('engine'), agent: bytesOf('agent') }, rate: rateOf(own) };
}

function fileList(document: Document): FileList {
  try {
    const read = v.safeParse(schema, JSON.parse(document.getElementById(fileListId)?.textContent ?? ''));
    return read.success ? read.output : [];
  } catch {
    return [];
  }
}

function ownScript(document: Document, performance: Performance): PerformanceResourceTiming | null {
  const own = Array.from(document.scripts).find(({ type, src }) => type === 'module' && src !== '');
  if (own === undefined) return null;
  try {
    const [entry] = performance.getEntriesByName(own.src, 'resource');
    return (entry as PerformanceResourceTiming | undefined) ?? null;
  } catch {
    // Extensions that guard against being recognised take the interface away.
    return null;
  }
}

function rateOf(own: PerformanceResourceTiming | null): number | null {
  if (own === null || own.encodedBodySize === 0) return null;
  const tookMs = own.responseEnd - own.startTime;
  return tookMs > 0 ? own.encodedBodySize / tookMs : null;
}
