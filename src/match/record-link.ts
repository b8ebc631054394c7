import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import * as v from 'valibot';
import { PlaytrainError } from '../contract';
import { fromBase64url, toBase64url } from './base64url';
import { checkedMatchRecord, type MatchRecord, mostTicks, packBytes, unpackBytes } from './record';

/** Messengers and mail programs cut longer links off. */
export const mostLinkCharacters = 8_000;
/** How links are written here; their first byte. */
const linkVersion = 1;
/** Before the head: the version, and how many bytes of it follow. */
const prefixBytes = 3;
const hashBytes = 4;
/** All of a record but its bytes, and how long those are. */
const headSchema = v.looseObject({ ticks: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) });
/** More than any record takes: a short text can swell to a lot. */
const mostBytes = 0x1_0000 + 3 * mostTicks;

/**
 * A match as a part of a link: compressed, in base64url. Hashes and actions are bytes, each seat's actions by
 * themselves, since a seat mostly goes on doing what it did; the rest is JSON.
 *
 * @returns null where it would be too long for a link; it goes by file then.
 */
export function recordToLink(record: MatchRecord): string | null {
  const { actions, hashes, format: _format, formatVersion: _formatVersion, ...rest } = record;
  const codes = unpackBytes(actions);
  const head = strToU8(JSON.stringify({ ...rest, ticks: codes.length / 2 }));
  const bytes = new Uint8Array(prefixBytes + head.length + codes.length + hashBytes * hashes.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, linkVersion);
  view.setUint16(1, head.length);
  bytes.set(head, prefixBytes);
  bytes.set(bySeat(codes), prefixBytes + head.length);
  const firstHash = prefixBytes + head.length + codes.length;
  for (const [index, hash] of hashes.entries()) view.setUint32(firstHash + hashBytes * index, hash);
  const text = toBase64url(deflateSync(bytes, { level: 9 }));
  return text.length > mostLinkCharacters ? null : text;
}

/**
 * Reads what `recordToLink` wrote. That its actions lead to its hashes and its score shows only when it is played.
 *
 * @throws PlaytrainError `bad-file` for anything else.
 */
export function recordFromLink(text: string): MatchRecord {
  if (text.length > mostLinkCharacters) throw unreadable();
  try {
    return recordOf(inflateSync(fromBase64url(text), { out: new Uint8Array(mostBytes) }));
  } catch (cause) {
    throw unreadable({ cause });
  }
}

/** @throws whatever comes of reading what is no record. */
function recordOf(bytes: Uint8Array): MatchRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== linkVersion) throw unreadable();
  const afterHead = prefixBytes + view.getUint16(1);
  const { ticks, ...rest } = v.parse(
    headSchema,
    JSON.parse(strFromU8(bytes.subarray(prefixBytes, afterHead))),
  );
  const firstHash = afterHead + 2 * ticks;
  const hashes = Array.from({ length: (bytes.length - firstHash) / hashBytes }, (_, index) =>
    view.getUint32(firstHash + hashBytes * index),
  );
  const actions = packBytes(byTick(bytes.subarray(afterHead, firstHash)));
  return checkedMatchRecord({ ...rest, format: 'playtrain-match', formatVersion: 1, actions, hashes });
}

/** `[ticks, 2]` as `[2, ticks]`. */
function bySeat(codes: Uint8Array): Uint8Array {
  const ticks = codes.length / 2;
  return Uint8Array.from(codes, (_, at) => codes[2 * (at % ticks) + Math.floor(at / ticks)]!);
}

/** `[2, ticks]` as `[ticks, 2]`. */
function byTick(codes: Uint8Array): Uint8Array {
  const ticks = codes.length / 2;
  return Uint8Array.from(codes, (_, at) => codes[(at % 2) * ticks + Math.floor(at / 2)]!);
}

function unreadable(options?: ErrorOptions): PlaytrainError {
  return new PlaytrainError(
    'bad-file',
    'The match in this link cannot be read: the link was cut short or changed on its way. Ask for it again, or for the match’s file.',
    options,
  );
}
