import { FetchedPart } from '../kit/fetched-part';
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
    let latest: PageState | null = null;
    const fetched = new FetchedPart(async () => {
      const { DoctorPanel } = await import('./doctor-panel');
      view = new DoctorPanel(charts, emit);
      if (latest !== null) view.update(latest);
    });
    return [
      {
        update(state) {
          latest = state;
          view?.update(state);
          if (state.findings.length > 0) fetched.askFor(state.findings);
        },
      },
    ];
  },
} satisfies PageFeature;
