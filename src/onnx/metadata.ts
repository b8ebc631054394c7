import * as v from 'valibot';
import { bad } from '../agent/file-error';
import { finite, infinityAsText, size, specSchema, whole } from '../agent/file-schemas';
import { specProblem } from '../agent/file-spec';
import type { ExportedActor } from './exported-actor';

const key = 'playtrain';

/** What other engines have no use for, and the way back has. */
const schema = v.object({
  spec: specSchema,
  name: v.string(),
  version: whole,
  decisions: whole,
  seed: finite,
  decisionIntervalTicks: v.exactOptional(size),
  /** What the normaliser has counted; null where there is none. */
  counted: v.nullable(finite),
  /** Log standard deviations, an axis each. */
  logStd: v.array(finite),
  note: v.exactOptional(v.string()),
});

/** What a model that was exported here says of its policy. */
export type PolicyNotes = v.InferOutput<typeof schema>;

/** What an exported model says of itself. */
export function policyMetadata({ policy, logStd }: ExportedActor): ReadonlyMap<string, string> {
  const { spec, name, version, decisions, seed, decisionIntervalTicks, observations, note } = policy;
  const notes = {
    spec,
    name,
    version,
    decisions,
    seed,
    ...(decisionIntervalTicks !== undefined && { decisionIntervalTicks }),
    ...(note !== undefined && { note }),
    counted: observations?.count ?? null,
    logStd: Array.from(logStd),
  };
  return new Map([[key, JSON.stringify(notes, (_key, each: unknown) => infinityAsText(each))]]);
}

/**
 * What a model says of its policy; null for a model that was not exported here.
 *
 * @throws PlaytrainError `bad-file` where that is damaged.
 */
export function readNotes(metadata: ReadonlyMap<string, string>): PolicyNotes | null {
  const json = metadata.get(key);
  if (json === undefined) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    throw bad('what it says of its game is not readable JSON', 'Export it again.', { cause });
  }
  const result = v.safeParse(schema, parsed);
  if (!result.success) {
    const [issue] = result.issues;
    throw bad(
      `in what it says of its game, “${v.getDotPath(issue) ?? key}” is wrong (${issue.message})`,
      'Export it again.',
    );
  }
  const problem = specProblem(result.output.spec);
  if (problem !== undefined) throw bad(`it cannot be played (${problem})`, 'Export it again.');
  return result.output;
}
