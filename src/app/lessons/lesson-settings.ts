import { type Hyperparameters, type SettingsPatch, withPatch } from '../../contract';
import type { Lesson } from '../../lessons/lesson';

/** What a lesson lays over a game’s own settings; nothing without one. */
export const patchOf = (lesson: Lesson | undefined): SettingsPatch => lesson?.settings ?? {};

/** What a lesson begins with. */
export function lessonSettings(standard: Hyperparameters, lesson: Lesson | undefined): Hyperparameters {
  return withPatch(standard, patchOf(lesson));
}
