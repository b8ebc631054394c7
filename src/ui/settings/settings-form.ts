import { html, nothing, render, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import {
  changedFields,
  type HyperparameterField,
  type HyperparameterGroup,
  type Hyperparameters,
  hyperparameterFields,
  hyperparameterProblems,
  type NumberField,
  type PresetName,
  patchBetween,
  type SettingsPatch,
  type SettingsProblem,
  seatsOf,
  withPatch,
} from '../../contract';
import {
  fieldText,
  parseField,
  parseWeight,
  readNumber,
  settingNumberText,
} from '../../texts/setting-notation';
import { groupLabels, optionLabel, settingLabel, settingsSentence, settingTexts } from '../../texts/settings';
import type { Question } from '../kit/dialogs';
import { formatCount } from '../kit/format';
import { icons } from '../kit/icons';
import { changeDetector, type Panel } from '../kit/panel';
import { explanation } from '../kit/tooltip';
import type { Intent, PageState } from '../shell/page-state';
import { fieldSlider, nextValue } from './field-stops';
import { changeQuestion, takesHoldLabels, withPreset } from './settings-draft';

const presetLabels: Readonly<Record<PresetName, { readonly label: string; readonly title: string }>> = {
  fast: { label: 'Fast', title: 'What the game opens with: learns in the least time' },
  sb3: { label: 'Stable-Baselines3', title: 'The settings of Stable-Baselines3’s PPO' },
  cleanrl: { label: 'CleanRL', title: 'The settings of CleanRL’s ppo.py' },
};

/** One control of the form: a setting, or one reward term's weight. */
interface Control {
  /** Unique on the page; the element's id too. */
  readonly id: string;
  readonly field: HyperparameterField;
  readonly label: string;
  readonly tooltip: string;
  /** The reward term, for weights. */
  readonly term: string | null;
  /** True for a weight of what is not zero-sum between those who meet. */
  readonly isShaping: boolean;
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
): Panel {
  return new SettingsForm(container, emit, ask);
}

class SettingsForm implements Panel {
  private readonly container: HTMLElement;
  private readonly emit: (intent: Intent) => void;
  private readonly ask: (question: Question) => Promise<boolean>;
  private readonly changed = changeDetector((state) => [
    state.hyperparameters,
    state.pending,
    state.problems,
    state.presets,
    state.spec,
  ]);
  private readonly answered = changeDetector(({ hyperparameters, problems }) => [hyperparameters, problems]);
  private state: PageState | null = null;
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
    if (anotherGame) this.drafts.clear();
    if (this.answered(state)) {
      for (const id of this.sent) this.drafts.delete(id);
      this.sent.clear();
    }
    if (problemsAreNew && state.problems.length > 0) {
      this.refusal = { control: null, problems: state.problems };
    } else if (anotherGame) {
      this.refusal = null;
    }
    this.render();
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
    return html`
      <h2 class="visually-hidden">Settings</h2>
      <div class="presets" role="group" aria-label="Presets">
        ${(Object.keys(presetLabels) as PresetName[]).map((name) => this.presetTemplate(state, name))}
      </div>
      <div class="refusal" role="alert">
        ${
          this.refusal === null
            ? nothing
            : html`<div class="refusal-text">${icons.warning}
                <div>
                  ${this.refusal.problems.map((problem) => html`<p>${settingsSentence(problem)}</p>`)}
                  <p class="quiet">The run goes on with the values before.</p>
                </div>
                <button type="button" class="button button-icon button-small" aria-label="Dismiss"
                  @click=${() => {
                    this.refusal = null;
                    this.render();
                  }}>${icons.close}</button>
              </div>`
        }
      </div>
      <form class="settings" autocomplete="off" @submit=${(event: Event) => event.preventDefault()}>
        ${groupedControls(state).map(
          ([group, controls]) => html`
            <fieldset class="settings-group">
              <legend>${groupLabels[group]}</legend>
              ${controls.map((control) => this.controlTemplate(state, control))}
            </fieldset>`,
        )}
      </form>`;
  }

  private presetTemplate(state: PageState, name: PresetName): TemplateResult {
    const settings = withPreset(state.hyperparameters, state.presets, name);
    const chosen = changedFields(state.hyperparameters, settings).length === 0;
    const { label, title } = presetLabels[name];
    return html`
      <button type="button" class="button" title=${title} aria-pressed=${chosen}
        @click=${() => this.send(patchBetween(state.hyperparameters, settings), null)}>${label}</button>`;
  }

  private controlTemplate(state: PageState, control: Control): TemplateResult {
    const { id, field, label, tooltip } = control;
    const settings = state.hyperparameters;
    const present = controlText(control, settings, state);
    const text = this.drafts.get(id) ?? present;
    const standard = controlText(control, state.presets.fast, state);
    const pending = state.pending.includes(field.key);
    const problem = this.problemOf(control, text, settings);
    return html`
      <div class="field ${field.kind === 'switch' ? 'field-switch' : ''}" data-field=${field.key}>
        <div class="field-head">
          <label for=${id}>${label}</label>
          ${explanation(`${id}-explained`, label, tooltip)}
          <span class="badge" data-takes-hold=${pending ? 'pending' : field.takesHold}>
            ${pending ? 'pending' : takesHoldLabels[field.takesHold]}</span>
        </div>
        <div class="field-body">${this.inputTemplate(control, text, problem !== null && this.drafts.has(id))}</div>
        <div class="field-foot">
          <p class="field-note ${problem === null ? '' : 'field-problem'}" id="${id}-note">${problem === null ? note(field, standard) : settingsSentence(problem)}</p>
          ${control.isShaping ? html`<span class="shaping">shaping, not zero-sum</span>` : nothing}
          ${
            text === standard
              ? nothing
              : html`<button type="button" class="reset" aria-label="Reset ${label} to ${standard}"
                  @click=${() => this.commit(control, standard)}>${icons.undo} reset</button>`
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
      <input type="range" class="slider" tabindex="-1" aria-label="${control.label}, slider" min="0"
        max=${slider.positions - 1} step="1" aria-valuetext="${text} ${field.unit}"
        .value=${live(String(slider.positionOf(Number.isFinite(value) ? value : field.min)))}
        @input=${(event: Event) => this.draft(control, textAt(event))}
        @change=${(event: Event) => this.commit(control, textAt(event))} />`;
  }
}

const shapingSentence =
  'Shaping, not zero-sum: what it pays one side the other does not lose. It helps at the start; an agent that is paid much for it may come to play for it rather than for the point.';

/**
 * The controls of the form, group by group, reward weights spread over one control a term. Where an agent is alone in
 * its arena, those about opponents are left out.
 */
function groupedControls({ spec }: PageState): [HyperparameterGroup, Control[]][] {
  const groups = new Map<HyperparameterGroup, Control[]>();
  const present = hyperparameterFields.filter(
    ({ whereAgentsMeet }) => whereAgentsMeet !== true || seatsOf(spec) > 1,
  );
  for (const field of present) {
    const controls = groups.get(field.group) ?? [];
    groups.set(field.group, controls);
    if (field.kind !== 'weights') {
      const { label, tooltip } = settingTexts[field.key];
      controls.push({ id: `setting-${field.key}`, field, label, tooltip, term: null, isShaping: false });
      continue;
    }
    spec.rewardTerms.forEach(({ name, description, shaping }, index) => {
      controls.push({
        id: `setting-${field.key}-${index}`,
        field,
        label: settingLabel(field.key, name),
        tooltip: [
          description,
          settingTexts[field.key].tooltip,
          ...(shaping === true ? [shapingSentence] : []),
        ].join(' '),
        term: name,
        isShaping: shaping === true,
      });
    });
  }
  return [...groups];
}

/** A control's value as text. */
function controlText(control: Control, settings: Hyperparameters, state: PageState): string {
  if (control.term === null) return fieldText(settings[control.field.key]);
  const term = state.spec.rewardTerms.find(({ name }) => name === control.term);
  return settingNumberText(settings.rewardWeights[control.term] ?? term?.defaultWeight ?? 1);
}

/** A control's text as a patch of the settings. */
function parseControl(
  { field, term }: Control,
  text: string,
): { readonly patch: SettingsPatch } | { readonly problem: SettingsProblem } {
  if (term === null) {
    const parsed = parseField(field, text);
    return 'problem' in parsed ? parsed : { patch: { [field.key]: parsed.value } };
  }
  const parsed = parseWeight(term, text);
  return 'problem' in parsed ? parsed : { patch: { rewardWeights: { [term]: parsed.value } } };
}

/** A weight moves like a number between its bounds. */
function numberField(field: Extract<HyperparameterField, { kind: 'number' | 'weights' }>): NumberField {
  if (field.kind === 'number') return field;
  return { ...field, kind: 'number', step: 0.1, integer: false, scale: 'linear' };
}

/** The range and the default, under a control. */
function note(field: HyperparameterField, standard: string): string {
  switch (field.kind) {
    case 'number':
      if (field.integer)
        return `${formatCount(field.min)} to ${formatCount(field.max)} · default ${standard}`;
      return `${settingNumberText(field.min)} to ${settingNumberText(field.max)} · default ${standard}`;
    case 'weights':
      return `${settingNumberText(field.min)} to ${settingNumberText(field.max)} · default ${standard}`;
    case 'sizes':
      return `1 to ${field.maxLayers} layers of ${field.min} to ${field.max} · default ${standard}`;
    case 'choice':
      return `default ${optionLabel(field.key, standard)}`;
    case 'switch':
      return `default ${standard}`;
  }
}
