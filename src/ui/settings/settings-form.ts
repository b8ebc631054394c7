import { html, nothing, render, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import {
  changedFields,
  type HyperparameterGroup,
  type HyperparameterKey,
  type Hyperparameters,
  hyperparameterProblems,
  type PresetName,
  type RunId,
  type SettingsPatch,
  type SettingsProblem,
  withPatch,
} from '../../contract';
import { readNumber, settingNumberText } from '../../texts/setting-notation';
import { groupLabels, optionLabel, settingsSentence } from '../../texts/settings';
import { formTexts, presetTexts, takesHoldLabels } from '../../texts/settings-form';
import type { Question } from '../kit/dialogs';
import { icons } from '../kit/icons';
import { changeDetector, type Panel } from '../kit/panel';
import { explanation } from '../kit/tooltip';
import type { Intent, PageState } from '../shell/page-state';
import { basicSettings, settingsInTrouble, settingsToShow } from './basic-settings';
import {
  type Control,
  controlText,
  firstControlId,
  groupedControls,
  isFound,
  noteOf,
  numberField,
  parseControl,
} from './controls';
import { fieldSlider, nextValue } from './field-stops';
import { changeQuestion, presetPatch, withPreset } from './settings-draft';

/** The form, which can also be asked to show one of its settings. */
export interface SettingsPanel extends Panel {
  /** Shows a setting, also one that is not among the basic ones, and puts the focus on it. */
  reveal(key: HyperparameterKey): void;
}

/**
 * The form of all hyperparameters, built from `hyperparameterFields`.
 *
 * A change is committed by Enter or by leaving its field. It is checked at once: a refused one is explained and the
 * field shows the value in force again; one that interrupts the run is asked about first.
 */
export function settingsForm(
  container: HTMLElement,
  emit: (intent: Intent) => void,
  ask: (question: Question) => Promise<boolean>,
): SettingsPanel {
  return new SettingsForm(container, emit, ask);
}

class SettingsForm implements SettingsPanel {
  private readonly container: HTMLElement;
  private readonly emit: (intent: Intent) => void;
  private readonly ask: (question: Question) => Promise<boolean>;
  private readonly changed = changeDetector((state) => [
    state.hyperparameters,
    state.pending,
    state.problems,
    state.presets,
    state.spec,
    state.allSettings,
    state.front,
  ]);
  private readonly answered = changeDetector(({ hyperparameters, problems }) => [hyperparameters, problems]);
  private state: PageState | null = null;
  /** What somebody looks for; empty where they look for nothing. */
  private query = '';
  /** Settings that are shown though they are no basic ones, and of which run. */
  private opened: ReadonlySet<HyperparameterKey> = new Set();
  private openedOf: RunId | null = null;
  /** Texts that differ from the settings: being typed, being asked about, or sent and not yet answered. */
  private readonly drafts = new Map<string, string>();
  /** Controls whose draft was sent and not yet answered by a state. */
  private readonly sent = new Set<string>();
  /** True while a dialog asks: opening it takes the focus, which must not commit a second time. */
  private asking = false;
  /** What was wrong with the last change, and with which control; null once one was accepted. */
  private refusal: { readonly control: string | null; readonly problems: readonly SettingsProblem[] } | null =
    null;

  constructor(
    container: HTMLElement,
    emit: (intent: Intent) => void,
    askPerson: (question: Question) => Promise<boolean>,
  ) {
    this.container = container;
    this.emit = emit;
    this.ask = askPerson;
  }

  update(state: PageState): void {
    const anotherGame = this.state !== null && this.state.game !== state.game;
    const problemsAreNew = this.state?.problems !== state.problems;
    this.state = state;
    if (!this.changed(state)) return;
    if (this.openedOf !== state.front) {
      this.openedOf = state.front;
      this.opened = new Set(settingsToShow(state.hyperparameters, state.presets));
    }
    if (anotherGame) this.drafts.clear();
    if (this.answered(state)) {
      for (const id of this.sent) this.drafts.delete(id);
      this.sent.clear();
    }
    if (problemsAreNew && state.problems.length > 0) {
      this.refusal = { control: null, problems: state.problems };
      this.open(settingsInTrouble(state.problems));
    } else if (anotherGame) {
      this.refusal = null;
    }
    this.render();
  }

  reveal(key: HyperparameterKey): void {
    this.query = '';
    this.open([key]);
    this.render();
    const control = this.container.querySelector<HTMLElement>(`#${firstControlId(key)}`);
    control?.scrollIntoView({ block: 'center' });
    control?.focus({ preventScroll: true });
  }

  private open(keys: readonly HyperparameterKey[]): void {
    this.opened = new Set([...this.opened, ...keys]);
  }

  private render(): void {
    if (this.state !== null) render(this.template(this.state), this.container);
  }

  /** Takes a control's text as a change of settings: refuses it, asks about it, or sends it. */
  private async commit(control: Control, text: string): Promise<void> {
    if (this.state === null || this.asking) return;
    const parsed = parseControl(control, text);
    if ('problem' in parsed) {
      this.refuse(control.id, [parsed.problem]);
      return;
    }
    await this.send(parsed.patch, control.id);
  }

  private async send(patch: SettingsPatch, control: string | null): Promise<void> {
    if (this.state === null) return;
    const { hyperparameters } = this.state;
    const next = withPatch(hyperparameters, patch);
    const problems = hyperparameterProblems(next);
    if (problems.length > 0) {
      this.refuse(control, problems);
      return;
    }
    this.refusal = null;
    const fields = changedFields(hyperparameters, next);
    if (fields.length === 0) {
      this.forget(control);
      return;
    }
    this.render();
    const question = changeQuestion(fields);
    if (question !== null) {
      this.asking = true;
      const confirmed = await this.ask(question);
      this.asking = false;
      if (!confirmed) {
        this.forget(control);
        return;
      }
    }
    if (control !== null) this.sent.add(control);
    this.emit({ kind: 'settings', patch });
  }

  private refuse(control: string | null, problems: readonly SettingsProblem[]): void {
    this.refusal = { control, problems };
    this.open(settingsInTrouble(problems));
    this.forget(control);
  }

  private forget(control: string | null): void {
    if (control !== null) {
      this.drafts.delete(control);
      this.sent.delete(control);
    }
    this.render();
  }

  private draft(control: Control, text: string): void {
    this.drafts.set(control.id, text);
    this.sent.delete(control.id);
    this.render();
  }

  private template(state: PageState): TemplateResult {
    const groups = groupedControls(state);
    const shown = groups
      .map(
        ([group, controls]) => [group, controls.filter((control) => this.isShown(control, state))] as const,
      )
      .filter(([, controls]) => controls.length > 0);
    return html`
      <h2 class="visually-hidden">${formTexts.heading}</h2>
      <div class="presets" role="group" aria-label=${formTexts.presets}>
        ${(Object.keys(presetTexts) as PresetName[]).map((name) => this.presetTemplate(state, name))}
      </div>
      ${this.finderTemplate(state, shown.flatMap(([, controls]) => controls).length)}
      ${this.refusalTemplate()}
      <form class="settings" autocomplete="off" @submit=${(event: Event) => event.preventDefault()}>
        ${shown.map(([group, controls]) => this.groupTemplate(state, group, controls))}
      </form>
      ${
        this.query === ''
          ? this.moreTemplate(
              state,
              groups.flatMap(([, controls]) => controls),
            )
          : nothing
      }`;
  }

  private isShown(control: Control, { allSettings }: PageState): boolean {
    if (this.query !== '') return isFound(control, this.query);
    const { key } = control.field;
    return allSettings || basicSettings.has(key) || this.opened.has(key);
  }

  /** The way to one setting, and to all. */
  private finderTemplate({ allSettings }: PageState, count: number): TemplateResult {
    const find = (query: string) => {
      this.query = query;
      this.render();
    };
    const { query } = this;
    const answer = count === 0 ? formTexts.noneFound(query) : formTexts.found(count);
    return html`
      <div class="settings-finder">
        <input type="search" class="input" aria-label=${formTexts.find} placeholder=${formTexts.find} spellcheck="false"
          .value=${live(query)} @input=${(event: Event) => find((event.target as HTMLInputElement).value.trimStart())} />
        <button type="button" class="button" aria-pressed=${allSettings}
          @click=${() => this.emit({ kind: 'allSettings', on: !allSettings })}>${formTexts.all}</button>
      </div>
      <p class="settings-found quiet ${count === 0 ? '' : 'visually-hidden'}" role="status">${query === '' ? '' : answer}</p>
      <p class="settings-when quiet">${formTexts.whenShort}
        ${explanation('explain-takes-hold', formTexts.whenHeading, formTexts.takesHold)}</p>`;
  }

  /** What was wrong with the last change. */
  private refusalTemplate(): TemplateResult {
    const { refusal } = this;
    const dismiss = () => {
      this.refusal = null;
      this.render();
    };
    return html`
      <div class="refusal" role="alert">
        ${
          refusal === null
            ? nothing
            : html`<div class="refusal-text">${icons.warning}
                <div>
                  ${refusal.problems.map((problem) => html`<p>${settingsSentence(problem)}</p>`)}
                  <p class="quiet">${formTexts.goesOn}</p>
                </div>
                <button type="button" class="button button-icon button-small" aria-label=${formTexts.dismiss}
                  @click=${dismiss}>${icons.close}</button>
              </div>`
        }
      </div>`;
  }

  private groupTemplate(
    state: PageState,
    group: HyperparameterGroup,
    controls: readonly Control[],
  ): TemplateResult {
    return html`
      <fieldset class="settings-group">
        <legend>${groupLabels[group]}</legend>
        ${controls.map((control) => this.controlTemplate(state, control))}
      </fieldset>`;
  }

  /** Under the list: what it does not show. */
  private moreTemplate(state: PageState, all: readonly Control[]): TemplateResult | typeof nothing {
    const { allSettings, hyperparameters, presets } = state;
    const hidden = all.filter((control) => !this.isShown(control, state));
    if (!allSettings && hidden.length === 0) return nothing;
    const isChanged = (control: Control) =>
      controlText(control, hyperparameters, state) !== controlText(control, presets.fast, state);
    const label = allSettings
      ? formTexts.fewer
      : formTexts.more(hidden.length, hidden.filter(isChanged).length);
    return html`<button type="button" class="button settings-more"
      @click=${() => this.emit({ kind: 'allSettings', on: !allSettings })}>${label}</button>`;
  }

  private presetTemplate(state: PageState, name: PresetName): TemplateResult {
    const settings = withPreset(state.hyperparameters, state.presets, name);
    const chosen = changedFields(state.hyperparameters, settings).length === 0;
    const { label, title } = presetTexts[name];
    return html`
      <button type="button" class="button" title=${title} aria-pressed=${chosen}
        @click=${() => this.send(presetPatch(state.presets[name]), null)}>${label}</button>`;
  }

  private controlTemplate(state: PageState, control: Control): TemplateResult {
    const { id, field, label, tooltip } = control;
    const settings = state.hyperparameters;
    const text = this.drafts.get(id) ?? controlText(control, settings, state);
    const standard = controlText(control, state.presets.fast, state);
    const pending = state.pending.includes(field.key);
    const badge = pending ? formTexts.pending : takesHoldLabels[field.takesHold];
    const problem = this.problemOf(control, text, settings);
    return html`
      <div class="field ${field.kind === 'switch' ? 'field-switch' : ''}" data-field=${field.key}>
        <div class="field-head">
          <label for=${id}>${label}</label>
          ${explanation(`${id}-explained`, label, tooltip)}
          ${badge === '' ? nothing : html`<span class="badge" data-takes-hold=${pending ? 'pending' : field.takesHold}>${badge}</span>`}
        </div>
        <div class="field-body">${this.inputTemplate(control, text, problem !== null && this.drafts.has(id))}</div>
        <div class="field-foot">
          <p class="field-note ${problem === null ? '' : 'field-problem'}" id="${id}-note">${problem === null ? noteOf(field, standard) : settingsSentence(problem)}</p>
          ${control.isShaping ? html`<span class="shaping">${formTexts.shaping}</span>` : nothing}
          ${
            text === standard
              ? nothing
              : html`<button type="button" class="reset" aria-label=${formTexts.resetTo(label, standard)}
                  @click=${() => this.commit(control, standard)}>${icons.undo} ${formTexts.reset}</button>`
          }
        </div>
      </div>`;
  }

  /** What is wrong with a control, now or at its last commit. */
  private problemOf(control: Control, text: string, settings: Hyperparameters): SettingsProblem | null {
    if (this.drafts.has(control.id)) {
      const parsed = parseControl(control, text);
      if ('problem' in parsed) return parsed.problem;
      return hyperparameterProblems(withPatch(settings, parsed.patch))[0] ?? null;
    }
    return this.refusal?.control === control.id ? (this.refusal.problems[0] ?? null) : null;
  }

  private inputTemplate(control: Control, text: string, invalid: boolean): unknown {
    const { id, field } = control;
    const note = `${id}-note`;
    switch (field.kind) {
      case 'switch':
        return html`<span class="switch"><input type="checkbox" role="switch" id=${id} aria-describedby=${note}
          .checked=${live(text === 'on')} @change=${() => {
            const next = text === 'on' ? 'off' : 'on';
            this.draft(control, next);
            void this.commit(control, next);
          }} /></span>`;
      case 'choice':
        return html`<select class="select" id=${id} aria-describedby=${note} .value=${live(text)}
          @change=${(event: Event) => {
            const next = (event.target as HTMLSelectElement).value;
            this.draft(control, next);
            void this.commit(control, next);
          }}>
          ${field.options.map((value) => html`<option value=${value} ?selected=${value === text}>${optionLabel(field.key, value)}</option>`)}
        </select>`;
      case 'number':
      case 'weights':
      case 'sizes':
        return html`
          ${this.sliderTemplate(control, text)}
          <input type="text" class="input" id=${id} inputmode=${field.kind === 'sizes' ? 'text' : 'decimal'}
            spellcheck="false" aria-describedby=${note} aria-invalid=${invalid} .value=${live(text)}
            @input=${(event: Event) => this.draft(control, (event.target as HTMLInputElement).value)}
            @change=${() => this.commitDraft(control)}
            @blur=${() => this.commitDraft(control)}
            @keydown=${(event: KeyboardEvent) => this.onKey(event, control, text)} />
          <span class="unit">${field.unit}</span>`;
    }
  }

  private commitDraft(control: Control): void {
    const text = this.drafts.get(control.id);
    if (text !== undefined && !this.sent.has(control.id)) void this.commit(control, text);
  }

  /** Enter commits, Escape gives up, the arrows step. */
  private onKey(event: KeyboardEvent, control: Control, text: string): void {
    if (event.key === 'Enter') {
      // Else the same key press would answer the dialog that it opens.
      event.preventDefault();
      this.commitDraft(control);
    } else if (event.key === 'Escape') this.forget(control.id);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const { field } = control;
      const value = readNumber(text);
      if ((field.kind !== 'number' && field.kind !== 'weights') || !Number.isFinite(value)) return;
      event.preventDefault();
      const direction = event.key === 'ArrowUp' ? 1 : -1;
      this.draft(control, settingNumberText(nextValue(numberField(field), value, direction)));
    }
  }

  /** A second way to set the same number, for the pointer. */
  private sliderTemplate(control: Control, text: string): unknown {
    if (control.field.kind !== 'number' && control.field.kind !== 'weights') return nothing;
    const field = numberField(control.field);
    const slider = fieldSlider(field);
    if (slider === null) return html`<span class="slider-space"></span>`;
    const value = readNumber(text);
    const textAt = (event: Event) =>
      settingNumberText(slider.valueAt(Number((event.target as HTMLInputElement).value)));
    return html`
      <input type="range" class="slider" tabindex="-1" aria-label=${formTexts.slider(control.label)} min="0"
        max=${slider.positions - 1} step="1" aria-valuetext="${text} ${field.unit}"
        .value=${live(String(slider.positionOf(Number.isFinite(value) ? value : field.min)))}
        @input=${(event: Event) => this.draft(control, textAt(event))}
        @change=${(event: Event) => this.commit(control, textAt(event))} />`;
  }
}
