import { decodeTrainingState } from '../../agent/checkpoint';
import { PlaytrainError } from '../../contract';
import { games, loadGame } from '../../game/catalogue';
import { environmentSpec } from '../../game/engine/vector-environment';
import type { ReadEarlierRun } from '../../storage/take-over';
import { curvePoints } from '../../streams/metric-points';

/** Reads what earlier versions of the page kept of runs, whose names were not theirs to choose yet. */
export async function earlierRuns(): Promise<ReadEarlierRun> {
  const entries = new Map(await Promise.all(games.map(async ({ id }) => [id, await loadGame(id)] as const)));
  return (game, bytes) => {
    const entry = entries.get(game);
    if (entry === undefined) throw new PlaytrainError('bad-file', `There is no game “${game}” any more.`);
    const state = decodeTrainingState(bytes, environmentSpec(entry.simulation));
    const { hyperparameters: settings } = state;
    const isFirst = settings.seed === entry.presets.fast.seed;
    const name = isFirst ? entry.about.title : `${entry.about.title}, seed ${settings.seed}`;
    return { name, settings, points: curvePoints(state.curve) };
  };
}
