import { liveMatchTexts } from '../../texts/live-matches';
import { changeDetector } from '../kit/panel';
import type { PageFeature } from '../shell/page-feature';
import { liveMatchPanel } from './live-match-panel';

/** Where a person meets somebody in a game for two that is seen as it is. */
export const liveMatchesFeature = {
  initial: { liveMatch: null },
  tab: { id: 'live-play', label: liveMatchTexts.tab },
  mount({ tabs, emit, focusGame }, panel) {
    // Until such a game is there.
    tabs.setShown('live-play', false);
    const changed = changeDetector(({ liveMatch }) => [liveMatch === null]);
    return [
      {
        update(state) {
          if (changed(state)) tabs.setShown('live-play', state.liveMatch !== null);
        },
      },
      liveMatchPanel(panel, emit, focusGame),
    ];
  },
} satisfies PageFeature;
