import type { WorkerFactory } from './worker-factory';

/**
 * The package's own workers as files: for pages whose security policy forbids `blob:`. Copy the package's folder
 * `workers` to where the page comes from.
 *
 * @param folder where the copies are, as the page would ask for them, such as `/playtrain-workers/`.
 */
export function workersAt(folder: string | URL): Required<Pick<WorkerFactory, 'actor' | 'learner'>> {
  const base = new URL(folder, document.baseURI);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return {
    actor: (name) => new Worker(new URL('actor.js', base), { type: 'module', name }),
    learner: (name) => new Worker(new URL('learner.js', base), { type: 'module', name }),
  };
}
