import { type RunId, sentenceOf } from '../../contract';
import { StorageError } from '../../storage/storage-error';
import { runTexts } from '../../texts/runs';
import type { Keeping } from '../../ui/shell/page-state';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';

type Unsaved = Keeping & { readonly kind: 'unsaved' };

/** What the page tells of whether the run in front is saved, in one notice. */
export class KeepingNotices {
  private readonly store: PageStore;
  private readonly board: NoticeBoard;

  constructor(store: PageStore, board: NoticeBoard) {
    this.store = store;
    this.board = board;
  }

  /** Whether a run is kept is another matter than before. */
  tell(id: RunId, name: string, keeping: Keeping): void {
    if (this.store.state.front !== id) return;
    if (keeping.kind === 'kept') this.board.settled('keeping');
    else if (keeping.kind === 'failing') this.tellStorage(new StorageError(keeping.reason, `“${name}”`));
    else if (keeping.kind === 'unsaved') this.tellUnsaved(name, keeping);
  }

  /** Storage did not do what it was asked for. */
  tellStorage(error: unknown): void {
    const message = sentenceOf(error);
    const actions = [{ label: runTexts.exportThis, intent: { kind: 'exportRun' } }] as const;
    this.board.tellOnce({ id: 'keeping', severity: 'warning', message, actions }, 'run');
  }

  private tellUnsaved(name: string, { reason }: Unsaved): void {
    const message = runTexts.unsaved[reason](name);
    const actions = [{ label: runTexts.keepAsAnother, intent: { kind: 'keepRun' } }] as const;
    this.board.tellOnce({ id: 'keeping', severity: 'warning', message, actions }, 'run');
  }
}
