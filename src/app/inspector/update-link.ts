import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import * as v from 'valibot';
import { type CapturedUpdate, PlaytrainError } from '../../contract';
import { fromBase64url, toBase64url } from '../../match/base64url';
import { inspectorTexts } from '../../texts/inspector';

/** Browsers take far more, messengers far less; an update of this length has some 256 steps. */
export const mostUpdateCharacters = 16_000;
/** How updates are written here; their first byte. */
const linkVersion = 1;
/** Before the head: the version, and how many bytes of it follow. */
const prefixBytes = 3;
const floatBytes = 4;
/** More than any update takes that is short enough: a short text can swell to a lot. */
const mostBytes = 4_000_000;

const count = (most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(most));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const headSchema = v.strictObject({
  version: count(Number.MAX_SAFE_INTEGER),
  steps: v.pipe(count(8_192), v.minValue(1)),
  observationSize: count(4_096),
  actionSize: count(256),
  stateSize: count(65_536),
  settings: v.strictObject({
    discount: share,
    gaeLambda: share,
    bootstrapTruncated: v.boolean(),
    clipRange: v.pipe(v.number(), v.minValue(0)),
    minibatchSize: count(Number.MAX_SAFE_INTEGER),
    decisionIntervalTicks: v.pipe(count(1_000), v.minValue(1)),
  }),
});
type Head = v.InferOutput<typeof headSchema>;

/**
 * What is shown of an update as a part of a link: the one agent's steps, compressed, in base64url. The floats that the
 * update used go as they are, to the bit; states in float32, which no picture tells from float64.
 *
 * @returns null where it would be too long for a link.
 */
export function updateToLink(update: CapturedUpdate): string | null {
  const { shape, agent, version, settings } = update;
  const { steps, agents, observationSize, actionSize } = shape;
  const stateSize = update.states.length / steps;
  // What an agent sensed is shown where there is no picture only.
  const sensed = stateSize > 0 ? 0 : observationSize;
  const head: Head = { version, steps, observationSize, actionSize, stateSize, settings };
  const own = <Numbers extends Float32Array | Uint8Array>(numbers: Numbers, from: Numbers): Numbers => {
    for (let step = 0; step < numbers.length; step++) numbers[step] = from[step * agents + agent]!;
    return numbers;
  };
  const flags = (from: Uint8Array) => own(new Uint8Array(steps), from);
  const floats = (from: Float32Array, rows = steps) => inPlanes(own(new Float32Array(rows), from));
  const parts = [
    flags(update.terminated),
    flags(update.truncated),
    flags(update.valid),
    floats(update.rewards),
    floats(update.values, steps + 1),
    floats(update.finalValues),
    floats(update.advantages),
    floats(update.returns),
    inPlanes(update.actions),
    inPlanes(update.ratios),
    inPlanes(update.normalised),
    inPlanes(sensed > 0 ? update.observations : new Float32Array(0)),
    inPlanes(Float32Array.from(update.states)),
  ];
  const text = toBase64url(deflateSync(joined(head, parts), { level: 9 }));
  return text.length > mostUpdateCharacters ? null : text;
}

/**
 * Reads what `updateToLink` wrote: an update of one agent. What the link leaves out is 0, or NaN where that is a number
 * of its own.
 *
 * @throws PlaytrainError `bad-file` for anything else.
 */
export function updateFromLink(text: string): CapturedUpdate {
  if (text.length > mostUpdateCharacters) throw unreadable();
  try {
    return updateOf(inflateSync(fromBase64url(text), { out: new Uint8Array(mostBytes) }));
  } catch (cause) {
    throw unreadable({ cause });
  }
}

/** @throws whatever comes of reading what is no update. */
function updateOf(bytes: Uint8Array): CapturedUpdate {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== linkVersion) throw unreadable();
  let at = prefixBytes + view.getUint16(1);
  const head = v.parse(headSchema, JSON.parse(strFromU8(bytes.subarray(prefixBytes, at))));
  const { version, steps, observationSize, actionSize, stateSize, settings } = head;
  const take = (length: number) => {
    if (at + length > bytes.length) throw unreadable();
    at += length;
    return bytes.subarray(at - length, at);
  };
  const flags = () => take(steps).map((flag) => (flag === 0 ? 0 : 1)) as Uint8Array<ArrayBuffer>;
  const floats = (length = steps) => fromPlanes(take(floatBytes * length));
  const update = {
    version,
    shape: { steps, agents: 1, observationSize, actionSize, maskSize: 0 },
    settings,
    terminated: flags(),
    truncated: flags(),
    valid: flags(),
    rewards: floats(),
    values: floats(steps + 1),
    finalValues: floats(),
    advantages: floats(),
    returns: floats(),
    agent: 0,
    actions: floats(steps * actionSize),
    ratios: floats(),
    normalised: floats(),
    observations: stateSize > 0 ? new Float32Array(steps * observationSize) : floats(steps * observationSize),
    states: Float64Array.from(floats(steps * stateSize)),
    logProbabilities: new Float32Array(steps).fill(Number.NaN),
    newLogProbabilities: new Float32Array(steps).fill(Number.NaN),
    firstDecision: null,
  };
  if (at !== bytes.length) throw unreadable();
  return update;
}

function joined(head: Head, parts: readonly Uint8Array[]): Uint8Array {
  const text = strToU8(JSON.stringify(head));
  const bytes = new Uint8Array(prefixBytes + text.length + parts.reduce((sum, part) => sum + part.length, 0));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, linkVersion);
  view.setUint16(1, text.length);
  bytes.set(text, prefixBytes);
  let at = prefixBytes + text.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Little-endian floats, the first bytes of all, then the second: what is alike lies together. */
function inPlanes(numbers: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(floatBytes * numbers.length));
  numbers.forEach((number, index) => {
    view.setFloat32(floatBytes * index, number, true);
  });
  const bytes = new Uint8Array(view.buffer);
  return bytes.map((_, at) => bytes[floatBytes * (at % numbers.length) + Math.floor(at / numbers.length)]!);
}

function fromPlanes(planes: Uint8Array): Float32Array<ArrayBuffer> {
  const length = planes.length / floatBytes;
  const view = new DataView(new ArrayBuffer(planes.length));
  planes.forEach((byte, at) => {
    view.setUint8(floatBytes * (at % length) + Math.floor(at / length), byte);
  });
  return Float32Array.from({ length }, (_, index) => view.getFloat32(floatBytes * index, true));
}

function unreadable(options?: ErrorOptions): PlaytrainError {
  return new PlaytrainError('bad-file', inspectorTexts.unreadable, options);
}
