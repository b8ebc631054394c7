import {
  changedFields,
  type Hyperparameters,
  hyperparameterProblems,
  type PresetName,
  type SettingsPatch,
  type SettingsProblem,
  withPatch,
} from '../../contract';
import type { Question } from '../kit/dialogs';
import type { Intent } from '../shell/page-state';
import { ControlStates } from './control-states';
import { type Control, parseControl } from './controls';
import { changeQuestion, presetPatch } from './settings-draft';

/** The presets stand among the controls as one. */
const presetsId = 'presets';

/** What changes need of the form. */
export interface ChangePorts {
  readonly emit: (intent: Intent) => void;
  readonly ask: (question: Question) => Promise<boolean>;
  /** The settings in force; null before any are known. */
  readonly inForce: () => Hyperparameters | null;
  /** Something stands otherwise than before. */
  readonly changed: () => void;
}

/**
 * What becomes of a text in a control, or of a preset: it is checked at once, a change that interrupts the run is asked
 * about, and then it is sent.
 */
export class SettingsChanges {
  readonly controls = new ControlStates();
  private readonly ports: ChangePorts;
  private refused: readonly SettingsProblem[] = [];

  constructor(ports: ChangePorts) {
    this.ports = ports;
  }

  /** What was wrong with the last change; empty once one was accepted. */
  get problems(): readonly SettingsProblem[] {
    return this.refused;
  }

  type({ id }: Control, text: string): void {
    this.controls.set(id, { kind: 'typed', text });
    this.ports.changed();
  }

  giveUp({ id }: Control): void {
    this.controls.settle(id);
    this.ports.changed();
  }

  /** Commits what was typed, if anything was. */
  async commitTyped(control: Control): Promise<void> {
    const state = this.controls.of(control.id);
    if (state.kind === 'typed') await this.commit(control, state.text);
  }

  /** Takes a text as a change of settings: refuses it, asks about it, or sends it. */
  async commit(control: Control, text: string): Promise<void> {
    if (this.controls.isAsking) return;
    const parsed = parseControl(control, text);
    if ('problem' in parsed) this.refuse(control.id, parsed.problem, [parsed.problem]);
    else await this.send(control.id, text, parsed.patch);
  }

  async choosePreset(name: PresetName, preset: Hyperparameters): Promise<void> {
    if (!this.controls.isAsking) await this.send(presetsId, name, presetPatch(preset));
  }

  /** A state came. @param problems what the agent refused of what was sent. */
  answered(problems: readonly SettingsProblem[]): void {
    this.controls.settleAll('sent');
    if (problems.length > 0) this.refused = problems;
  }

  /** The refusal was read. */
  dismiss(): void {
    this.forgive();
    this.ports.changed();
  }

  /** Settings of another game came in the place of those before. */
  beginAnew(): void {
    this.controls.clear();
    this.refused = [];
  }

  private async send(id: string, text: string, patch: SettingsPatch): Promise<void> {
    const inForce = this.ports.inForce();
    if (inForce === null) return;
    const next = withPatch(inForce, patch);
    const problems = hyperparameterProblems(next);
    const [first] = problems;
    if (first !== undefined) {
      this.refuse(id, first, problems);
      return;
    }
    this.forgive();
    const fields = changedFields(inForce, next);
    const question = changeQuestion(fields);
    const isMeant = fields.length > 0 && (question === null || (await this.asks(id, text, question)));
    this.controls.set(id, isMeant ? { kind: 'sent', text } : { kind: 'settled' });
    this.ports.changed();
    if (isMeant) this.ports.emit({ kind: 'settings', patch });
  }

  private asks(id: string, text: string, question: Question): Promise<boolean> {
    this.controls.set(id, { kind: 'asked', text });
    this.ports.changed();
    return this.ports.ask(question);
  }

  private refuse(id: string, problem: SettingsProblem, problems: readonly SettingsProblem[]): void {
    this.controls.settleAll('refused');
    this.controls.set(id, { kind: 'refused', problem });
    this.refused = problems;
    this.ports.changed();
  }

  private forgive(): void {
    this.controls.settleAll('refused');
    this.refused = [];
  }
}
