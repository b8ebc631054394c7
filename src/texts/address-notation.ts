import { changedFields, type Hyperparameters, hyperparameterProblems, type Speed, speeds } from '../contract';
import { type ReadProblem, settingTexts, withSettingText } from './setting-notation';
import { settingsSentence } from './settings';

/** What an address needs to know of a game. */
export interface UrlGame {
  readonly id: string;
  /** The settings that the game opens with; its `rewardWeights` name every reward term. */
  readonly defaults: Hyperparameters;
}

/** What an address asks for. */
export interface UrlState {
  readonly game: string;
  /** The game's defaults with the address's settings laid over them: always usable. */
  readonly hyperparameters: Hyperparameters;
  /** Only what differs from the defaults. */
  readonly overrides: Partial<Hyperparameters>;
  readonly speed: Speed;
  /** One sentence for each part of the address that was set aside. */
  readonly problems: readonly string[];
}

/** The fields whose values must suit each other; see `hyperparameterProblems`. */
const joinedKeys = ['rolloutLength', 'arenas', 'minibatchSize'] as const;

/**
 * Reads game, settings and speed from an address's fragment, such as `#game=balance&seed=7&hiddenSizes=32,32`.
 * Anything unknown or impossible falls back to the game's default, with a sentence in `problems`.
 *
 * @param hash the fragment, with or without `#`.
 * @param games every game, the one to open by default first.
 */
export function readUrl(hash: string, games: readonly [UrlGame, ...UrlGame[]]): UrlState {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const problems: string[] = [];

  const wanted = parameters.get('game');
  const game = games.find(({ id }) => id === wanted) ?? games[0];
  if (wanted !== null && game.id !== wanted) {
    problems.push(`The link names a game “${wanted}” that is not here; “${game.id}” opens instead.`);
  }

  let speed: Speed = '1';
  let settings = game.defaults;
  for (const [name, text] of parameters) {
    if (name === 'game') continue;
    if (name === 'speed') {
      const known = speeds.find((candidate) => candidate === text);
      if (known === undefined) {
        problems.push(`The link’s speed “${text}” was set aside: it must be one of ${speeds.join(', ')}.`);
      } else speed = known;
      continue;
    }
    const read = withSettingText(settings, name, text);
    if ('settings' in read) settings = read.settings;
    else problems.push(`The link’s setting “${name}” was set aside: ${problemText(read.problem)}`);
  }

  const together = hyperparameterProblems(settings);
  if (together.length > 0) {
    problems.push(
      ...together.map((problem) => `The link’s batch sizes were set aside: ${settingsSentence(problem)}`),
    );
    for (const key of joinedKeys) settings = { ...settings, [key]: game.defaults[key] };
  }
  const overrides = Object.fromEntries(
    changedFields(game.defaults, settings).map(({ key }) => [key, settings[key]]),
  ) as Partial<Hyperparameters>;
  return { game: game.id, hyperparameters: settings, overrides, speed, problems };
}

/** The fragment, `#` included, that `readUrl` turns back into the same state. Holds only what is not default. */
export function writeUrl(game: UrlGame, settings: Hyperparameters, speed: Speed): string {
  const parts = [`game=${encodeURIComponent(game.id)}`];
  if (speed !== '1') parts.push(`speed=${speed}`);
  for (const [name, text] of settingTexts(game.defaults, settings)) {
    parts.push(`${encodeURIComponent(name)}=${text}`);
  }
  return `#${parts.join('&')}`;
}

function problemText(problem: ReadProblem): string {
  return problem.code === 'no-such-setting' ? 'there is no such setting.' : settingsSentence(problem);
}
