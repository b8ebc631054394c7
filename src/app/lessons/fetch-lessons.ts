import { loadModule } from '../../contract';
import { lessonTexts } from '../../texts/lessons';

export type LessonPart = typeof import('./lesson-part');

/** Lessons are fetched when somebody asks for one. @throws PlaytrainError `not-loaded`. */
export function fetchLessons(): Promise<LessonPart> {
  return loadModule(lessonTexts.part, () => import('./lesson-part'));
}
