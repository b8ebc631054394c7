/**
 * The frames in which a game is played from another program; docs/protocol.md says what each means and when it may come.
 * All numbers are little-endian.
 */

/** Counted up whenever a program that speaks the older version could misread the newer one. */
export const protocolVersion = 1;

/** “PT”: what every frame begins with. */
export const frameMagic = [0x50, 0x54] as const;

/** Magic (2 bytes), version (1), type (1), bytes of what follows (uint32). */
export const headerBytes = 8;

/** What the other program may send. */
export const requestTypes = { reset: 1, step: 2, state: 3, setState: 4, set: 5, close: 6 } as const;
export type RequestType = (typeof requestTypes)[keyof typeof requestTypes];

/** What the game answers. */
export const replyTypes = {
  spec: 16,
  outcome: 17,
  state: 18,
  set: 19,
  closed: 20,
  refused: 30,
  failed: 31,
} as const;
export type ReplyType = (typeof replyTypes)[keyof typeof replyTypes];

/** Why a request was refused, or the connection ended. The numbers stand in frames. */
export const frameErrors = {
  /** The bytes are no frame of this protocol. */
  notAFrame: 1,
  /** Another version. */
  version: 2,
  /** No such type, or one that only the game sends. */
  type: 3,
  /** Another length than this game's frames of the type have. */
  length: 4,
  /** A step before the first reset. */
  order: 5,
  /** The other side went away without CLOSE, or in the middle of a frame. */
  lost: 6,
  /** The game cannot go on. */
  game: 7,
  /** A number in the frame cannot be used; nothing was changed. */
  value: 8,
  /** The game is not able to do this. */
  unable: 9,
} as const;
export type FrameErrorCode = (typeof frameErrors)[keyof typeof frameErrors];

/** After these the connection goes on. */
export function isRefusal(code: FrameErrorCode): boolean {
  return code === frameErrors.value || code === frameErrors.unable;
}

/** What was wrong with a request, in a sentence. */
export class FrameError extends Error {
  readonly code: FrameErrorCode;

  constructor(code: FrameErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FrameError';
    this.code = code;
  }
}

/** What becomes of an arena whose episode ended: see docs/protocol.md. */
export const autoresetModes = ['next-step', 'same-step'] as const;
export type AutoresetMode = (typeof autoresetModes)[number];

/** Bytes up to the next multiple of eight, so that what follows can be read in place. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** Writes a frame's first bytes. */
export function writeHeader(frame: Uint8Array, type: ReplyType | RequestType, payloadBytes: number): void {
  frame[0] = frameMagic[0];
  frame[1] = frameMagic[1];
  frame[2] = protocolVersion;
  frame[3] = type;
  frame[4] = payloadBytes & 0xff;
  frame[5] = (payloadBytes >>> 8) & 0xff;
  frame[6] = (payloadBytes >>> 16) & 0xff;
  frame[7] = payloadBytes >>> 24;
}

/** A whole frame around `payload`. */
export function frameOf(type: ReplyType | RequestType, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(headerBytes + payload.length);
  writeHeader(frame, type, payload.length);
  frame.set(payload, headerBytes);
  return frame;
}

/** A frame that says what was wrong: its code (uint32), then a sentence in UTF-8. */
export function errorFrame({ code, message }: FrameError): Uint8Array {
  const sentence = new TextEncoder().encode(message);
  const payload = new Uint8Array(4 + sentence.length);
  payload[0] = code;
  payload.set(sentence, 4);
  return frameOf(isRefusal(code) ? replyTypes.refused : replyTypes.failed, payload);
}

/** What a request's first bytes say, where all is well with them. @throws FrameError where not. */
export function readHeader(
  bytes: Uint8Array,
  at: number,
  payloadBytesOf: ReadonlyMap<number, number>,
): RequestType {
  if (bytes[at] !== frameMagic[0] || bytes[at + 1] !== frameMagic[1]) {
    throw new FrameError(
      frameErrors.notAFrame,
      `A frame begins with the bytes ${hex(frameMagic)}; what came begins with ${hex(bytes.subarray(at, at + 2))}.`,
    );
  }
  if (bytes[at + 2] !== protocolVersion) {
    throw new FrameError(
      frameErrors.version,
      `The other side speaks version ${bytes[at + 2]} of the protocol, this one version ${protocolVersion}; install the same version of both.`,
    );
  }
  const type = bytes[at + 3]!;
  const expected = payloadBytesOf.get(type);
  if (expected === undefined) {
    throw new FrameError(
      frameErrors.type,
      `There is no request of type ${type}; there are ${Object.entries(requestTypes)
        .map(([name, number]) => `${name} (${number})`)
        .join(', ')}.`,
    );
  }
  const length = payloadLength(bytes, at);
  if (length !== expected) {
    throw new FrameError(
      frameErrors.length,
      `A request of type ${type} has ${expected} bytes after its header for this game and so many arenas; this one says ${length}.`,
    );
  }
  return type as RequestType;
}

/** How many bytes follow a header. */
export function payloadLength(bytes: Uint8Array, at = 0): number {
  return (bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24)) >>> 0;
}

function hex(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
