import { largestRunFileBytes } from '../../agent/checkpoint';
import type { Hyperparameters, RunId, SettingsPatch } from '../../contract';
import { fileTexts } from '../../texts/files';
import { runTexts } from '../../texts/runs';
import { metricsCsv } from '../../ui/charts/metrics-csv';
import { saveFile } from '../../ui/kit/download';
import { gameTitle } from '../../ui/kit/game-title';
import type { RunsIntent, SettingsIntent } from '../../ui/shell/page-state';
import { type AppFeature, type IntentHandlers, inTurn, now, overtaking } from '../feature';
import { asOurs, exportedFor } from '../onnx/onnx-files';
import { download, readFile } from '../shell/files';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import type { RunDesk } from './run-desk';
import {
  afterChange,
  afterRedo,
  afterUndo,
  effective,
  type HistoryStep,
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
  // A run that goes back to an earlier policy has the settings of then.
  const following = desk.begun$.subscribe(() => histories.show());
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
    undo: inTurn(() => {
      const patch = histories.inFront.undo.at(-1);
      return patch && change(patch, afterUndo);
    }),
    redo: inTurn(() => {
      const patch = histories.inFront.redo.at(-1);
      return patch && change(patch, afterRedo);
    }),
    restart: overtaking(async () => {
      const { front, name } = store.state;
      await desk.restart();
      board.inform('restart', runTexts.restarted(name), [
        { label: runTexts.backTo(name), intent: { kind: 'openRun', run: front } },
      ]);
    }),
    chooseGame: overtaking(({ game }) => desk.visit({ game, run: null, settings: null })),
    openRun: overtaking(({ run }) => desk.openRun(run)),
    exportRun: now(async () => {
      const { game } = store.state;
      const { bytes, version } = await desk.exported();
      download(bytes, `playtrain-${game}-update-${version}.safetensors`);
    }),
    exportOnnx: now(async ({ dialect }) => {
      const { game, name } = store.state;
      const { bytes, version } = await desk.exported();
      const model = await exportedFor(dialect, bytes, name);
      download(model, `playtrain-${game}-update-${version}.${dialect}.onnx`);
    }),
    exportMetrics: now(async () => {
      const { points, thinned } = await desk.wholeHistory();
      const name = `playtrain-metrics${thinned ? '-thinned' : ''}.csv`;
      saveFile(name, 'text/csv', metricsCsv(points));
      if (!thinned) return;
      board.inform('metrics', runTexts.selectionOnly);
    }),
    importRun: overtaking(async ({ file }) => {
      const bytes = await readFile(file, largestRunFileBytes);
      const ours = await asOurs(bytes, file.name, { otherwise: desk.spec });
      await desk.importRun(ours, file.name.replace(/\.[^.]*$/, ''));
      board.inform('import', fileTexts.imported(file.name, gameTitle(store.state.games, store.state.game)));
    }),
    loadBest: inTurn(async () => {
      const left = await desk.continueFromBest();
      if (left === null) return;
      board.inform('loadBest', runTexts.goesOnFromBest(left.name), [
        { label: runTexts.backTo(left.name), intent: { kind: 'openRun', run: left.id } },
      ]);
    }),
    keepRun: inTurn(() => desk.keepAsAnother()),
  };
  return { intents, dispose: () => following.unsubscribe() };
}

/** What can be undone in each run on the page. */
class SettingsHistories {
  private readonly store: PageStore;
  private readonly histories = new Map<RunId, SettingsHistory>();

  constructor(store: PageStore) {
    this.store = store;
  }

  /** Of the run in front. */
  get inFront(): SettingsHistory {
    const { front, hyperparameters } = this.store.state;
    return this.at(front, hyperparameters);
  }

  /** Settings of a run were to change, where it is still in front: another run has settings of its own. */
  take(run: RunId, before: Hyperparameters, step: HistoryStep): void {
    const { front, hyperparameters } = this.store.state;
    if (front !== run) return;
    this.histories.set(run, step(this.at(run, before), before, hyperparameters));
    this.show();
  }

  /** Tells the page what the next undo, and the next redo, would change. */
  show(): void {
    const { undo, redo } = this.inFront;
    this.store.patchRun(this.store.state.front, { undo: undo.at(-1) ?? {}, redo: redo.at(-1) ?? {} });
  }

  private at(run: RunId, settings: Hyperparameters): SettingsHistory {
    return effective(this.histories.get(run) ?? noSettingsHistory, settings);
  }
}
