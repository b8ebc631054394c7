import type { HyperparameterKey, SettingsPatch } from '../../contract';
import type { LessonStep } from '../../lessons/lesson';
import type { Progress } from '../../lessons/progress';

/** How far somebody is in a lesson, as it is kept. */
export interface KeptLesson {
  readonly at: number;
  readonly isOver: boolean;
  readonly results: Progress['results'];
}

/** A run that nobody keeps is in front: of a lesson, or of a class without one. */
export interface LessonVisit {
  /** Null for a class without a lesson. */
  readonly lesson: string | null;
  /** Whether somebody takes it by themselves, and how far they are is kept. */
  readonly isOwn: boolean;
  /** Settings that are seen and cannot be changed; those that are not even seen cannot either. */
  readonly fixed: readonly HyperparameterKey[];
  readonly hidden: readonly HyperparameterKey[];
  /** What the lesson lays over the game’s own settings. */
  readonly settings: SettingsPatch;
  /** Those of the lesson that apply here. */
  readonly steps: readonly LessonStep[];
  readonly progress: Progress;
}

export interface LessonsState {
  readonly kept: Readonly<Record<string, KeptLesson>>;
  readonly visit: LessonVisit | null;
  /** Whether the list of lessons is open. */
  readonly isListed: boolean;
}

/** What a teacher chose for a link. */
export interface ClassChoice {
  readonly lesson: string | null;
  readonly game: string;
  readonly seed: number;
  readonly fixed: readonly HyperparameterKey[];
  readonly hidden: readonly HyperparameterKey[];
  /** Whether all settings are locked. */
  readonly locked: boolean;
}

export type LessonsIntent =
  | { readonly kind: 'listLessons'; readonly open: boolean }
  /** Begin a lesson, or go on where it was left; `again`: from its beginning, with a run from nothing. */
  | { readonly kind: 'beginLesson'; readonly lesson: string; readonly again: boolean }
  /** Back to the run that was there before. */
  | { readonly kind: 'leaveLesson' }
  | { readonly kind: 'answerLesson'; readonly text: string }
  | { readonly kind: 'showLessonAnswer' }
  | { readonly kind: 'lessonStep'; readonly to: 'next' | 'previous' }
  | { readonly kind: 'copyClassLink'; readonly choice: ClassChoice };

declare module '../shell/page-state' {
  interface FeatureState {
    readonly lessons: LessonsState;
  }
  interface FeatureIntents {
    readonly lessons: LessonsIntent;
  }
}
