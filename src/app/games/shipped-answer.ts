import { actionSize, type EnvironmentSpec, loadModule, PlaytrainError } from '../../contract';
import { type Play, play } from '../../play/play';
import type { Answer } from './page-game';

/**
 * How a policy that ships with the page plays all agents of a game.
 *
 * @param what of the file, for people. @throws PlaytrainError `not-loaded`.
 */
export async function shippedAnswer(url: string, what: string, spec: EnvironmentSpec): Promise<Answer> {
  return answering(play(await loadModule(what, () => fetched(url))), spec);
}

/** Lets a policy answer for as many agents as it is asked for. */
export function answering(
  act: Play,
  { observationSpace: { size }, actionSpace }: Pick<EnvironmentSpec, 'observationSpace' | 'actionSpace'>,
): Answer {
  const width = actionSize(actionSpace);
  return ({ observations, actions }) => {
    const agents = actions.length / width;
    for (let who = 0; who < agents; who++) {
      actions.set(act(observations.subarray(who * size, (who + 1) * size)), who * width);
    }
  };
}

async function fetched(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new PlaytrainError('not-loaded', response.statusText);
  return response.arrayBuffer();
}
