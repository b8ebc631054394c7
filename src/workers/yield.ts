/**
 * A way to let a worker's other messages in without the 4 ms that nested timers wait.
 *
 * @returns a function whose promise resolves after every message that is already queued.
 */
export function createYield(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let resume: () => void = () => {};
  port1.onmessage = () => resume();
  return () =>
    new Promise((resolve) => {
      resume = resolve;
      port2.postMessage(null);
    });
}

/**
 * The same for short work: a yield costs 10 to 30 µs, as much as a part of a small minibatch.
 *
 * @returns a function whose promise resolves at once, but every `everyMs` milliseconds only after the queued messages.
 */
export function createSparseYield(
  everyMs = 4,
  nowMs: () => number = () => performance.now(),
  yieldToMessages: () => Promise<void> = createYield(),
): () => Promise<void> {
  let heardMs = nowMs();
  return async () => {
    if (nowMs() - heardMs < everyMs) return;
    await yieldToMessages();
    heardMs = nowMs();
  };
}
