import * as v from 'valibot';
import { PlaytrainError } from '../contract';

/** Rally ticks from one recorded hash to the next. */
export const hashEveryTicks = 60;

/** A match that can be played again: seed and actions, no states. Plain data, fit for JSON. */
export interface MatchRecord {
  readonly format: 'playtrain-match';
  readonly formatVersion: 1;
  readonly game: string;
  readonly seed: number;
  readonly pointsToWin: number;
  /** Left, right. */
  readonly names: readonly [string, string];
  /** Wall time at which it was played, milliseconds since 1970. */
  readonly playedAtMs?: number;
  /** Base64: for each rally tick one byte a seat, see `ActionCode`. */
  readonly actions: string;
  /** Of state and generator, after every 60th rally tick. */
  readonly hashes: readonly number[];
  /** After the last. */
  readonly finalHash: number;
  readonly score: readonly [number, number];
}

const whole = v.pipe(v.number(), v.safeInteger());
const count = v.pipe(whole, v.minValue(0));
const hash = v.pipe(count, v.maxValue(0xffff_ffff));

const recordSchema = v.object({
  format: v.literal('playtrain-match'),
  formatVersion: v.literal(1),
  game: v.string(),
  seed: whole,
  pointsToWin: v.pipe(whole, v.minValue(1)),
  names: v.tuple([v.string(), v.string()]),
  playedAtMs: v.exactOptional(v.pipe(v.number(), v.finite())),
  actions: v.pipe(v.string(), v.base64()),
  hashes: v.array(hash),
  finalHash: hash,
  score: v.tuple([count, count]),
});

/** A record as a file's text. */
export function encodeMatchRecord(record: MatchRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/**
 * Reads a record's file. That its actions lead to its hashes and its score shows only when it is played.
 *
 * @throws PlaytrainError `bad-file` with what is wrong and what to do.
 */
export function decodeMatchRecord(text: string): MatchRecord {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw bad('it is not readable JSON', 'Choose a match that was saved here.', { cause });
  }
  const { format, formatVersion } = v.parse(v.fallback(headSchema, {}), parsed);
  if (format !== 'playtrain-match') {
    throw bad('it is not a match saved by Playtrain', 'Choose a file that is.');
  }
  if (formatVersion !== 1) {
    throw bad(
      `it has format version ${String(formatVersion)}, and version 1 is read here`,
      'Open it with the Playtrain that wrote it.',
    );
  }
  const result = v.safeParse(recordSchema, parsed);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw bad(`its “${v.getDotPath(issue) ?? 'text'}” is wrong (${issue.message})`, 'Save the match again.');
}

const headSchema = v.object({
  format: v.optional(v.unknown()),
  formatVersion: v.optional(v.unknown()),
});

/** Bytes as base64. */
export function packBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** What `packBytes` packed. */
export function unpackBytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function bad(what: string, remedy: string, options?: ErrorOptions): PlaytrainError {
  return new PlaytrainError('bad-file', `This match was not loaded: ${what}. ${remedy}`, options);
}
