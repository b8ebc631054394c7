import * as v from 'valibot';
import type { RunId } from '../contract';
import { finite, whole } from './entry-parts';

const resultsSchema = v.object({
  streak: whole,
  against: v.record(v.string(), v.object({ won: whole, lost: whole })),
});

export const standingSchema = v.pipe(
  v.object({
    rating: finite,
    matches: whole,
    // What cannot be read of them is not to cost the rating.
    results: v.exactOptional(v.fallback(resultsSchema, { streak: 0, against: {} })),
  }),
  v.readonly(),
);

/** Where a player stands: Elo, the matches that it rests on, and, of the visitor, what came of each of them. */
export type KeptStanding = v.InferOutput<typeof standingSchema>;

/** The person at this browser, as a player. */
export const visitorPlayer = 'visitor';

/** A generation of a run, as a player that is rated. Everybody else goes by an id of their own. */
export function generationPlayer(runId: RunId, version: number): string {
  return `generation/${runId}/${version}`;
}

/** The run and version of a player that `generationPlayer` named; null for anybody else. */
export function generationOfPlayer(
  player: string,
): { readonly runId: RunId; readonly version: number } | null {
  const [, runId, version] = /^generation\/(.*)\/(\d+)$/.exec(player) ?? [];
  return runId === undefined || version === undefined ? null : { runId, version: Number(version) };
}
