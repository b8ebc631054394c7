import type { RunsIntent, SettingsIntent } from '../../ui/shell/page-state';
import { type AppFeature, type IntentHandlers, inTurn, now } from '../feature';
import { download, readFile } from '../shell/files';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import type { RunDesk } from './run-desk';

export interface RunsPorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly desk: RunDesk;
}

/** Which run is in front, its settings, and what is kept of it. */
export function runsFeature({ store, board, desk }: RunsPorts): AppFeature {
  const intents: IntentHandlers<RunsIntent | SettingsIntent> = {
    settings: inTurn(async ({ patch }) => {
      try {
        await desk.applyPatch(patch);
      } catch (error) {
        // A new list, though an empty one: the form then shows again what is in force.
        store.patchRun(store.state.front, { problems: [] });
        throw error;
      }
    }),
    restart: inTurn(async () => {
      const { front, name } = store.state;
      await desk.restart();
      board.inform('restart', `“${name}” is kept; this is another run.`, [
        { label: `Back to “${name}”`, intent: { kind: 'openRun', run: front } },
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
    importRun: inTurn(async ({ file }) => {
      await desk.importRun(await readFile(file), file.name.replace(/\.[^.]*$/, ''));
      board.inform('import', `The agent from “${file.name}” goes on from here, as a run of its own.`);
    }),
    loadBest: inTurn(() => desk.goBack()),
    keepRun: inTurn(() => desk.keepAsAnother()),
  };
  return { intents };
}
