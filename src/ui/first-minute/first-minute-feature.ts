import type { PageFeature } from '../shell/page-feature';
import { guide } from './guide';
import { promiseLine } from './promise-line';

/** What a first visitor sees besides: a promise on the picture, and their first minute over the tabs. */
export const firstMinuteFeature = {
  initial: { guide: null, promise: null },
  mount({ place, overGame, tabs, emit, showSetting }) {
    const ports = { emit, showSetting, focusNext: () => tabs.focus() };
    return [promiseLine(overGame('promise-line'), emit), guide(place('.guide-place'), ports)];
  },
} satisfies PageFeature;
