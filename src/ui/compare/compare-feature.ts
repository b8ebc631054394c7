import { comparisonTexts } from '../../texts/compare';
import { pageTexts } from '../../texts/page';
import { fetchedView } from '../kit/fetched-view';
import type { Panel } from '../kit/panel';
import type { PageFeature } from '../shell/page-feature';
import type { PageState } from '../shell/page-state';
import './compare-state';

/** Runs side by side, below what there is of the run in front. Its view is fetched when somebody opens it. */
export const compareFeature = {
  initial: { comparison: null },
  mount({ tabs, emit }) {
    const run = tabs.panels.get('run');
    if (run === undefined) return [];
    const place = run.appendChild(document.createElement('details'));
    place.className = 'compare';
    place.appendChild(document.createElement('summary')).textContent = pageTexts.compare;
    let view: Panel | null = null;
    let latest: PageState | null = null;
    const fetchView = async () => {
      const module = await fetchedView(comparisonTexts.part, () => import('./compare-panel'), emit);
      // Closed, it can be opened again: then it is asked for once more.
      if (module === null) place.open = false;
      else view ??= new module.ComparePanel(place, emit);
      if (latest !== null) view?.update(latest);
    };
    place.addEventListener('toggle', () => {
      if (!place.open || view !== null) return;
      void fetchView();
    });
    return [
      {
        update(state) {
          latest = state;
          view?.update(state);
        },
      },
    ];
  },
} satisfies PageFeature;
