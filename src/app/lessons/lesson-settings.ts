import { type Hyperparameters, type SettingsPatch, withPatch } from '../../contract';
import type { Lesson } from '../../lessons/lesson';

/** What a lesson begins with: a game’s own settings with the lesson’s laid over them. */
export function lessonSettings(standard: Hyperparameters, lesson: Lesson | undefined): Hyperparameters {
  return lesson === undefined ? standard : withPatch(standard, lesson.settings as SettingsPatch);
}
