import * as v from 'valibot';
import { PlaytrainError } from '../contract';
import { decidingPoints, mostPointsToWin } from './referee';

/** Rally ticks from one recorded hash to the next. */
export const hashEveryTicks = 60;

// What a record may hold. The bounds are checked before anything else is, so that no file keeps a page busy.
/** Half a megabyte is an hour of play. */
export const mostRecordCharacters = 1_000_000;
/** An hour of play. */
export const mostTicks = 60 * 60 * 60;
const longestName = 60;
const latestDateMs = 8.64e15;

/** A match that can be played again: seed and actions, no states. Plain data, fit for JSON. */
export interface MatchRecord {
  readonly format: 'playtrain-match';
  readonly formatVersion: 1;
  readonly game: string;
  readonly seed: number;
  /** The rules of the game that it was played by, see `Simulation.rulesVersion`; 1 where none are named. */
  readonly rulesVersion?: number;
  readonly pointsToWin: number;
  /** The lead that was needed as well, see `MatchRules`; 1 where none is named. */
  readonly leadToWin?: number;
  /** Left, right. People are named by no word that means somebody else when another reads it, such as “You”. */
  readonly names: readonly [string, string];
  /** Where a person played; null where two did or none. Not named in older files. */
  readonly person?: 0 | 1 | null;
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
const positive = v.pipe(whole, v.minValue(1));
const hash = v.pipe(count, v.maxValue(0xffff_ffff));
const name = v.pipe(v.string(), v.maxLength(longestName));
const points = v.pipe(count, v.maxValue(decidingPoints(mostPointsToWin)));

const recordSchema = v.object({
  format: v.literal('playtrain-match'),
  formatVersion: v.literal(1),
  game: name,
  seed: whole,
  rulesVersion: v.exactOptional(positive),
  pointsToWin: v.pipe(positive, v.maxValue(mostPointsToWin)),
  leadToWin: v.exactOptional(v.pipe(positive, v.maxValue(mostPointsToWin))),
  names: v.tuple([name, name]),
  person: v.exactOptional(v.nullable(v.picklist([0, 1]))),
  playedAtMs: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(latestDateMs))),
  actions: v.pipe(v.string(), v.maxLength(base64Length(2 * mostTicks)), v.base64()),
  hashes: v.pipe(v.array(hash), v.maxLength(mostTicks / hashEveryTicks)),
  finalHash: hash,
  score: v.tuple([points, points]),
});

/** A name as a record takes it. */
export function recordedName(text: string): string {
  return text.length <= longestName ? text : `${text.slice(0, longestName - 1)}…`;
}

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
  refuseTooLong(text.length);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw bad('it is not readable JSON', 'Choose a match that was saved here.', { cause });
  }
  return checkedMatchRecord(parsed);
}

/** What was read as a record. @throws PlaytrainError `bad-file` with what is wrong and what to do. */
export function checkedMatchRecord(parsed: unknown): MatchRecord {
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

/** @throws PlaytrainError `bad-file` for a file of more characters, or bytes, than any match takes. */
export function refuseTooLong(length: number): void {
  if (length <= mostRecordCharacters) return;
  const [long, most] = [length, mostRecordCharacters].map((size) => (size / 1e6).toFixed(1));
  throw bad(
    `it is ${long} MB long, and no match takes more than ${most} MB`,
    'Choose a match that was saved here.',
  );
}

/** Characters that so many bytes take in base64. */
function base64Length(bytes: number): number {
  return 4 * Math.ceil(bytes / 3);
}

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
