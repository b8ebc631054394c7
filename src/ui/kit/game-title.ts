import type { PageState } from '../shell/page-state';

/** What people call a game; its id where it is none of this page's. */
export function gameTitle(games: PageState['games'], id: string): string {
  return games.find((game) => game.id === id)?.about.title ?? id;
}
