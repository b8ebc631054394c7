import * as v from 'valibot';
import { bad } from './file-error';
import { parseMetadata } from './file-frame';
import { sameGraph } from './graph/graph';
import type { PolicyLayout } from './policy';

const graphSchema = v.object({
  nodes: v.array(v.looseObject({ kind: v.string(), name: v.string(), inputs: v.array(v.string()) })),
  vectors: v.array(v.object({ name: v.string(), size: v.number() })),
  outputs: v.object({ policy: v.string(), value: v.string() }),
});

/**
 * Refuses a file whose metadata's `graph` is not what its sizes make of it. Files of before there was one hold two plain
 * nets, as the sizes say.
 *
 * @throws PlaytrainError `bad-file`.
 */
export function checkGraph(metadata: ReadonlyMap<string, string>, { graph }: PolicyLayout): void {
  if (!metadata.has('graph') || sameGraph(parseMetadata(metadata, 'graph', graphSchema), graph)) return;
  throw bad(
    'its net is put together in a way that is not known here',
    'Open it with the Playtrain that wrote it.',
  );
}
