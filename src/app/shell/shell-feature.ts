import { changedBindings } from '../../contract';
import type { Preferences } from '../../storage/preferences';
import { linkTexts } from '../../texts/runs';
import type { ShellIntent } from '../../ui/shell/page-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import { linkOf } from './address';
import { copyText } from './copy-text';
import type { shownPreferences } from './initial-shell';
import type { NoticeBoard } from './notice-board';
import type { PageStore } from './page-store';

export interface ShellPorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  /** Keeps a choice for the next visit; never throws. */
  readonly remember: (choice: Partial<Preferences>) => void;
}

/** What the page itself can do: links, theme, notices. */
export function shellFeature({ store, board, remember }: ShellPorts): AppFeature {
  const prefer = (choice: Partial<Omit<ReturnType<typeof shownPreferences>, 'bindings'>>) => {
    store.patch(choice);
    remember(choice);
  };
  const intents: IntentHandlers<ShellIntent> = {
    copyLink: now(async () => {
      const link = linkOf(store.state, document.baseURI);
      if (await copyText(link)) {
        board.inform('link', linkTexts.copied);
      } else {
        board.tell({ id: 'link', severity: 'info', message: linkTexts.byHand(link) }, 'run');
      }
    }),
    theme: now(({ theme }) => prefer({ theme })),
    large: now(({ on }) => prefer({ large: on })),
    letterKeys: now(({ on }) => prefer({ letterKeys: on })),
    bindings: now(({ bindings }) => {
      store.patch({ bindings });
      remember({ bindings: changedBindings(bindings) });
    }),
    allSettings: now(({ on }) => prefer({ allSettings: on })),
    dismiss: now(({ notice }) => board.dismiss(notice)),
    notFetched: now(({ error }) => {
      throw error;
    }),
  };
  return { intents };
}
