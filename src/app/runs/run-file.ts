import { decodeTrainingState, gameOfTrainingState } from '../../agent/checkpoint';
import { type HistoryTable, splitHistory, withHistory } from '../../agent/history-file';
import { type MetricPoint, PlaytrainError, type TrainingState } from '../../contract';
import { historyBound, ThinnedPoints } from '../../storage/history';
import { packChunk, readChunk, unpackChunk } from '../../storage/history-chunk';
import type { KeptHistory } from '../../storage/runs';
import { curvePoints } from '../../streams/metric-points';
import { fileTexts } from '../../texts/files';
import type { PageGame, PageGames } from '../games/page-game';

const stretch = 1024;

/** A run as its file has it. */
export interface RunInFile {
  readonly entry: PageGame;
  readonly state: TrainingState;
  /** The state as a learner goes on from it, without the history. */
  readonly checkpoint: Uint8Array<ArrayBuffer>;
  readonly history: KeptHistory;
}

/**
 * A run as one file, with its history up to its state: every update, or as many, evenly spread, as are kept of a run.
 *
 * @throws PlaytrainError `bad-file` where `checkpoint` is no run's state.
 */
export function writeRunFile(
  checkpoint: Uint8Array<ArrayBuffer>,
  { points, thinned }: KeptHistory,
): Uint8Array<ArrayBuffer> {
  const { version } = decodeTrainingState(checkpoint);
  const gathered = new ThinnedPoints(historyBound);
  const before = points.filter((point) => point.version <= version);
  // Not all at once: it takes them as arguments of one call.
  for (let start = 0; start < before.length; start += stretch) {
    gathered.add(before.slice(start, start + stretch));
  }
  const kept = gathered.points.slice(-historyBound);
  return withHistory(checkpoint, { ...packChunk(kept), thinned: thinned || kept.length < before.length });
}

/**
 * Reads a run's file, of whichever game it is. One of before there were histories in it has the curve that its state
 * remembers.
 *
 * @throws PlaytrainError `bad-file` where the file holds no run of a game that is here, `not-loaded` where the game does
 * not come.
 */
export async function readRunFile(bytes: Uint8Array<ArrayBuffer>, games: PageGames): Promise<RunInFile> {
  const { state: checkpoint, history } = splitHistory(bytes);
  const game = gameOfTrainingState(checkpoint);
  if (!games.list.some(({ id }) => id === game))
    throw new PlaytrainError('bad-file', fileTexts.otherGame(game));
  const entry = await games.load(game);
  const state = decodeTrainingState(checkpoint, entry.spec);
  if (history === null) {
    return { entry, state, checkpoint, history: { points: curvePoints(state.curve), thinned: true } };
  }
  const points = checkedPoints(history, state.version);
  return { entry, state, checkpoint, history: { points, thinned: history.thinned } };
}

/** @param version of the state, with which the history ends. */
function checkedPoints(history: HistoryTable, version: number): readonly MetricPoint[] {
  const chunk = readChunk(history);
  const isSound =
    chunk !== null &&
    chunk.versions.length <= historyBound &&
    chunk.versions.every((each) => Number.isSafeInteger(each) && each >= 0 && each <= version) &&
    chunk.decisions.every((each) => Number.isFinite(each) && each >= 0);
  if (!isSound) throw new PlaytrainError('bad-file', fileTexts.brokenHistory);
  return unpackChunk(chunk);
}
