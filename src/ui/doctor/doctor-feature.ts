import type { Panel } from '../kit/panel';
import type { PageFeature } from '../shell/page-feature';
import type { PageState } from '../shell/page-state';
import './doctor-state';

/** What the doctor found, over the charts that show it. Its view is fetched with the first finding. */
export const doctorFeature = {
  initial: { findings: [] },
  mount({ tabs, emit }) {
    const charts = tabs.panels.get('charts');
    if (charts === undefined) return [];
    let view: Panel | null = null;
    /** For which of the findings the view was asked for last. */
    let askedFor: PageState['findings'] = [];
    let isAsking = false;
    let latest: PageState | null = null;
    const fetchView = async () => {
      const { DoctorPanel } = await import('./doctor-panel');
      view = new DoctorPanel(charts, emit);
      if (latest !== null) view.update(latest);
    };
    return [
      {
        update(state) {
          latest = state;
          view?.update(state);
          const { findings } = state;
          if (view !== null || isAsking || findings.length === 0 || findings === askedFor) return;
          askedFor = findings;
          isAsking = true;
          // Where it does not come, as offline, it is asked for again with the next findings.
          fetchView()
            .catch(() => {})
            .finally(() => {
              isAsking = false;
            });
        },
      },
    ];
  },
} satisfies PageFeature;
