import { html, nothing, type TemplateResult } from 'lit-html';
import { lessonTexts } from '../../texts/lessons';
import { formTexts, takesHoldLabels } from '../../texts/settings-form';
import { settingsSentence } from '../../texts/settings-problems';
import { icons } from '../kit/icons';
import { explanation } from '../kit/tooltip';
import { type ControlActions, inputTemplate } from './control-input';
import type { ControlView } from './control-view';
import { noteOf } from './controls';

/** One control with its name, its explanation, its range and the way back to its default. */
export function controlTemplate(view: ControlView, actions: ControlActions): TemplateResult {
  const { id, field, label, tooltip } = view.control;
  return html`
    <div class="field ${field.kind === 'switch' ? 'field-switch' : ''}" data-field=${field.key}>
      <div class="field-head">
        <label for=${id}>${label}</label>
        ${explanation(`${id}-explained`, label, tooltip)}
        ${badge(view)}
      </div>
      ${
        view.isFixed
          ? html`<fieldset class="field-body" disabled>${inputTemplate(view, actions)}</fieldset>`
          : html`<div class="field-body">${inputTemplate(view, actions)}</div>`
      }
      ${footTemplate(view, actions)}
    </div>`;
}

/** When a change of it takes hold, where that is not when most do; or that one is about to. */
function badge({ control: { field }, isPending, isFixed }: ControlView) {
  if (isFixed)
    return html`<span class="badge" data-takes-hold="fixed">${icons.lock} ${lessonTexts.fixed}</span>`;
  const label = isPending ? formTexts.pending : takesHoldLabels[field.takesHold];
  if (label === '') return nothing;
  return html`<span class="badge" data-takes-hold=${isPending ? 'pending' : field.takesHold}>${label}</span>`;
}

function footTemplate(
  { control, text, standard, problem, isFixed }: ControlView,
  { commit }: ControlActions,
) {
  const { id, field, label, isShaping } = control;
  const note = problem === null ? noteOf(field, standard) : settingsSentence(problem);
  const reset = () =>
    html`<button type="button" class="reset" aria-label=${formTexts.resetTo(label, standard)}
      @click=${() => commit(control, standard)}>${icons.undo} ${formTexts.reset}</button>`;
  return html`
    <div class="field-foot">
      <p class="field-note ${problem === null ? '' : 'field-problem'}" id="${id}-note">${note}</p>
      ${isShaping ? html`<span class="shaping">${formTexts.shaping}</span>` : nothing}
      ${text === standard || isFixed ? nothing : reset()}
    </div>`;
}
