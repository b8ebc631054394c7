import {
  changedFields,
  type EstimateMistake,
  estimateMistakes,
  type HyperparameterKey,
  type Hyperparameters,
  hyperparameterFields,
  hyperparameterProblems,
  type InspectedPlace,
  type RunId,
  type Speed,
  speeds,
} from '../contract';
import { type ReadProblem, settingTexts, withSettingText } from './setting-notation';
import { settingsSentence } from './settings-problems';

/** What an address needs to know of a game. */
export interface UrlGame {
  readonly id: string;
  /** The settings that the game opens with; its `rewardWeights` name every reward term. */
  readonly defaults: Hyperparameters;
}

/** A lesson, or a class without one, as an address asks for it. */
export interface UrlLesson {
  /** Null for a class that has no lesson. */
  readonly id: string | null;
  /** The step that it goes on at, from 0. */
  readonly at: number;
  /** Whether it is somebody’s own, who goes on where they were, and whose progress is kept. */
  readonly isOwn: boolean;
  /** Settings that are seen and cannot be changed, and those that are not even seen. */
  readonly fixed: readonly HyperparameterKey[];
  readonly hidden: readonly HyperparameterKey[];
}

/** What an address asks for. */
export interface UrlState {
  readonly lesson: UrlLesson | null;
  readonly game: string;
  /** The run that it was written for; null where it names none. */
  readonly run: RunId | null;
  /** The game's defaults with the address's settings laid over them: always usable. */
  readonly hyperparameters: Hyperparameters;
  /** Only what differs from the defaults. */
  readonly overrides: Partial<Hyperparameters>;
  readonly speed: Speed;
  /** Whether settings are not to be changed, such as in a class. */
  readonly locked: boolean;
  /** Whether type is to be large, as on a projector; null where it does not say. */
  readonly large: boolean | null;
  /** A match that it carries, see `recordFromLink`; null where it carries none. */
  readonly replay: string | null;
  /** Where in an update to look; null where it asks for no such thing. */
  readonly inspect: InspectedPlace | null;
  /** That update, see `updateFromLink`; null where it carries none. */
  readonly update: string | null;
  /** One sentence for each part of the address that was set aside; a few, and how many more. */
  readonly problems: readonly string[];
}

/** The fields whose values must suit each other; see `hyperparameterProblems`. */
const joinedKeys = ['rolloutLength', 'arenas', 'minibatchSize'] as const;
/** Nobody reads more sentences about one link. */
const mostProblems = 3;
/** What is read by itself, or later. */
const carried = new Set(['game', 'run', 'replay', 'update', 'inspect', 'lambda', 'gamma', 'mistakes']);
/** Longer texts of an address are quoted in part. */
const quotedLength = 40;

/** The game that an address names; the first of `ids` where it names none that is there. */
export function gameInUrl(hash: string, ids: readonly [string, ...string[]]): string {
  const wanted = parametersOf(hash).get('game');
  return ids.find((id) => id === wanted) ?? ids[0];
}

/**
 * Reads game, run, settings and speed from an address's fragment, such as `#game=balance&seed=7&hiddenSizes=32,32`.
 * Anything unknown or impossible falls back to the game's default, with a sentence in `problems`.
 *
 * @param hash the fragment, with or without `#`, also one that a mail program or a chat has encoded once more.
 * @param game the one that `gameInUrl` found.
 */
export function readUrl(hash: string, game: UrlGame): UrlState {
  const parameters = parametersOf(hash);
  const problems: string[] = [];
  const wanted = parameters.get('game');
  if (wanted !== null && game.id !== wanted) {
    problems.push(`The link names a game “${quoted(wanted)}” that is not here; “${game.id}” opens instead.`);
  }

  let speed: Speed = '1';
  let locked = false;
  let large: boolean | null = null;
  let settings = game.defaults;
  const seen = new Set<string>();
  for (const [name, text] of parameters) {
    if (seen.has(name)) {
      problems.push(`The link names “${quoted(name)}” more than once; the first was taken.`);
      continue;
    }
    seen.add(name);
    if (carried.has(name) || lessonNames.has(name)) continue;
    if (name === 'speed') {
      const known = speeds.find((candidate) => candidate === text);
      if (known === undefined) {
        problems.push(
          `The link’s speed “${quoted(text)}” was set aside: it must be one of ${speeds.join(', ')}.`,
        );
      } else speed = known;
      continue;
    }
    if (name === 'locked' || name === 'large') {
      const isOn = text === 'on';
      if (name === 'locked') locked = isOn;
      else large = isOn;
      if (!isOn && text !== 'off') {
        problems.push(`The link’s “${name}=${quoted(text)}” was set aside: it must be on or off.`);
      }
      continue;
    }
    const read = withSettingText(settings, name, text);
    if ('settings' in read) settings = read.settings;
    else problems.push(`The link’s setting “${quoted(name)}” was set aside: ${problemText(read.problem)}`);
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
  const { lesson, unknown } = readLesson(parameters);
  problems.push(
    ...unknown.map((name) => `The link’s setting “${quoted(name)}” was set aside: there is no such setting.`),
  );
  return {
    game: game.id,
    lesson,
    run: parameters.get('run'),
    hyperparameters: settings,
    overrides,
    speed,
    replay: parameters.get('replay'),
    inspect: inspectedPlace(parameters, problems),
    update: parameters.get('update'),
    locked,
    large,
    problems: summedUp(problems),
  };
}

const lessonNames: ReadonlySet<string> = new Set(['lesson', 'at', 'own', 'fixed', 'hidden']);
const noLesson = 'none';

/** The lesson that an address asks for, by its id; null where it asks for none. */
export function lessonInUrl(hash: string): string | null {
  return parametersOf(hash).get('lesson');
}

function readLesson(parameters: URLSearchParams) {
  const id = parameters.get('lesson');
  if (id === null) return { lesson: null, unknown: [] };
  const listed = (name: string) => (parameters.get(name) ?? '').split(',').filter((key) => key !== '');
  const isKey = (key: string): key is HyperparameterKey =>
    hyperparameterFields.some((field) => field.key === key);
  const [fixed, hidden] = [listed('fixed'), listed('hidden')];
  const at = Number(parameters.get('at') ?? 0);
  const lesson: UrlLesson = {
    id: id === noLesson ? null : id,
    at: Number.isSafeInteger(at) && at > 0 ? at : 0,
    isOwn: parameters.get('own') === 'on',
    fixed: fixed.filter(isKey),
    hidden: hidden.filter(isKey),
  };
  return { lesson, unknown: [...fixed, ...hidden].filter((key) => !isKey(key)) };
}

function lessonParts({ id, at, isOwn, fixed, hidden }: UrlLesson): string[] {
  return [
    `lesson=${encodeURIComponent(id ?? noLesson)}`,
    ...(at > 0 ? [`at=${at}`] : []),
    ...(isOwn ? ['own=on'] : []),
    ...(fixed.length > 0 ? [`fixed=${fixed.join(',')}`] : []),
    ...(hidden.length > 0 ? [`hidden=${hidden.join(',')}`] : []),
  ];
}

/** What an address says besides game and settings. */
export interface UrlManner {
  readonly speed: Speed;
  readonly locked?: boolean;
  readonly large?: boolean;
  readonly lesson?: UrlLesson | null;
  /** To find that very run again in the same browser; left out in links for others. */
  readonly run?: RunId;
  /** Where somebody looks in an update; null for nowhere. */
  readonly inspect?: InspectedPlace | null;
  /** That update, as `updateToLink` wrote it. */
  readonly update?: string;
}

/** The fragment, `#` included, that `readUrl` turns back into the same state. Holds only what is not default. */
export function writeUrl(
  game: UrlGame,
  settings: Hyperparameters,
  { speed, locked, large, run, inspect = null, update, lesson = null }: UrlManner,
): string {
  const parts = lesson === null ? [] : lessonParts(lesson);
  parts.push(`game=${encodeURIComponent(game.id)}`);
  if (speed !== '1') parts.push(`speed=${speed}`);
  if (locked === true) parts.push('locked=on');
  if (large === true) parts.push('large=on');
  for (const [name, text] of settingTexts(game.defaults, settings)) {
    parts.push(`${encodeURIComponent(name)}=${text}`);
  }
  if (run !== undefined) parts.push(`run=${run}`);
  if (inspect !== null) parts.push(...placeParts(inspect));
  if (update !== undefined) parts.push(`update=${update}`);
  return `#${parts.join('&')}`;
}

/** The fragment, `#` included, of a link to a match. @param replay as `recordToLink` wrote it. */
export function writeReplayUrl(game: string, replay: string): string {
  return `#game=${encodeURIComponent(game)}&replay=${replay}`;
}

function placeParts({ step, gaeLambda, discount, mistakes }: InspectedPlace): readonly string[] {
  return [
    `inspect=${step}`,
    ...(gaeLambda === null ? [] : [`lambda=${gaeLambda}`]),
    ...(discount === null ? [] : [`gamma=${discount}`]),
    ...(mistakes === null ? [] : [`mistakes=${mistakes.length === 0 ? 'none' : mistakes.join(',')}`]),
  ];
}

/** What cannot be read of it is set aside, with a sentence. */
function inspectedPlace(parameters: URLSearchParams, problems: string[]): InspectedPlace | null {
  const numberOf = (name: string, isFine: (value: number) => boolean, must: string): number | null => {
    const text = parameters.get(name);
    if (text === null) return null;
    const value = Number(text);
    if (text.trim() !== '' && isFine(value)) return value;
    problems.push(`The link’s “${name}=${quoted(text)}” was set aside: it must be ${must}.`);
    return null;
  };
  if (!parameters.has('inspect')) return null;
  const isShare = (value: number) => value >= 0 && value <= 1;
  return {
    step: numberOf('inspect', (value) => Number.isSafeInteger(value) && value >= 0, 'a step’s number') ?? 0,
    gaeLambda: numberOf('lambda', isShare, 'from 0 to 1'),
    discount: numberOf('gamma', isShare, 'from 0 to 1'),
    mistakes: mistakesIn(parameters.get('mistakes'), problems),
  };
}

function mistakesIn(text: string | null, problems: string[]): readonly EstimateMistake[] | null {
  if (text === null) return null;
  const names = text === 'none' ? [] : text.split(',');
  const unknown = names.find((name) => !estimateMistakes.some((mistake) => mistake === name));
  if (unknown !== undefined) {
    problems.push(
      `The link’s mistake “${quoted(unknown)}” was set aside: it must be one of ${estimateMistakes.join(', ')}.`,
    );
  }
  return estimateMistakes.filter((mistake) => names.includes(mistake));
}

/** A fragment's parts, whatever was done to it on its way: `&amp;` for `&`, `%3D` for `=`, a whole link encoded. */
function parametersOf(hash: string): URLSearchParams {
  let text = hash.replace(/^#/, '').replaceAll(/&(amp|#38|#x26);/gi, '&');
  if (!text.includes('=') && /%3d/i.test(text)) {
    try {
      text = decodeURIComponent(text).replaceAll(/&(amp|#38|#x26);/gi, '&');
    } catch {
      // Not encoded after all; it is read as it stands.
    }
  }
  return new URLSearchParams(text);
}

function summedUp(problems: readonly string[]): readonly string[] {
  if (problems.length <= mostProblems) return problems;
  const left = problems.length - mostProblems;
  return [
    ...problems.slice(0, mostProblems),
    left === 1 ? '1 more part of the link was set aside.' : `${left} more parts of the link were set aside.`,
  ];
}

const quoted = (text: string) => (text.length > quotedLength ? `${text.slice(0, quotedLength)}…` : text);

function problemText(problem: ReadProblem): string {
  return problem.code === 'no-such-setting' ? 'there is no such setting.' : settingsSentence(problem);
}
