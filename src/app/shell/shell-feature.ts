import type { ShellIntent, Theme } from '../../ui/shell/page-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import { linkOf } from './address';
import { copyText } from './copy-text';
import type { NoticeBoard } from './notice-board';
import type { PageStore } from './page-store';

export interface ShellPorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  /** Keeps a choice for the next visit; never throws. */
  readonly remember: (choice: { readonly theme?: Theme; readonly letterKeys?: boolean }) => void;
}

/** What the page itself can do: links, theme, notices. */
export function shellFeature({ store, board, remember }: ShellPorts): AppFeature {
  const intents: IntentHandlers<ShellIntent> = {
    copyLink: now(async () => {
      const link = linkOf(store.state, document.baseURI);
      if (await copyText(link)) {
        board.inform('link', 'The link to this game with these settings is copied.');
      } else {
        board.tell({ id: 'link', severity: 'info', message: `Copy this link by hand: ${link}` });
      }
    }),
    theme: now(({ theme }) => {
      store.patch({ theme });
      remember({ theme });
    }),
    letterKeys: now(({ on }) => {
      store.patch({ letterKeys: on });
      remember({ letterKeys: on });
    }),
    dismiss: now(({ notice }) => board.dismiss(notice)),
  };
  return { intents };
}
