import { decodeTrainingState } from '../../agent/checkpoint';
import type { EarlierRun } from '../../storage/take-over';
import { curvePoints } from '../../streams/metric-points';
import { simulatedGame } from '../games/simulated-game';

/**
 * Reads what earlier versions of the page kept of a run, whose name was not theirs to choose yet. Fetches its game.
 *
 * @throws PlaytrainError `bad-file` where it cannot be read, `not-loaded` where its game does not come just now.
 */
export async function earlierRun(game: string, bytes: Uint8Array<ArrayBuffer>): Promise<EarlierRun> {
  // Games of others' came later.
  const { spec, presets, about } = await simulatedGame(game);
  const state = decodeTrainingState(bytes, spec);
  const { hyperparameters: settings } = state;
  const isFirst = settings.seed === presets.fast.seed;
  const name = isFirst ? about.title : `${about.title}, seed ${settings.seed}`;
  return { name, settings, points: curvePoints(state.curve) };
}
