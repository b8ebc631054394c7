import type { WorkerFactory } from './worker-factory';

/**
 * Those that need not know the game. Scripted players of a game of your own are met only where the actor's worker is
 * yours too: a file that calls `serveActor` with the game; and WebGL is computed on only where the learner's is: a file
 * that calls `serveLearner` of `playtrain/webgl`.
 */
export const ownWorkers: WorkerFactory = {
  actor: (name) => new Worker(new URL('./actor.worker.ts', import.meta.url), { type: 'module', name }),
  learner: (name) =>
    new Worker(new URL('./host-learner.worker.ts', import.meta.url), { type: 'module', name }),
};
