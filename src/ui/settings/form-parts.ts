import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { changedFields, type PresetName, type SettingsProblem } from '../../contract';
import { formTexts, presetTexts } from '../../texts/settings-form';
import { settingsSentence } from '../../texts/settings-problems';
import { icons } from '../kit/icons';
import { explanation } from '../kit/tooltip';
import type { PageState } from '../shell/page-state';
import { type Control, controlText } from './controls';
import { withPreset } from './settings-draft';

/** What stands around the controls of the form. */

/** A button a preset; pressed where the settings are its own. */
export function presetsTemplate(
  { hyperparameters, presets }: Pick<PageState, 'hyperparameters' | 'presets'>,
  choose: (name: PresetName) => void,
): TemplateResult {
  const button = (name: PresetName) => {
    const { label, title } = presetTexts[name];
    const isChosen = changedFields(hyperparameters, withPreset(hyperparameters, presets, name)).length === 0;
    return html`
      <button type="button" class="button" title=${title} aria-pressed=${isChosen}
        @click=${() => choose(name)}>${label}</button>`;
  };
  return html`
    <div class="presets" role="group" aria-label=${formTexts.presets}>
      ${(Object.keys(presetTexts) as PresetName[]).map(button)}
    </div>`;
}

export interface FinderOptions {
  readonly query: string;
  /** How many controls are shown. */
  readonly count: number;
  readonly allSettings: boolean;
  readonly find: (query: string) => void;
  readonly showAll: (on: boolean) => void;
}

/** The way to one setting, and to all. */
export function finderTemplate({ query, count, allSettings, find, showAll }: FinderOptions): TemplateResult {
  const answer = count === 0 ? formTexts.noneFound(query) : formTexts.found(count);
  return html`
    <div class="settings-finder">
      <input type="search" class="input" aria-label=${formTexts.find} placeholder=${formTexts.find} spellcheck="false"
        .value=${live(query)} @input=${(event: Event) => find((event.target as HTMLInputElement).value)} />
      <button type="button" class="button" aria-pressed=${allSettings}
        @click=${() => showAll(!allSettings)}>${formTexts.all}</button>
    </div>
    <p class="settings-found quiet ${count === 0 ? '' : 'visually-hidden'}" role="status">${query === '' ? '' : answer}</p>
    <p class="settings-when quiet">${formTexts.whenShort}
      ${explanation('explain-takes-hold', formTexts.whenHeading, formTexts.takesHold)}</p>`;
}

/** What was wrong with the last change; its place is there in any case, so that what comes into it is read out. */
export function refusalTemplate(problems: readonly SettingsProblem[], dismiss: () => void): TemplateResult {
  const sentences = () => html`
    <div class="refusal-text">${icons.warning}
      <div>
        ${problems.map((problem) => html`<p>${settingsSentence(problem)}</p>`)}
        <p class="quiet">${formTexts.goesOn}</p>
      </div>
      <button type="button" class="button button-icon button-small" aria-label=${formTexts.dismiss}
        @click=${dismiss}>${icons.close}</button>
    </div>`;
  return html`<div class="refusal" role="alert">${problems.length === 0 ? nothing : sentences()}</div>`;
}

/** Under the list: how much it does not show, and how much of that differs from what the game opens with. */
export function moreTemplate(
  page: Pick<PageState, 'allSettings' | 'hyperparameters' | 'presets' | 'spec'>,
  hidden: readonly Control[],
  showAll: (on: boolean) => void,
): TemplateResult | typeof nothing {
  const { allSettings, hyperparameters, presets } = page;
  if (!allSettings && hidden.length === 0) return nothing;
  const isChanged = (control: Control) =>
    controlText(control, hyperparameters, page) !== controlText(control, presets.fast, page);
  const label = allSettings
    ? formTexts.fewer
    : formTexts.more(hidden.length, hidden.filter(isChanged).length);
  return html`<button type="button" class="button settings-more"
    @click=${() => showAll(!allSettings)}>${label}</button>`;
}
