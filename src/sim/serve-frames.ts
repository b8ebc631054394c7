import { sentenceOf } from '../contract';
import {
  aligned,
  errorFrame,
  FrameError,
  frameErrors,
  headerBytes,
  isRefusal,
  readHeader,
  requestTypes,
} from './protocol';
import type { SimSession } from './sim-session';

/** What carries the bytes. */
export interface ByteChannel {
  /** Waits for bytes. @returns how many it wrote into `buffer` from `offset` on; 0 where none will come any more. */
  read(buffer: Uint8Array, offset: number): number;
  /** Sends all of `bytes`. Throws where nobody takes them. */
  write(bytes: Uint8Array): void;
}

/**
 * Plays the game by the frames that come, until CLOSE.
 *
 * @throws FrameError where the connection cannot go on; the other side was told, if it is still there.
 */
export async function serveFrames(session: SimSession, channel: ByteChannel): Promise<void> {
  try {
    send(channel, session.spec);
    const requests = new RequestReader(session.payloadBytes, channel);
    for (;;) {
      const type = requests.next();
      const reply = answerOf(() => session.answer(type, requests.payload));
      // A promise that is not there is not waited for: that would cost more than the step.
      send(channel, reply instanceof Promise ? await reply.catch(refusalOf) : reply);
      if (type === requestTypes.close) return;
    }
  } catch (error) {
    const failed =
      error instanceof FrameError
        ? error
        : new FrameError(frameErrors.game, sentenceOf(error), { cause: error });
    if (failed.code !== frameErrors.lost) tell(channel, failed);
    throw failed;
  }
}

function answerOf(answer: () => Uint8Array | Promise<Uint8Array>): Uint8Array | Promise<Uint8Array> {
  try {
    return answer();
  } catch (error) {
    return refusalOf(error);
  }
}

/** @throws whatever is no refusal. */
function refusalOf(error: unknown): Uint8Array {
  if (error instanceof FrameError && isRefusal(error.code)) return errorFrame(error);
  throw error;
}

function send(channel: ByteChannel, bytes: Uint8Array): void {
  try {
    channel.write(bytes);
  } catch (cause) {
    throw new FrameError(frameErrors.lost, 'The other side takes no more answers: it has gone away.', {
      cause,
    });
  }
}

/** Says why it ends, to whoever may still be there. */
function tell(channel: ByteChannel, error: FrameError): void {
  try {
    channel.write(errorFrame(error));
  } catch {
    // Who has gone away needs no reason.
  }
}

/** Requests one after the other, whatever pieces their bytes come in. */
class RequestReader {
  /** What follows the header of the request that `next` returned. */
  payload: Uint8Array;
  private readonly payloadBytes: ReadonlyMap<number, number>;
  private readonly channel: ByteChannel;
  private readonly bytes: Uint8Array;
  /** Payloads are copied here, where their numbers lie as views need them. */
  private readonly payloads: ReadonlyMap<number, Uint8Array>;
  private start = 0;
  private end = 0;

  constructor(payloadBytes: ReadonlyMap<number, number>, channel: ByteChannel) {
    const longest = Math.max(...payloadBytes.values());
    this.payloadBytes = payloadBytes;
    this.channel = channel;
    this.bytes = new Uint8Array(headerBytes + longest);
    const place = new ArrayBuffer(aligned(longest));
    this.payloads = new Map(
      [...payloadBytes].map(([type, length]) => [type, new Uint8Array(place, 0, length)]),
    );
    this.payload = new Uint8Array(0);
  }

  /** The type of the next request. @throws FrameError where what comes is none. */
  next() {
    this.fill(headerBytes, true);
    const type = readHeader(this.bytes, this.start, this.payloadBytes);
    const payload = this.payloads.get(type)!;
    const whole = headerBytes + payload.length;
    this.fill(whole, false);
    const from = this.start + headerBytes;
    for (let i = 0; i < payload.length; i++) payload[i] = this.bytes[from + i]!;
    this.start += whole;
    if (this.start === this.end) this.start = this.end = 0;
    this.payload = payload;
    return type;
  }

  /** Reads until so many bytes of a request are here. @param isBetween whether the last request was whole. */
  private fill(wanted: number, isBetween: boolean): void {
    if (this.start + wanted > this.bytes.length) {
      this.bytes.copyWithin(0, this.start, this.end);
      this.end -= this.start;
      this.start = 0;
    }
    while (this.end - this.start < wanted) {
      const read = this.channel.read(this.bytes, this.end);
      if (read > 0) {
        this.end += read;
        continue;
      }
      throw new FrameError(
        frameErrors.lost,
        isBetween && this.end === this.start
          ? 'The other side went away without CLOSE.'
          : `The other side went away in the middle of a frame, ${this.end - this.start} of ${wanted} bytes into it.`,
      );
    }
  }
}
