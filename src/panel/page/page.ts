import { NEVER } from 'rxjs';
import { App } from '../../app/app';
import type { PageGames } from '../../app/games/page-game';
import { PlaytrainError } from '../../contract';
import { pageTexts } from '../../texts/page';
import { ownWorkers } from '../../workers/own-workers';
import type { PanelHost } from '../panel-host';
import { DockedAddress } from './docked-address';
import '../../ui/styles/docked.css';

const root = document.createElement('div');
root.id = 'app';
document.body.append(root);
document.documentElement.classList.add('is-docked');

window.playtrainPanel = {
  async start({ game, handed, workers }: PanelHost) {
    const app = await App.start(root, window, {
      games: onlyGame(game),
      workersOf: ({ kind }) => ({
        ...ownWorkers,
        ...workers,
        ...(kind === 'live' && gatheredBy(game, handed)),
      }),
      address: new DockedAddress(game),
      // The game is on a page that is its own.
      screenIn: () => ({
        show: async () => {},
        showLive: async () => {},
        clear: () => {},
        drawn$: NEVER,
        isDrawnInSoftware: false,
      }),
      isDocked: true,
    });
    return () => app.dispose();
  },
};

/** Its twin; the page beside the panel, where the game cannot leave that. */
function gatheredBy(game: PanelHost['game'], handed: PanelHost['handed']) {
  const { collector } = game.visible;
  return collector === null ? { collector: game.twin, handed } : { collector };
}

function onlyGame(game: PanelHost['game']): PageGames {
  const { about, spec, presets } = game;
  const found = (id: string) => {
    if (id === spec.game) return game;
    throw new PlaytrainError('bad-settings', pageTexts.otherGame(id, spec.game));
  };
  return {
    list: [{ id: spec.game, about }],
    load: async (id) => found(id),
    before: async (id) => found(id),
    presets: async (id) => found(id) && presets,
  };
}
