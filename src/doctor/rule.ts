import type { Finding, RuleId } from '../contract';
import type { Course } from './course';

/** What a rule says of a run; null where all is well with it. */
export type Verdict = Omit<Finding, 'rule'> | null;

/** One thing that the doctor looks for. Pure. */
export interface Rule {
  readonly id: RuleId;
  readonly judge: (course: Course) => Verdict;
}

/** Before so many updates nothing that takes time to settle is judged. */
export const settledUpdates = 20;
/** So many updates in a row are no accident. */
export const fewUpdates = 5;
