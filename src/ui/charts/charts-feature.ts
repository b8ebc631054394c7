import { changeDetector, type Panel } from '../kit/panel';
import type { PageFeature } from '../shell/page-feature';
import { onPreferredThemeChange, resolvedTheme } from '../shell/theme';
import { ChartsPanel } from './charts-panel';

/** The charts, fed with every run's updates and drawn in the page's theme. */
export const chartsFeature = {
  initial: {},
  tab: { id: 'charts', label: 'Charts' },
  mount({ points$, histories$, atEnd, ...ports }, panel) {
    const charts = new ChartsPanel(panel, ports);
    const themed = themeOf(charts);
    const points = points$.subscribe(({ run, point }) => charts.append(run, point));
    const histories = histories$.subscribe((history) => charts.replace(history.run, history.points));
    atEnd(() => {
      points.unsubscribe();
      histories.unsubscribe();
      themed.dispose();
      charts.dispose();
    });
    return [charts, themed];
  },
} satisfies PageFeature;

/** What cannot read the page's styles is told the theme. */
function themeOf(charts: ChartsPanel): Panel & { dispose(): void } {
  let theme: Parameters<typeof resolvedTheme>[0] = 'auto';
  const tell = () => charts.setTheme(resolvedTheme(theme));
  const changed = changeDetector((state) => [state.theme]);
  return {
    update(state) {
      if (!changed(state)) return;
      ({ theme } = state);
      tell();
    },
    dispose: onPreferredThemeChange(tell),
  };
}
