/** The page's whole panel beside a game of your own: charts, settings, runs. */
export { type PanelOptions, type ShownPanel, showPanel } from './show-panel';
