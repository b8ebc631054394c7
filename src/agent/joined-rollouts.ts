import type { EpisodeRecord, NormalisationData, RolloutCounters } from '../contract';
import type { FullRollout } from './full-rollout';
import { mergedNormalisation } from './normalisation';

/** What was noted while the rollouts of one update filled, as if they were one. */
export interface JoinedNotes {
  /** In the order in which they ended: by step, then arena. */
  readonly episodes: readonly EpisodeRecord[];
  /** The arenas in which the learner took a decision, by the run's numbers, in order. */
  readonly playing: readonly number[];
  readonly counters: RolloutCounters;
  /** The run's statistics with what each rollout adds to them. */
  readonly normalisation: NormalisationData;
  /** Decisions of each collector's rollout divided by the time it took; empty where the game's own actor filled it. */
  readonly collectorDecisionsPerSecond: readonly number[];
}

/**
 * Joins the notes of an update's rollouts, each filled by an actor of its own.
 *
 * @param before what the run had when they were handed over.
 */
export function joinNotes(
  parts: readonly FullRollout[],
  before: { readonly decisions: number; readonly normalisation: NormalisationData },
  seats: number,
): JoinedNotes {
  const alone = parts.length === 1 && parts[0]?.collected === undefined;
  return {
    episodes: joinEpisodes(parts),
    playing: parts.flatMap((part) => playingArenas(part, seats)),
    counters: joinCounters(parts, before.decisions),
    normalisation: mergedNormalisation(
      before.normalisation,
      parts.map((part) => part.normalisation),
    ),
    collectorDecisionsPerSecond: alone ? [] : parts.map(decisionsPerSecond),
  };
}

function playingArenas({ rollout, collected }: FullRollout, seats: number): readonly number[] {
  const { agents } = rollout.shape;
  const plays = new Uint8Array(agents / seats);
  rollout.valid.forEach((valid, cell) => {
    const arena = Math.floor((cell % agents) / seats);
    plays[arena] = plays[arena]! | valid;
  });
  const firstArena = collected?.firstArena ?? 0;
  return Array.from(plays, (_, arena) => firstArena + arena).filter((_, arena) => plays[arena] !== 0);
}

/** Named by the run's arenas and put in the order in which they ended, so that no collector's count for more. */
function joinEpisodes(parts: readonly FullRollout[]): readonly EpisodeRecord[] {
  return parts
    .flatMap(({ episodes, collected }) =>
      episodes.map((episode, index) => ({
        episode: { ...episode, arena: episode.arena + (collected?.firstArena ?? 0) },
        step: collected?.episodeSteps[index] ?? 0,
      })),
    )
    .sort((left, right) => left.step - right.step)
    .map(({ episode }) => episode);
}

function joinCounters(parts: readonly FullRollout[], decisionsBefore: number): RolloutCounters {
  const total = (count: (part: FullRollout) => number) => parts.reduce((sum, part) => sum + count(part), 0);
  return {
    decisions: decisionsBefore + total(validDecisions),
    decisionsDuringUpdate: total(({ counters }) => counters.decisionsDuringUpdate),
    unrecordedDecisions: total(({ counters }) => counters.unrecordedDecisions),
    collectMs: Math.max(...parts.map(({ counters }) => counters.collectMs)),
  };
}

function validDecisions({ rollout }: FullRollout): number {
  return rollout.valid.reduce((sum, cell) => sum + cell, 0);
}

function decisionsPerSecond(part: FullRollout): number {
  const { collectMs } = part.counters;
  return collectMs > 0 ? (1000 * validDecisions(part)) / collectMs : 0;
}
