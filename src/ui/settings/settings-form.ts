import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { HyperparameterKey, PresetName } from '../../contract';
import { groupLabels } from '../../texts/settings';
import { formTexts } from '../../texts/settings-form';
import type { Question } from '../kit/dialogs';
import { changeDetector, type Panel } from '../kit/panel';
import type { Intent, PageState } from '../shell/page-state';
import { settingsInTrouble } from './basic-settings';
import type { ControlActions } from './control-input';
import { controlTemplate } from './control-template';
import { controlView } from './control-view';
import { firstControlId, groupedControls } from './controls';
import { finderTemplate, moreTemplate, presetsTemplate, refusalTemplate } from './form-parts';
import { SettingsChanges } from './settings-changes';
import { type ControlGroup, ShownSettings } from './shown-settings';

/**
 * The form of all hyperparameters, built from `hyperparameterFields`.
 *
 * A change is committed by Enter or by leaving its field. It is checked at once: a refused one is explained and the
 * field shows the value in force again; one that interrupts the run is asked about first.
 */
export class SettingsForm implements Panel {
  private readonly container: HTMLElement;
  private readonly emit: (intent: Intent) => void;
  private readonly changes: SettingsChanges;
  private readonly shown = new ShownSettings();
  private readonly changed = changeDetector((state) => [
    state.hyperparameters,
    state.pending,
    state.problems,
    state.presets,
    state.spec,
    state.allSettings,
    state.front,
  ]);
  private readonly isAnswer = changeDetector(({ hyperparameters, problems }) => [hyperparameters, problems]);
  private state: PageState | null = null;
  private readonly actions: ControlActions;

  constructor(
    container: HTMLElement,
    emit: (intent: Intent) => void,
    ask: (question: Question) => Promise<boolean>,
  ) {
    this.container = container;
    this.emit = emit;
    const changes = new SettingsChanges({
      emit,
      ask,
      inForce: () => this.state?.hyperparameters ?? null,
      changed: () => this.show(),
    });
    this.changes = changes;
    this.actions = {
      type: (control, text) => changes.type(control, text),
      commit: (control, text) => void changes.commit(control, text),
      commitTyped: (control) => void changes.commitTyped(control),
      giveUp: (control) => changes.giveUp(control),
    };
  }

  update(state: PageState): void {
    const { state: before, changes } = this;
    this.state = state;
    if (!this.changed(state)) return;
    this.shown.follow(state);
    if (before !== null && before.game !== state.game) changes.beginAnew();
    if (this.isAnswer(state)) changes.answered(before?.problems === state.problems ? [] : state.problems);
    this.show();
  }

  /** Shows a setting, also one that is not among the basic ones, and puts the focus on it. */
  reveal(key: HyperparameterKey): void {
    this.shown.find('');
    this.shown.open([key]);
    this.show();
    const control = this.container.querySelector<HTMLElement>(`#${firstControlId(key)}`);
    control?.scrollIntoView({ block: 'center' });
    control?.focus({ preventScroll: true });
  }

  private show(): void {
    if (this.state === null) return;
    this.shown.open(settingsInTrouble(this.changes.problems));
    render(this.template(this.state), this.container);
  }

  private readonly showAll = (on: boolean): void => this.emit({ kind: 'allSettings', on });

  private find(query: string): void {
    this.shown.find(query);
    this.show();
  }

  private template(state: PageState): TemplateResult {
    const { changes, shown, showAll } = this;
    const { allSettings, presets } = state;
    const all = groupedControls(state);
    const groups = shown.of(all, allSettings);
    const { query } = shown;
    const count = groups.flatMap(([, controls]) => controls).length;
    const hidden = all
      .flatMap(([, controls]) => controls)
      .filter((control) => !shown.isShown(control, allSettings));
    const choose = (name: PresetName) => void changes.choosePreset(name, presets[name]);
    return html`
      <h2 class="visually-hidden">${formTexts.heading}</h2>
      ${presetsTemplate(state, choose)}
      ${finderTemplate({ query, count, allSettings, showAll, find: (text) => this.find(text) })}
      ${refusalTemplate(changes.problems, () => changes.dismiss())}
      <form class="settings" autocomplete="off" @submit=${(event: Event) => event.preventDefault()}>
        ${groups.map((group) => this.groupTemplate(group, state))}
      </form>
      ${query === '' ? moreTemplate(state, hidden, showAll) : nothing}`;
  }

  private groupTemplate([group, controls]: ControlGroup, state: PageState): TemplateResult {
    const { controls: states } = this.changes;
    return html`
      <fieldset class="settings-group">
        <legend>${groupLabels[group]}</legend>
        ${controls.map((control) =>
          controlTemplate(controlView(control, states.of(control.id), state), this.actions),
        )}
      </fieldset>`;
  }
}
