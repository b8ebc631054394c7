import type { NormalisationData, RolloutCounters } from '../contract';
import type { FullRollout } from './actor';

/** What was noted while the rollouts of one update filled, as if they were one. */
export type JoinedNotes = Omit<FullRollout, 'rollout'>;

/**
 * Joins the notes of an update's rollouts, each filled by an actor of its own.
 *
 * @param decisionsBefore how many decisions the run had when they were handed over.
 */
export function joinNotes(parts: readonly FullRollout[], decisionsBefore: number): JoinedNotes {
  const [first] = parts;
  if (first === undefined) throw new Error('An update needs at least one rollout.');
  if (parts.length === 1) return first;
  return {
    episodes: parts.flatMap(({ episodes }) => episodes),
    counters: joinCounters(parts, decisionsBefore),
    normalisation: joinNormalisation(parts),
  };
}

function joinCounters(parts: readonly FullRollout[], decisionsBefore: number): RolloutCounters {
  const total = (count: (counters: RolloutCounters) => number) =>
    parts.reduce((sum, { counters }) => sum + count(counters), 0);
  const recorded = parts.reduce(
    (sum, { rollout }) => sum + rollout.valid.reduce((valid, cell) => valid + cell, 0),
    0,
  );
  return {
    decisions: decisionsBefore + recorded,
    decisionsDuringUpdate: total(({ decisionsDuringUpdate }) => decisionsDuringUpdate),
    unrecordedDecisions: total(({ unrecordedDecisions }) => unrecordedDecisions),
    collectMs: Math.max(...parts.map(({ counters }) => counters.collectMs)),
  };
}

function joinNormalisation(parts: readonly FullRollout[]): NormalisationData {
  return parts[0]!.normalisation;
}
