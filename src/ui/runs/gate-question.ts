import { leaveQuestion } from '../../texts/runs';
import type { Question } from '../kit/dialogs';
import type { GateQuestion } from '../shell/page-state';

/** The words of a question that is asked before something is lost. */
export function gateQuestion({ name }: GateQuestion): Question {
  return leaveQuestion(name);
}
