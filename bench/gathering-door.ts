import type { CollectedRollout } from '../src/agent/collector';
import type { Answer, Gathered } from '../src/agent/gatherer';
import { createRollout, type RolloutShape } from '../src/contract';
import { granted, orRefusal, type Refusal } from '../src/workers/refusal';
import { type GatheringStart, type OpenGathering, openGatherer } from './gathering';

/** To the thread that gathers: where to begin, then an answer, or none, for each time. */
type Request = { readonly start: GatheringStart } | { readonly answer: Answer | null };
/** From it, one for each request; null once it has begun. */
type Reply = GatheredMessage | Refusal | null;

interface GatheredMessage extends Omit<Gathered, 'parts'> {
  readonly parts: readonly PartMessage[];
}

interface PartMessage extends Omit<CollectedRollout, 'rollout'> {
  readonly buffer: ArrayBuffer;
  readonly shape: RolloutShape;
}

/** Gathers in this thread for whoever holds the port's other end. */
export function serveGathering(port: MessagePort): void {
  let gather: ((answer: Answer | null) => Promise<Gathered>) | null = null;
  const reply = (message: Reply, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  const answer = async (request: Request) => {
    const gathered = await orRefusal(async () => {
      if ('answer' in request) return gather!(request.answer); // the first request begins
      const { gatherer } = await openGatherer(request.start, () => performance.now());
      gather = (answer) => gatherer.gather(answer);
      return null;
    });
    if (gathered === null || !('parts' in gathered)) return reply(gathered);
    const parts = gathered.parts.map(({ rollout: { buffer, shape }, ...notes }) => ({
      buffer,
      shape,
      ...notes,
    }));
    reply(
      { ...gathered, parts },
      parts.map(({ buffer }) => buffer),
    );
  };
  port.onmessage = ({ data }: MessageEvent<Request>) => {
    answer(data).catch((error: unknown) => {
      // As an uncaught error it reaches the other thread, which a rejected promise does not in every place.
      setTimeout(() => {
        throw error;
      });
    });
  };
}

/**
 * Has the thread at the port's other end gather.
 *
 * @param death rejects when that thread ends by itself.
 * @param close ends it.
 * @throws PlaytrainError where it cannot begin.
 */
export async function beginGathering(
  port: MessagePort,
  start: GatheringStart,
  death: Promise<never>,
  close: () => void,
): Promise<OpenGathering> {
  let hear: (reply: Reply) => void = () => {};
  port.onmessage = ({ data }: MessageEvent<Reply>) => hear(data);
  const ask = async (request: Request, transfer: Transferable[] = []) => {
    const reply = new Promise<Reply>((resolve) => {
      hear = resolve;
    });
    port.postMessage(request, transfer);
    return granted(await Promise.race([reply, death]));
  };
  try {
    await ask({ start });
  } catch (error) {
    close();
    throw error;
  }
  return {
    async gather(answer) {
      const gathered = await ask({ answer }, [...(answer?.buffers ?? [])]);
      const { parts, ...rest } = gathered!; // only the start is answered with null
      return {
        ...rest,
        parts: parts.map(({ buffer, shape, ...notes }) => ({
          rollout: createRollout(shape, buffer),
          ...notes,
        })),
      };
    },
    close,
  };
}
