import { handedBy } from '../../phaser/assets/handed-by';
import type { WorkerFactory } from '../../workers/worker-factory';
import type { PageGame } from '../games/page-game';

/**
 * The workers of a run on the page: a live game is played by its twin, which is handed what the game has loaded; one that
 * cannot leave its page, in the page.
 */
export function workersOf(game: PageGame): WorkerFactory {
  if (game.kind === 'simulated') return pageWorkers;
  const { collector, game: seen } = game.visible;
  if (collector !== null) return { ...pageWorkers, collector };
  return { ...pageWorkers, collector: game.twin, ...handedBy(seen) };
}

/** Those of a simulation: those that play know every game of the page. */
export const pageWorkers: WorkerFactory = {
  learner: (name) =>
    new Worker(new URL('../../workers/learner.worker.ts', import.meta.url), { type: 'module', name }),
  actor: (name) => new Worker(new URL('./actor.worker.ts', import.meta.url), { type: 'module', name }),
  collector: (name) =>
    new Worker(new URL('./collector.worker.ts', import.meta.url), { type: 'module', name }),
};
