import { outsideTexts } from '../../texts/outside';
import type { PageFeature } from '../shell/page-feature';
import { OutsidePanel } from './outside-panel';
import './outside-state';

/** Offers the game of this tab to a program outside, below what there is of the run in front. */
export const outsideFeature = {
  initial: { outside: null },
  mount({ tabs, emit }) {
    const run = tabs.panels.get('run');
    if (run === undefined) return [];
    const place = run.appendChild(document.createElement('details'));
    place.className = 'outside';
    place.appendChild(document.createElement('summary')).textContent = outsideTexts.title;
    return [new OutsidePanel(place, emit)];
  },
} satisfies PageFeature;
