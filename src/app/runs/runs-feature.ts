import { largestRunFileBytes } from '../../agent/checkpoint';
import type { Hyperparameters, RunId, SettingsPatch } from '../../contract';
import { fileTexts } from '../../texts/files';
import { runTexts } from '../../texts/runs';
import { metricsCsv } from '../../ui/charts/metrics-csv';
import { saveFile } from '../../ui/kit/download';
import { gameTitle } from '../../ui/kit/game-title';
import type { RunsIntent, SettingsIntent } from '../../ui/shell/page-state';
import { type AppFeature, type IntentHandlers, inTurn, now } from '../feature';
import { download, readFile } from '../shell/files';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import type { RunDesk } from './run-desk';
import {
  afterChange,
  afterRedo,
  afterUndo,
  noSettingsHistory,
  type SettingsHistory,
} from './settings-history';

export interface RunsPorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly desk: RunDesk;
}

/** Which run is in front, its settings, and what is kept of it. */
export function runsFeature({ store, board, desk }: RunsPorts): AppFeature {
  const histories = new SettingsHistories(store);
  const change = async (patch: SettingsPatch, step: HistoryStep) => {
    const { front, hyperparameters } = store.state;
    try {
      await desk.applyPatch(patch);
    } catch (error) {
      // A new list, though an empty one: the form then shows again what is in force.
      store.patchRun(front, { problems: [] });
      throw error;
    }
    histories.take(front, hyperparameters, step);
  };
  const intents: IntentHandlers<RunsIntent | SettingsIntent> = {
    settings: inTurn(({ patch }) => change(patch, afterChange)),
    undo: inTurn(() => change(histories.of().undo.at(-1) ?? {}, afterUndo)),
    redo: inTurn(() => change(histories.of().redo.at(-1) ?? {}, afterRedo)),
    restart: inTurn(async () => {
      const { front, name } = store.state;
      await desk.restart();
      board.inform('restart', runTexts.restarted(name), [
        { label: runTexts.backTo(name), intent: { kind: 'openRun', run: front } },
      ]);
    }),
    chooseGame: inTurn(async ({ game }) => {
      await desk.visit({ game, run: null, settings: null });
    }),
    openRun: inTurn(({ run }) => desk.openRun(run)),
    exportRun: now(async () => {
      const { game } = store.state;
      const { bytes, version } = await desk.exported();
      download(bytes, `playtrain-${game}-update-${version}.safetensors`);
    }),
    exportMetrics: now(async () => {
      const { points, thinned } = await desk.wholeHistory();
      const name = `playtrain-metrics${thinned ? '-thinned' : ''}.csv`;
      saveFile(name, 'text/csv', metricsCsv(points));
      if (!thinned) return;
      board.inform('metrics', runTexts.selectionOnly);
    }),
    importRun: inTurn(async ({ file }) => {
      const bytes = await readFile(file, largestRunFileBytes);
      await desk.importRun(bytes, file.name.replace(/\.[^.]*$/, ''));
      board.inform('import', fileTexts.imported(file.name, gameTitle(store.state.games, store.state.game)));
    }),
    loadBest: inTurn(() => desk.goBack()),
    keepRun: inTurn(() => desk.keepAsAnother()),
  };
  return { intents };
}

type HistoryStep = (
  history: SettingsHistory,
  before: Hyperparameters,
  after: Hyperparameters,
) => SettingsHistory;

/** What can be undone in each run on the page. */
class SettingsHistories {
  private readonly store: PageStore;
  private readonly histories = new Map<RunId, SettingsHistory>();

  constructor(store: PageStore) {
    this.store = store;
  }

  /** Of the run in front. */
  of(): SettingsHistory {
    return this.histories.get(this.store.state.front) ?? noSettingsHistory;
  }

  /** Settings of a run were changed, where it is still in front: another run has settings of its own. */
  take(run: RunId, before: Hyperparameters, step: HistoryStep): void {
    const { front, hyperparameters } = this.store.state;
    if (front !== run) return;
    const history = step(this.of(), before, hyperparameters);
    this.histories.set(run, history);
    this.store.patchRun(run, { undo: history.undo.at(-1) ?? {}, redo: history.redo.at(-1) ?? {} });
  }
}
