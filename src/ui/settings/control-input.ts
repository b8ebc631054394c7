import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { readNumber, settingNumberText } from '../../texts/setting-notation';
import { optionLabel } from '../../texts/settings';
import { formTexts } from '../../texts/settings-form';
import type { ControlView } from './control-view';
import { type Control, numberField } from './controls';
import { fieldSlider, nextValue } from './field-stops';

/** What people do to a control. */
export interface ControlActions {
  readonly type: (control: Control, text: string) => void;
  readonly commit: (control: Control, text: string) => void;
  readonly commitTyped: (control: Control) => void;
  readonly giveUp: (control: Control) => void;
}

/** The element that a control's value is set by, and for numbers a slider beside it. */
export function inputTemplate(view: ControlView, actions: ControlActions): TemplateResult {
  switch (view.control.field.kind) {
    case 'switch':
      return switchTemplate(view, actions);
    case 'choice':
      return choiceTemplate(view, actions);
    case 'number':
    case 'weights':
    case 'sizes':
      return textTemplate(view, actions);
  }
}

function switchTemplate({ control, text }: ControlView, { commit }: ControlActions) {
  const other = text === 'on' ? 'off' : 'on';
  return html`<span class="switch"><input type="checkbox" role="switch" id=${control.id}
    aria-describedby="${control.id}-note" .checked=${live(text === 'on')}
    @change=${() => commit(control, other)} /></span>`;
}

function choiceTemplate({ control, text }: ControlView, { commit }: ControlActions) {
  const { id, field } = control;
  const options = field.kind === 'choice' ? field.options : [];
  return html`<select class="select" id=${id} aria-describedby="${id}-note" .value=${live(text)}
    @change=${(event: Event) => commit(control, (event.target as HTMLSelectElement).value)}>
    ${options.map((value) => html`<option value=${value} ?selected=${value === text}>${optionLabel(field.key, value)}</option>`)}
  </select>`;
}

function textTemplate(view: ControlView, actions: ControlActions) {
  const { control, text, isInvalid } = view;
  const { id, field } = control;
  return html`
    ${sliderTemplate(view, actions)}
    <input type="text" class="input" id=${id} inputmode=${inputMode(field)}
      spellcheck="false" aria-describedby="${id}-note" aria-invalid=${isInvalid} .value=${live(text)}
      @input=${(event: Event) => actions.type(control, inputValue(event))}
      @change=${() => actions.commitTyped(control)}
      @blur=${() => actions.commitTyped(control)}
      @keydown=${(event: KeyboardEvent) => onKey(event, view, actions)} />
    <span class="unit">${field.unit}</span>`;
}

/** Enter commits, Escape gives up, the arrows step. */
function onKey(event: KeyboardEvent, { control, text }: ControlView, actions: ControlActions): void {
  const { field } = control;
  if (event.key === 'Enter') {
    // Else the same key press would answer the dialog that it opens.
    event.preventDefault();
    actions.commitTyped(control);
  } else if (event.key === 'Escape') actions.giveUp(control);
  else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    const value = readNumber(text);
    if ((field.kind !== 'number' && field.kind !== 'weights') || !Number.isFinite(value)) return;
    event.preventDefault();
    const direction = event.key === 'ArrowUp' ? 1 : -1;
    actions.type(control, settingNumberText(nextValue(numberField(field), value, direction)));
  }
}

/** A second way to set the same number, for the pointer. */
function sliderTemplate({ control, text }: ControlView, { type, commit }: ControlActions) {
  if (control.field.kind !== 'number' && control.field.kind !== 'weights') return nothing;
  const field = numberField(control.field);
  const slider = fieldSlider(field);
  if (slider === null) return html`<span class="slider-space"></span>`;
  const value = readNumber(text);
  const position = slider.positionOf(Number.isFinite(value) ? value : field.min);
  const textAt = (event: Event) => settingNumberText(slider.valueAt(Number(inputValue(event))));
  return html`
    <input type="range" class="slider" tabindex="-1" aria-label=${formTexts.slider(control.label)} min="0"
      max=${slider.positions - 1} step="1" aria-valuetext="${text} ${field.unit}" .value=${live(String(position))}
      @input=${(event: Event) => type(control, textAt(event))}
      @change=${(event: Event) => commit(control, textAt(event))} />`;
}

function inputValue(event: Event): string {
  return (event.target as HTMLInputElement).value;
}

/** Which keys a phone shows: those of some have neither a minus sign nor an e among the digits. */
function inputMode(field: Control['field']): 'decimal' | 'text' {
  if (field.kind !== 'number' && field.kind !== 'weights') return 'text';
  const { min, scale, integer } = numberField(field);
  return min < 0 || (scale === 'log' && !integer) ? 'text' : 'decimal';
}
