import { html, render } from 'lit-html';
import { thenAndNowTexts } from '../../texts/then-and-now';
import { fetchedView } from '../kit/fetched-view';
import type { Panel } from '../kit/panel';
import type { PageFeature } from '../shell/page-feature';
import type { PageState } from '../shell/page-state';
import './then-and-now-state';

/**
 * Two policies beside each other, in a dialog that is opened by a key or beside what there is of the run in front. Its view
 * is fetched when somebody opens it.
 */
export const thenAndNowFeature = {
  initial: { thenAndNow: null },
  shortcuts: [
    {
      key: 'n',
      does: thenAndNowTexts.shortcut,
      during: ['training'],
      asks: () => ({ kind: 'thenAndNow', open: true }),
    },
  ],
  mount({ place, tabs, emit }) {
    const run = tabs.panels.get('run');
    if (run !== undefined) {
      const section = run.appendChild(document.createElement('div'));
      const open = () => emit({ kind: 'thenAndNow', open: true });
      render(
        html`<h2>${thenAndNowTexts.title}</h2>
          <p>${thenAndNowTexts.about}</p>
          <div class="row"><button type="button" class="button" aria-haspopup="dialog" @click=${open}>${thenAndNowTexts.open}</button></div>`,
        section,
      );
    }
    let view: Panel | null = null;
    let isAsked = false;
    let latest: PageState | null = null;
    const fetchView = async () => {
      isAsked = true;
      const module = await fetchedView(thenAndNowTexts.part, () => import('./then-and-now-dialog'), emit);
      if (module === null) {
        // It is asked for once more where it is opened again.
        isAsked = false;
        emit({ kind: 'thenAndNow', open: false });
        return;
      }
      view = new module.ThenAndNowDialog(place('.main'), emit);
      if (latest !== null) view.update(latest);
    };
    return [
      {
        update(state: PageState) {
          latest = state;
          view?.update(state);
          if (!isAsked && state.thenAndNow !== null) void fetchView();
        },
      },
    ];
  },
} satisfies PageFeature;
