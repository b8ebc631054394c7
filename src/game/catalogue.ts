import { type GameAbout, type GameRules, loadModule, PlaytrainError, type Simulation } from '../contract';
import { balanceAbout } from './balance/about';
import { swingAbout } from './swing/about';
import { volleyAbout } from './volley/about';

/** A game as the rest knows it, all but its scene; see `loadScene`. */
export interface GameEntry extends GameRules {
  readonly about: GameAbout;
}

interface Listing {
  readonly id: string;
  readonly about: GameAbout;
  /** Fetches the rules, when somebody plays or watches. */
  readonly load: () => Promise<GameRules>;
}

/** Every game, in the order in which people see them. Adding one is a folder and a line here. */
export const games: readonly [Listing, ...Listing[]] = [
  { id: 'balance', about: balanceAbout, load: async () => (await import('./balance/rules')).balanceRules },
  { id: 'swing', about: swingAbout, load: async () => (await import('./swing/rules')).swingRules },
  { id: 'volley', about: volleyAbout, load: async () => (await import('./volley/rules')).volleyRules },
];

/**
 * The game with this id.
 *
 * @throws PlaytrainError `bad-settings` where there is none, `not-loaded` where its rules do not come.
 */
export async function loadGame(id: string): Promise<GameEntry> {
  const found = games.find((game) => game.id === id);
  if (found !== undefined) return { ...(await rulesOf(found)), about: found.about };
  const ids = games.map((game) => game.id).join(', ');
  throw new PlaytrainError('bad-settings', `There is no game “${id}”; choose one of ${ids}.`);
}

/** A game's rules alone, as workers play them; undefined where there is no such game. */
export async function loadSimulation(id: string): Promise<Simulation | undefined> {
  const found = games.find((game) => game.id === id);
  return found === undefined ? undefined : (await rulesOf(found)).simulation;
}

function rulesOf({ about, load }: Listing): Promise<GameRules> {
  return loadModule(`The game ${about.title}`, load);
}
