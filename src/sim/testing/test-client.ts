import {
  aligned,
  frameOf,
  headerBytes,
  payloadLength,
  type RequestType,
  replyTypes,
  requestTypes,
} from '../protocol';
import type { ByteChannel } from '../serve-frames';
import type { simSpec } from '../sim-spec';

/** What a spec's frame says. */
export type SimSpec = ReturnType<typeof simSpec> & { readonly frames: Readonly<Record<string, number>> };

/** A frame that came back. */
export interface Frame {
  readonly type: number;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** What an outcome says, as copies. */
export interface Outcome {
  readonly finals: readonly number[];
  readonly rewards: readonly number[];
  readonly observations: readonly number[];
  readonly terminated: readonly number[];
  readonly truncated: readonly number[];
  readonly faulted: readonly number[];
  readonly masks: readonly number[];
}

/** Bytes that were written beforehand, in pieces of any length, and a list of what comes back. */
export class MemoryChannel implements ByteChannel {
  readonly sent: Uint8Array[] = [];
  private at = 0;
  private readonly bytes: Uint8Array;
  private readonly piece: number;

  constructor(bytes: Uint8Array, piece = bytes.length) {
    this.bytes = bytes;
    this.piece = Math.max(1, piece);
  }

  read(buffer: Uint8Array, offset: number): number {
    const some = this.bytes.subarray(this.at, this.at + Math.min(this.piece, buffer.length - offset));
    buffer.set(some, offset);
    this.at += some.length;
    return some.length;
  }

  write(bytes: Uint8Array): void {
    this.sent.push(bytes.slice());
  }
}

/** The requests of a program that plays, as frames. */
export const requests = {
  reset: (seeds: readonly (number | null)[]) => {
    const payload = new Uint8Array(aligned(seeds.length) + 8 * seeds.length);
    const numbers = new Float64Array(payload.buffer, aligned(seeds.length));
    seeds.forEach((seed, arena) => {
      payload[arena] = seed === null ? 0 : 1;
      numbers[arena] = seed ?? 0;
    });
    return frameOf(requestTypes.reset, payload);
  },
  step: (actions: readonly number[]) => ofNumbers(requestTypes.step, Float32Array.from(actions)),
  set: (interval: number, weights: readonly number[]) =>
    ofNumbers(requestTypes.set, Float64Array.from([interval, ...weights])),
  state: () => frameOf(requestTypes.state, new Uint8Array(0)),
  setState: (state: Uint8Array) => frameOf(requestTypes.setState, state),
  close: () => frameOf(requestTypes.close, new Uint8Array(0)),
};

function ofNumbers(type: RequestType, numbers: Float32Array | Float64Array) {
  return frameOf(type, new Uint8Array(numbers.buffer as ArrayBuffer));
}

/** Takes frames apart that lie one after the other. */
export function framesIn(chunks: readonly Uint8Array[]): Frame[] {
  const bytes = new Uint8Array(Buffer.concat(chunks));
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = payloadLength(bytes, at);
    frames.push({ type: bytes[at + 3]!, payload: bytes.slice(at + headerBytes, at + headerBytes + length) });
    at += headerBytes + length;
  }
  return frames;
}

/** What the first frame says of the game. */
export function readSpec({ type, payload }: Frame): SimSpec {
  if (type !== replyTypes.spec) throw new Error(`The first frame is of type ${type}.`);
  return JSON.parse(new TextDecoder().decode(payload)) as SimSpec;
}

/** What an outcome's frame says. */
export function readOutcome({ agents, observation, maskSize }: SimSpec, { type, payload }: Frame): Outcome {
  if (type !== replyTypes.outcome) throw new Error(`The frame is of type ${type}: ${sentenceIn(payload)}`);
  const { buffer } = payload;
  const flagsAt = 8 + 8 * agents + 4 * agents * observation.size;
  const flags = (at: number) => [...payload.subarray(flagsAt + at * agents, flagsAt + (at + 1) * agents)];
  const fixed = aligned(flagsAt + agents * (3 + maskSize));
  return {
    rewards: [...new Float64Array(buffer, 8, agents)],
    observations: [...new Float32Array(buffer, 8 + 8 * agents, agents * observation.size)],
    terminated: flags(0),
    truncated: flags(1),
    faulted: flags(2),
    masks: [...payload.subarray(flagsAt + 3 * agents, flagsAt + agents * (3 + maskSize))],
    finals: [...new Float32Array(buffer, fixed, (payload.length - fixed) >> 2)],
  };
}

/** The sentence of an error's frame. */
export function sentenceIn(payload: Uint8Array): string {
  return new TextDecoder().decode(payload.subarray(4));
}
