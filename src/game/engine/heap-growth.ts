/** Calls of one measured chunk, chunks in a row that must be clean, and chunks tried at most. */
const chunkCalls = 2000;
const cleanChunksWanted = 5;
const chunksTried = 300;
/** The smallest object takes 12 bytes; less than this a call is the measurement's own. */
const ownBytesPerCall = 1;

/**
 * How many bytes a call of `work` leaves on the heap once it is compiled; 0 where it allocates nothing, and null where
 * the engine does not tell (only Node does).
 *
 * Compilers take their time and a collection can fall into any chunk of calls, so a chunk counts as clean only when
 * the heap grew by next to nothing and did not shrink, and several clean chunks in a row are wanted: work that
 * allocates never gives them, and work that does not gives them as soon as it is compiled.
 */
export function heapGrowthPerCall(work: () => void): number | null {
  const node: { memoryUsage?: () => { heapUsed: number } } | undefined = globalThis.process;
  const memoryUsage = node?.memoryUsage?.bind(node);
  if (memoryUsage === undefined) return null;

  let clean = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let tried = 0; tried < chunksTried && clean < cleanChunksWanted; tried++) {
    const before = memoryUsage().heapUsed;
    for (let call = 0; call < chunkCalls; call++) work();
    const perCall = (memoryUsage().heapUsed - before) / chunkCalls;
    clean = perCall >= 0 && perCall <= ownBytesPerCall ? clean + 1 : 0;
    if (perCall > ownBytesPerCall) smallest = Math.min(smallest, perCall);
  }
  return clean >= cleanChunksWanted ? 0 : smallest;
}
