import { aboutPanel } from './about/about-panel';
import { chartsFeature } from './charts/charts-feature';
import { matchesFeature } from './matches/matches-feature';
import { runPanel } from './runs/run-panel';
import { settingsFeature } from './settings/settings-feature';
import { header } from './shell/header';
import { hint } from './shell/hint';
import type { PageFeature } from './shell/page-feature';
import { arenaBar, transport } from './shell/transport';

/** Everything that the page shows beside the game, in the order of its tabs. Adding one is a folder, and an entry. */
export const pageFeatures: readonly PageFeature[] = [
  {
    mount: ({ place, tabs, emit, showHelp }) => [
      header(place('.header'), emit, showHelp),
      hint(place('.hint-place'), emit, () => tabs.focus()),
      transport(place('.transport'), emit),
      arenaBar(place('.arena-bar'), emit),
    ],
  },
  matchesFeature,
  chartsFeature,
  settingsFeature,
  { tab: { id: 'run', label: 'Run' }, mount: ({ emit }, panel) => [runPanel(panel, emit)] },
  { tab: { id: 'about', label: 'About' }, mount: (_, panel) => [aboutPanel(panel)] },
];
