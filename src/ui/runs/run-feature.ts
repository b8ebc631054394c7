import type { PageFeature } from '../shell/page-feature';
import { runPanel } from './run-panel';

/** The run in front as a whole, and what else this browser keeps. */
export const runFeature = {
  initial: { kept: null },
  tab: { id: 'run', label: 'Run' },
  mount: ({ emit }, panel) => [runPanel(panel, emit)],
} satisfies PageFeature;
