import { decodeTrainingState } from '../../agent/checkpoint';
import { type Hyperparameters, type MetricPoint, PlaytrainError, type RunRecord } from '../../contract';
import type { StorageProblem } from '../../storage/checked';
import type { PageStorage } from '../../storage/page-storage';
import type { RunLock } from '../../storage/run-lock';
import { StorageError } from '../../storage/storage-error';
import { thumbnailOf } from '../../storage/thumbnail';
import { runTexts } from '../../texts/runs';
import type { PageGame, PageGames } from '../games/page-game';
import { joined, takenApart } from './kept-state';
import type { BestState } from './run';
import { readRunFile } from './run-file';

/** A run as it is to begin on the page: from nothing, from what is kept, or from a file. */
export interface Beginning {
  readonly entry: PageGame;
  readonly hyperparameters: Hyperparameters;
  readonly origin: RunRecord['origin'];
  readonly forkOf: RunRecord['forkOf'];
  /** The state to go on from; null to begin from nothing. */
  readonly checkpoint: Uint8Array<ArrayBuffer> | null;
  /** Taken when that state was made; 0 without one. */
  readonly decisions: number;
  readonly best: BestState | null;
  readonly history: readonly MetricPoint[];
  readonly thinned: boolean;
  /** What is kept of it; null for a run that is not kept yet. */
  readonly record: RunRecord | null;
  /** Leave to save it; null where it is not kept yet, or where another page has it open. */
  readonly lock: RunLock | null;
  /** Whether it is never kept. */
  readonly isGuest: boolean;
  /** Parts of what is kept of it that could not be read, and are left out. */
  readonly problems: readonly StorageProblem[];
}

/** A run that begins from nothing. */
export function freshRun(
  entry: PageGame,
  hyperparameters: Hyperparameters,
  origin: RunRecord['origin'] = 'own',
): Beginning {
  return {
    entry,
    hyperparameters,
    origin,
    forkOf: null,
    checkpoint: null,
    decisions: 0,
    best: null,
    history: [],
    thinned: false,
    record: null,
    lock: null,
    isGuest: false,
    problems: [],
  };
}

/**
 * A run that goes on from a file, of whichever game it is.
 *
 * @throws PlaytrainError `bad-file` when the file holds no run of a game that is here, `not-loaded` when the game does
 * not come.
 */
export async function runFromFile(bytes: Uint8Array<ArrayBuffer>, games: PageGames): Promise<Beginning> {
  const { entry, state, checkpoint, history } = await readRunFile(bytes, games);
  const { hyperparameters, decisions } = state;
  const { points, thinned } = history;
  return { ...freshRun(entry, hyperparameters, 'file'), checkpoint, decisions, history: points, thinned };
}

/**
 * Keeps a run that has a state already, such as one from a file, and goes on with what is kept. It stays as it was where
 * storage does not take it: saving is tried again, and tells.
 *
 * @throws StorageError where it is kept, and cannot be had back at the moment.
 */
export async function keptFromNowOn(
  storage: Pick<PageStorage, 'runs' | 'holdRun'>,
  beginning: Beginning,
  name: string,
): Promise<Beginning> {
  const { entry, hyperparameters: settings, origin, forkOf, checkpoint, best, history, thinned } = beginning;
  if (checkpoint === null) return beginning;
  const { version, decisions } = decodeTrainingState(checkpoint);
  const meanReturn = history.at(-1)?.values['meanReturn'] ?? null;
  const latest = takenApart({ bytes: checkpoint, version, decisions, meanReturn }, () => false);
  const atBest = best && takenApart(best, () => false);
  const toKeep = {
    name,
    game: entry.spec.game,
    settings,
    origin,
    forkOf,
    latest: latest.checkpoint,
    ...(atBest === null ? {} : { best: atBest.checkpoint }),
    newPast: [...latest.newPast, ...(atBest?.newPast ?? [])],
    thumbnail: thumbnailOf(history),
    points: history,
    thinned,
  };
  const record = await storage.runs.create(toKeep).catch((error: unknown) => {
    if (error instanceof StorageError) return null;
    throw error;
  });
  return record === null ? beginning : keptRun(storage, entry, record.id);
}

/**
 * A kept run, held for this page; where another page holds it, to look at.
 *
 * @throws PlaytrainError where what is kept of it cannot be read, or does not fit the game any more. It is let go then,
 * and left as it is.
 */
export async function keptRun(
  storage: Pick<PageStorage, 'runs' | 'holdRun'>,
  entry: PageGame,
  id: RunRecord['id'],
): Promise<Beginning> {
  const lock = await storage.holdRun(id);
  try {
    const { record, latest, problems } = await storage.runs.open(id);
    if (latest === null) {
      throw new PlaytrainError('bad-file', runTexts.unreadable(record.name));
    }
    const checkpoint = joined(latest);
    // Refuses what this version of the page cannot go on with.
    const { decisions } = decodeTrainingState(checkpoint, entry.spec);
    const { value: best, problems: ofBest } = await storage.runs.state(id, 'best');
    const { value: history, problems: ofHistory } = await storage.runs.history(id, historyShown);
    return {
      entry,
      hyperparameters: record.settings,
      origin: record.origin,
      forkOf: record.forkOf,
      checkpoint,
      decisions,
      best: best === null ? null : { ...best, bytes: joined(best) },
      history: history.points,
      thinned: history.thinned,
      record,
      lock,
      isGuest: false,
      problems: [...problems, ...ofBest, ...ofHistory],
    };
  } catch (error) {
    await lock?.release().catch(() => {});
    throw error;
  }
}

/** More of a long history than charts can show need not be read before the run goes on. */
const historyShown = 4_000;
