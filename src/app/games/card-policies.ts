import type { EnvironmentSpec } from '../../contract';
import type { Answer } from './page-game';
import { shippedAnswer } from './shipped-answer';

/** One a game, in a folder of its name; fetched when a card plays. */
const files = import.meta.glob<string>('../../../assets/agents/*/*.play', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});

/** As `GameCards.policy`. */
export async function cardPolicy(game: string, spec: EnvironmentSpec): Promise<Answer | null> {
  const [path] = Object.keys(files).filter((each) => each.startsWith(`../../../assets/agents/${game}/`));
  const url = path === undefined ? undefined : files[path];
  return url === undefined ? null : shippedAnswer(url, `What plays ${game}`, spec);
}
