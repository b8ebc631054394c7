import { loadModule } from '../../contract';
import { lessonTexts } from '../../texts/lessons';

export type LessonPart = typeof import('./lesson-part');

let fetched: LessonPart | null = null;

/** Lessons are fetched when somebody asks for one. @throws PlaytrainError `not-loaded`. */
export async function fetchLessons(): Promise<LessonPart> {
  fetched = await loadModule(lessonTexts.part, () => import('./lesson-part'));
  return fetched;
}

/**
 * Lessons where they are there, as in every visit to one: what a person does in it holds before the click is over. Asking
 * for a module again takes a moment each time, in which a page may be reloaded.
 */
export function fetchedLessons(): LessonPart | null {
  return fetched;
}
