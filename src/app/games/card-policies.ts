import { actionSize, type EnvironmentSpec, loadModule, PlaytrainError } from '../../contract';
import { play } from '../../play/play';
import type { Answer } from './page-game';

/** One a game, in a folder of its name; fetched when a card plays. */
const files = import.meta.glob<string>('../../../assets/agents/*/*.play', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});

/** As `GameCards.policy`. */
export async function cardPolicy(
  game: string,
  { observationSpace, actionSpace }: EnvironmentSpec,
): Promise<Answer | null> {
  const [path] = Object.keys(files).filter((each) => each.startsWith(`../../../assets/agents/${game}/`));
  const url = path === undefined ? undefined : files[path];
  if (url === undefined) return null;
  const act = play(await loadModule(`What plays ${game}`, () => fetched(url)));
  const { size } = observationSpace;
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
