import { aboutPanel } from './about/about-panel';
import { chartsFeature } from './charts/charts-feature';
import { compareFeature } from './compare/compare-feature';
import { doctorFeature } from './doctor/doctor-feature';
import { firstMinuteFeature } from './first-minute/first-minute-feature';
import { fullScreenFeature } from './full-screen/full-screen-feature';
import { galleryFeature } from './gallery/gallery-feature';
import { inspectorFeature } from './inspector/inspector-feature';
import { lessonsFeature } from './lessons/lessons-feature';
import { liveMatchesFeature } from './live-matches/live-matches-feature';
import { loadingFeature } from './loading/loading-feature';
import { matchesFeature } from './matches/matches-feature';
import { outsideFeature } from './outside/outside-feature';
import { overlayFeature } from './overlay/overlay-feature';
import { runFeature } from './runs/run-feature';
import { settingsFeature } from './settings/settings-feature';
import { header } from './shell/header';
import type { PageFeature } from './shell/page-feature';
import type { FeatureState } from './shell/page-state';
import { arenaBar, transport } from './shell/transport';
import { takeOverFeature } from './take-over/take-over-feature';
import { thenAndNowFeature } from './then-and-now/then-and-now-feature';

/**
 * Everything that the page shows beside and over the game, in the order of its tabs. Adding one is a folder, and an
 * entry.
 */
export const pageFeatures = [
  {
    initial: {},
    mount: ({ place, emit, showHelp }) => [
      header(place('.header'), emit, showHelp),
      transport(place('.transport'), emit),
      arenaBar(place('.arena-bar'), emit),
    ],
  },
  galleryFeature,
  loadingFeature,
  firstMinuteFeature,
  fullScreenFeature,
  matchesFeature,
  liveMatchesFeature,
  lessonsFeature,
  takeOverFeature,
  overlayFeature,
  chartsFeature,
  doctorFeature,
  inspectorFeature,
  settingsFeature,
  runFeature,
  thenAndNowFeature,
  compareFeature,
  outsideFeature,
  { initial: {}, tab: { id: 'about', label: 'About' }, mount: (_, panel) => [aboutPanel(panel)] },
] as const satisfies readonly PageFeature[];

/** What features show before anything is known. Of another type where one leaves out what it declares. */
export const initialFeatures: FeatureState = together(pageFeatures);

/** What is of every type of a union. */
type Every<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

function together<const Features extends readonly PageFeature[]>(
  features: Features,
): Every<Features[number]['initial']> {
  return Object.assign({}, ...features.map(({ initial }) => initial)) as Every<Features[number]['initial']>;
}
