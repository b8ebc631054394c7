import { parseArgs } from 'node:util';
import { sentenceOf } from '../contract';
import { type AutoresetMode, autoresetModes } from '../sim/protocol';
import { CommandError, exitCodes } from './exit-codes';

export const simUsage = `playtrain sim ./twin.ts     lets another program play the game, by frames on standard input and output (docs/protocol.md)
  --game NAME       in place of a file: balance, swing or volley
  --arenas N        how many at once (1; for a twin, as many as its game has)
  --seed N          where chance begins (1)
  --autoreset MODE  next-step or same-step (next-step): when an arena that ended begins anew
  --opponent ID     a scripted player for the second seat of every arena
  --time-limit N    ticks after which episodes are cut
  --export NAME     which simulation of the file, where it exports several`;

/** What another program is let play, and how. */
export interface SimCommand {
  readonly kind: 'sim';
  readonly source: SimSource;
  readonly assets: string | null;
  /** Null for as many as one game has. */
  readonly arenas: number | null;
  readonly seed: number;
  readonly autoreset: AutoresetMode;
  readonly opponent: string | null;
  readonly timeLimitTicks: number | null;
}

/** A game of the registry, or a file that serves a twin or exports a simulation. */
export type SimSource =
  | { readonly game: string }
  /** `exportName` is null for the only one. */
  | { readonly file: string; readonly exportName: string | null };

const simOptions = {
  assets: { type: 'string' },
  game: { type: 'string' },
  arenas: { type: 'string' },
  seed: { type: 'string', default: '1' },
  autoreset: { type: 'string', default: 'next-step' },
  opponent: { type: 'string' },
  'time-limit': { type: 'string' },
  export: { type: 'string' },
} as const;

/** @param words those after `sim`. @throws CommandError where they cannot be understood. */
export function readSim(words: readonly string[]): SimCommand {
  const { values, positionals } = parsedSim(words);
  const autoreset = autoresetModes.find((mode) => mode === values.autoreset);
  if (autoreset === undefined) {
    throw refused(`--autoreset must be one of ${autoresetModes.join(', ')}; it was ${values.autoreset}.`);
  }
  return {
    kind: 'sim',
    source: sourceOf(values.game, positionals, values.export),
    assets: values.assets ?? null,
    arenas: wholeOrNull('--arenas', values.arenas, 1),
    seed: wholeOrNull('--seed', values.seed, 0) ?? 1,
    autoreset,
    opponent: values.opponent ?? null,
    timeLimitTicks: wholeOrNull('--time-limit', values['time-limit'], 1),
  };
}

function parsedSim(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: simOptions, allowPositionals: true });
  } catch (error) {
    throw refused(sentenceOf(error));
  }
}

function sourceOf(
  game: string | undefined,
  [file, ...more]: readonly string[],
  exportName: string | undefined,
): SimSource {
  if (file === undefined) {
    if (game !== undefined && exportName !== undefined) {
      throw refused(`--export is for files; leave it out with --game ${game}.`);
    }
    if (game !== undefined) return { game };
    throw refused('Name a game, such as --game volley, or the file of one, such as ./twin.ts.');
  }
  if (game !== undefined) throw refused(`Name a game or a file, not both; there are ${game} and ${file}.`);
  if (more.length > 0) throw refused(`One file at a time; besides ${file} there is ${more.join(' ')}.`);
  return { file, exportName: exportName ?? null };
}

function wholeOrNull(option: string, text: string | undefined, least: number): number | null {
  if (text === undefined) return null;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw refused(`${option} must be a whole number of at least ${least}; it was ${text}.`);
}

function refused(sentence: string): CommandError {
  return new CommandError(exitCodes.usage, `${sentence}\n\n${simUsage}`);
}
