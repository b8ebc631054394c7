import { isPerson } from '../../contract';
import { changeDetector, type Panel } from '../kit/panel';
import type { Tabs } from '../kit/tabs';
import type { PageFeature } from '../shell/page-feature';
import { matchBar } from './match-bar';
import { matchFetch } from './match-fetch';
import { matchInvite } from './match-invite';
import { matchOverlay } from './match-overlay';
import { playPanel } from './play-panel';

/** Where matches are set up, what lies over the one that is played, and its bar. */
export const matchesFeature = {
  initial: { play: null },
  tab: { id: 'play', label: 'Play' },
  shortcuts: [
    {
      key: 'm',
      does: 'sound on or off',
      during: ['training', 'matches'],
      asks: ({ play }) => play && { kind: 'sound', on: !play.sound },
    },
  ],
  mount({ place, overGame, tabs, emit, ask, focusGame }, panel) {
    // Until a game is there in which one can play.
    tabs.setShown('play', false);
    return [
      placesOfMatches(place('.stage'), tabs),
      matchOverlay(overGame('match-overlay'), emit),
      matchInvite(overGame('match-invite'), emit),
      matchFetch(overGame('match-fetch'), emit),
      matchBar(place('.match-bar'), emit, focusGame),
      playPanel(panel, emit, ask),
    ];
  },
} satisfies PageFeature;

/** What of the page comes and goes with matches: their tab, and the bar in place of those of training. */
function placesOfMatches(stage: HTMLElement, tabs: Tabs): Panel {
  const part = (selector: string) => stage.querySelector<HTMLElement>(selector) as HTMLElement;
  const [transportBar, arenas, match] = [part('.transport'), part('.arena-bar'), part('.match-bar')];
  const changed = changeDetector(({ play }) => [play === null, play?.court?.kind, play?.court?.setup]);
  return {
    update(state) {
      if (!changed(state)) return;
      const court = state.play?.court ?? null;
      const onCourt = court !== null;
      transportBar.hidden = onCourt;
      arenas.hidden = onCourt;
      match.hidden = !onCourt;
      // On a phone it fills the screen: two thumbs on a page that scrolls would move it.
      stage.classList.toggle('stage-played', court?.kind === 'match' && court.setup.seats.some(isPerson));
      tabs.setShown('play', state.play !== null);
    },
  };
}
