import type { Question } from '../kit/dialogs';
import type { GateQuestion } from '../shell/page-state';

/** The words of a question that is asked before something is lost. */
export function gateQuestion({ name }: GateQuestion): Question {
  return {
    title: 'Leave a run that is not saved?',
    body: `What “${name}” has learned here is not saved, and would be gone. Export it first to keep it, or keep it as a run of its own.`,
    confirm: 'Leave it',
    cancel: 'Stay',
  };
}
