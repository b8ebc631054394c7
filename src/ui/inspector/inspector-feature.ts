import { html, render } from 'lit-html';
import { loadModule, sentenceOf } from '../../contract';
import { inspectorTexts } from '../../texts/inspector';
import { watchVisibility } from '../kit/watch-visibility';
import type { PageFeature } from '../shell/page-feature';
import type { PageState } from '../shell/page-state';
import { initialInspector } from './inspector-state';
import type { InspectorView } from './inspector-view';

/** One update from the inside. What draws it is fetched when somebody first looks. */
export const inspectorFeature = {
  initial: { inspector: initialInspector },
  tab: { id: 'inspector', label: inspectorTexts.tab },
  mount({ emit, atEnd, tabs }, panel) {
    let view: InspectorView | null = null;
    let newest: PageState | null = null;
    let isAskedFor = false;
    let linked: PageState['inspector']['linked'] = null;
    const visibility = watchVisibility((_panel, isSeen) => {
      if (!isSeen || isAskedFor) return;
      isAskedFor = true;
      loadModule(inspectorTexts.part, () => import('./inspector-view')).then(
        (module) => {
          view = new module.InspectorView(panel, emit);
          if (newest !== null) view.update(newest);
        },
        (error: unknown) => {
          render(html`<p role="alert">${sentenceOf(error)}</p>`, panel);
          // Whoever comes back asks once more.
          isAskedFor = false;
        },
      );
    });
    visibility.observe(panel);
    atEnd(() => {
      visibility.disconnect();
      view?.dispose();
    });
    return [
      {
        update(state) {
          newest = state;
          const asked = state.inspector.linked;
          const isNew = asked !== linked && asked !== null;
          // Choosing a tab shows the state again, at once.
          linked = asked;
          if (isNew) tabs.choose('inspector');
          view?.update(state);
          // Which tab is chosen is told with the state.
          view?.setSeen(!panel.hidden);
        },
      },
    ];
  },
} satisfies PageFeature;
