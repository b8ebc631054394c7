import { PlaytrainError } from './errors';

/**
 * Loads a part of the program that is fetched when it is needed.
 *
 * @param part what it is, as a sentence begins with it: `The game engine`.
 * @param load such as `() => import('./part')`.
 * @throws PlaytrainError `not-loaded` where it does not come, with what to do; what `load` itself refuses passes unchanged.
 */
export async function loadModule<Module>(part: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    if (cause instanceof PlaytrainError) throw cause;
    throw new PlaytrainError(
      'not-loaded',
      `${part} could not be fetched: there is no network, or a newer version of the page has taken its place. Check the connection and reload the page; the run goes on from where it was saved.`,
      { cause },
    );
  }
}
