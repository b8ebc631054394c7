import { loadModule } from '../../contract';
import type { Emit } from './panel';

/**
 * Fetches what draws a part of the page. Where it does not come, the page tells so.
 *
 * @param part what it is, as a sentence begins with it.
 * @param load such as `() => import('./view')`.
 * @returns null where it did not come: it may be asked for once more.
 */
export async function fetchedView<Module>(
  part: string,
  load: () => Promise<Module>,
  emit: Emit,
): Promise<Module | null> {
  try {
    return await loadModule(part, load);
  } catch (error) {
    emit({ kind: 'notFetched', error });
    return null;
  }
}
