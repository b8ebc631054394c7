import { type Hyperparameters, patchBetween, type RunId, type RunRecord } from '../../contract';

/** What an address, or a choice of game, asks for. */
export interface Asked {
  readonly game: string;
  /** The run that the address names; null where it names none. */
  readonly run: RunId | null;
  /** The settings that it names, laid over the game's defaults; null where it names none. */
  readonly settings: Hyperparameters | null;
}

/** Which run answers: one that is kept, or a fresh one, and perhaps a kept one that is much like it. */
export type Chosen =
  | { readonly kind: 'kept'; readonly record: RunRecord }
  | { readonly kind: 'fresh'; readonly origin: RunRecord['origin']; readonly alike: RunRecord | null };

/**
 * Which run a visitor gets. Nothing that they have is changed by a link: with a run's id that is kept here it opens that
 * run as it is; with settings it opens a run of its own, the same one at each visit; with a game alone, the run of it
 * that they opened last and did not get by a link. Pure.
 *
 * @param kept every kept run, those opened last first.
 */
export function chooseRun({ game, run, settings }: Asked, kept: readonly RunRecord[]): Chosen {
  const named = kept.find(({ id }) => id === run);
  if (named !== undefined) return { kind: 'kept', record: named };
  const ofGame = kept.filter((record) => record.game === game);
  if (settings === null) {
    const record = ofGame.find(({ origin }) => origin !== 'link') ?? ofGame[0];
    return record === undefined ? { kind: 'fresh', origin: 'own', alike: null } : { kind: 'kept', record };
  }
  const alike = ofGame.filter((record) => areAlike(record.settings, settings));
  const before = alike.find(({ origin }) => origin === 'link');
  if (before !== undefined) return { kind: 'kept', record: before };
  return { kind: 'fresh', origin: 'link', alike: alike[0] ?? null };
}

function areAlike(a: Hyperparameters, b: Hyperparameters): boolean {
  return Object.keys(patchBetween(a, b)).length === 0;
}
