import type { PageFeature } from '../shell/page-feature';
import { LessonList } from './lesson-list';
import { LessonPanel } from './lesson-panel';

/** Lessons on what the page shows: a card beside the game, and a list of them. The button that opens it is in the header. */
export const lessonsFeature = {
  initial: { lessons: { kept: {}, visit: null, isListed: false } },
  mount({ place, tabs, emit, showSetting, atEnd }) {
    const container = place('.lesson-place');
    const panel = new LessonPanel(container, { emit, tabs, showSetting });
    atEnd(() => panel.dispose());
    return [panel, new LessonList(place('.main'), emit)];
  },
} satisfies PageFeature;
