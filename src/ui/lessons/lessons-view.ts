// What draws lessons.
export { LessonList } from './lesson-list';
export { LessonPanel } from './lesson-panel';
