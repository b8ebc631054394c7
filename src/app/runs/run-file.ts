import { decodeTrainingState, encodeTrainingState, gameOfTrainingState } from '../../agent/checkpoint';
import { checkExpected } from '../../agent/file-spec';
import { stateBeginningWith } from '../../agent/first-state';
import { type HistoryTable, splitHistory, withHistory } from '../../agent/history-file';
import { type PolicyData, policyIn } from '../../agent/policy-file';
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
 * Reads a run's file, of whichever game it is; a policy's file is the beginning of a run. One of before there were histories in it has the curve that its state
 * remembers.
 *
 * @throws PlaytrainError `bad-file` where the file holds no run of a game that is here, `not-loaded` where the game does
 * not come.
 */
export async function readRunFile(bytes: Uint8Array<ArrayBuffer>, games: PageGames): Promise<RunInFile> {
  const policy = policyIn(bytes);
  if (policy !== null) return runOfPolicy(policy, await gameOf(policy.spec.game, games));
  const { state: checkpoint, history } = splitHistory(bytes);
  const entry = await gameOf(gameOfTrainingState(checkpoint), games);
  const state = decodeTrainingState(checkpoint, entry.spec);
  if (history === null) {
    return { entry, state, checkpoint, history: { points: curvePoints(state.curve), thinned: true } };
  }
  const points = checkedPoints(history, state.version);
  return { entry, state, checkpoint, history: { points, thinned: history.thinned } };
}

async function gameOf(game: string, games: PageGames): Promise<PageGame> {
  if (games.list.some(({ id }) => id === game)) return games.load(game);
  throw new PlaytrainError('bad-file', fileTexts.otherGame(game));
}

/** A run that begins with a policy, by the game's settings but for what the policy is made of. */
function runOfPolicy(policy: PolicyData, entry: PageGame): RunInFile {
  checkExpected(policy.spec, entry.spec);
  const { hiddenSizes, activation, seed } = policy;
  const hyperparameters = {
    ...entry.presets.fast,
    hiddenSizes,
    activation,
    seed,
    normaliseObservations: policy.observations !== null,
  };
  const state = stateBeginningWith(policy, entry.spec, hyperparameters);
  return { entry, state, checkpoint: encodeTrainingState(state), history: { points: [], thinned: false } };
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
