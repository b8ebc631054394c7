import { hyperparameterProblems, type SettingsProblem, withPatch } from '../../contract';
import type { PageState } from '../shell/page-state';
import type { ControlState } from './control-states';
import { type Control, controlText, parseControl } from './controls';

/** What a control shows. */
export interface ControlView {
  readonly control: Control;
  readonly text: string;
  /** What the game opens with. */
  readonly standard: string;
  /** Sent, and in force from the next update on. */
  readonly isPending: boolean;
  /** What is wrong with its text, or was with the last one; null where nothing is. */
  readonly problem: SettingsProblem | null;
  /** Whether what is wrong is the text that it shows. */
  readonly isInvalid: boolean;
  /** Whether a class is to leave it as it is. */
  readonly isFixed: boolean;
}

type ShownState = Pick<PageState, 'hyperparameters' | 'presets' | 'pending' | 'spec' | 'lessons'>;

/** What a control shows of a state of the page, as it stands itself. */
export function controlView(control: Control, state: ControlState, page: ShownState): ControlView {
  const inForce = controlText(control, page.hyperparameters, page);
  const problem = problemOf(control, state, page);
  return {
    control,
    text: 'text' in state ? state.text : inForce,
    standard: controlText(control, page.presets.fast, page),
    isPending: page.pending.includes(control.field.key),
    problem,
    isInvalid: problem !== null && state.kind === 'typed',
    isFixed: page.lessons.visit?.fixed.includes(control.field.key) === true,
  };
}

function problemOf(
  control: Control,
  state: ControlState,
  { hyperparameters }: ShownState,
): SettingsProblem | null {
  if (state.kind === 'refused') return state.problem;
  if (state.kind !== 'typed') return null;
  const parsed = parseControl(control, state.text);
  if ('problem' in parsed) return parsed.problem;
  return hyperparameterProblems(withPatch(hyperparameters, parsed.patch))[0] ?? null;
}
