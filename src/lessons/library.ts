import { clipLesson } from './clip';
import { lambdaLesson } from './lambda';
import { type Lesson, readLesson } from './lesson';
import { surpriseLesson } from './surprise';
import { timeLimitLesson } from './time-limit';
import { valueLesson } from './value';

/** Every lesson, in the order in which they build on each other. */
export const lessons: readonly Lesson[] = [
  valueLesson,
  surpriseLesson,
  lambdaLesson,
  clipLesson,
  timeLimitLesson,
].map(readLesson);

/** @returns undefined where there is none of that id. */
export function lessonOf(id: string): Lesson | undefined {
  return lessons.find((lesson) => lesson.id === id);
}
