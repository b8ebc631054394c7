import { lessonTexts } from '../../texts/lessons';
import type { Panel } from '../kit/panel';
import type { PageFeature, PagePorts } from '../shell/page-feature';
import type { PageState } from '../shell/page-state';

/**
 * Lessons on what the page shows: a card beside the game, and a list of them. What draws them is fetched when somebody
 * asks for one. The button that opens the list is in the header.
 */
export const lessonsFeature = {
  initial: { lessons: { kept: {}, visit: null, isListed: false } },
  shortcuts: [
    {
      key: 'l',
      does: lessonTexts.shortcut,
      during: ['training'],
      asks: ({ games }) => (games.length > 1 ? { kind: 'listLessons', open: true } : null),
    },
  ],
  mount: (ports) => [fetchedLessons(ports)],
} satisfies PageFeature;

function fetchedLessons({ place, tabs, emit, showSetting, atEnd }: PagePorts): Panel {
  let newest: PageState | null = null;
  let panels: readonly Panel[] | null = null;
  let isAskedFor = false;
  const fetchView = async () => {
    const { LessonList, LessonPanel } = await import('./lessons-view');
    const card = new LessonPanel(place('.lesson-place'), { emit, tabs, showSetting });
    atEnd(() => card.dispose());
    panels = [card, new LessonList(place('.main'), emit)];
    if (newest !== null) for (const panel of panels) panel.update(newest);
  };
  return {
    update(state) {
      newest = state;
      const { visit, isListed } = state.lessons;
      if (!isAskedFor && (isListed || visit !== null)) {
        isAskedFor = true;
        // Nothing is shown of lessons before the page has got them, and told where it could not.
        void fetchView();
      }
      for (const panel of panels ?? []) panel.update(state);
    },
  };
}
