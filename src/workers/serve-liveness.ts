import { transfer } from 'comlink';
import { holdLivenessLock } from './liveness-lock';
import type { LivingService } from './protocol';

/** Kept, so that nobody collects it. */
let answering: Worker | null = null;

/** The part of a worker's service that tells whether it lives; to be called as its script begins. */
export function serveLiveness(): LivingService {
  const livenessLock = holdLivenessLock();
  return {
    async ping() {},
    // Somebody's own worker may go by another name than it was to be given, or by none.
    holdsLock: async (name) => name === self.name && livenessLock,
    async pulse() {
      const port = makePulse();
      return port === null ? null : transfer(port, [port]);
    },
  };
}

/** Makes the worker that answers in this one's stead; see `Pulse`. */
function makePulse(): MessagePort | null {
  // Some browsers let workers make none.
  if (typeof Worker === 'undefined') return null;
  const { port1, port2 } = new MessageChannel();
  try {
    answering ??= new Worker(new URL('./pulse.worker.ts', import.meta.url), { type: 'module' });
    answering.postMessage(port1, [port1]);
    return port2;
  } catch {
    return null;
  }
}
