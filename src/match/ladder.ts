import * as v from 'valibot';
import { type PlayerLook, type PlayingStyle, PlaytrainError } from '../contract';

/** An agent that ships with the page. */
export interface LadderAgent {
  readonly id: string;
  readonly name: string;
  /** The policy's file, beside the ladder's. */
  readonly file: string;
  /** Elo, fitted to all matches. */
  readonly rating: number;
  /** That its rating rests on. */
  readonly matches: number;
  /** Decisions that it learned from, and the run's seed. */
  readonly decisions: number;
  readonly seed: number;
  /** That made it. */
  readonly command: string;
  /** How it plays against those beside it, by `measureStyle`; none in a table from before it was measured. */
  readonly style?: PlayingStyle;
  /** Chosen by hand, and kept when the table is measured again. */
  readonly look?: PlayerLook;
}

/** A scripted player of the same table. */
export interface LadderScripted {
  readonly id: string;
  readonly rating: number;
  readonly matches: number;
}

/** The measured table of one game's agents and scripted players, each the weakest first. Plain data, fit for JSON. */
export interface Ladder {
  readonly format: 'playtrain-ladder';
  readonly formatVersion: 1;
  readonly game: string;
  readonly agents: readonly LadderAgent[];
  readonly scripted: readonly LadderScripted[];
}

const finite = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const ladderSchema = v.object({
  format: v.literal('playtrain-ladder'),
  formatVersion: v.literal(1),
  game: v.string(),
  agents: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      file: v.string(),
      rating: finite,
      matches: whole,
      decisions: whole,
      seed: finite,
      command: v.string(),
      style: v.exactOptional(v.record(v.string(), finite)),
      look: v.exactOptional(
        v.object({ colour: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/)), mark: v.string() }),
      ),
    }),
  ),
  scripted: v.array(v.object({ id: v.string(), rating: finite, matches: whole })),
});

/**
 * Reads a ladder's parsed JSON.
 *
 * @throws PlaytrainError `bad-file` with what is wrong in it.
 */
export function readLadder(json: unknown): Ladder {
  const result = v.safeParse(ladderSchema, json);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new PlaytrainError(
    'bad-file',
    `The ladder was not loaded: its “${v.getDotPath(issue) ?? 'text'}” is wrong (${issue.message}). Write it anew with npm run ladder.`,
  );
}
