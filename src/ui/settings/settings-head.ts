import { html, nothing, render, type TemplateResult } from 'lit-html';
import { lockTexts } from '../../texts/lock';
import { formTexts } from '../../texts/settings-form';
import type { Question } from '../kit/dialogs';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { PageState } from '../shell/page-state';

export interface SettingsHeadPorts {
  readonly emit: Emit;
  readonly ask: (question: Question) => Promise<boolean>;
  /** Takes the focus where its button goes. */
  readonly focusNext: () => void;
}

/** Over the form: the last change taken back or done again, and whether anybody may change anything. */
export function settingsHead(container: HTMLElement, ports: SettingsHeadPorts): Panel {
  const changed = changeDetector(({ undo, redo, settingsLocked }) => [undo, redo, settingsLocked]);
  return {
    update(state) {
      if (changed(state))
        render(state.settingsLocked ? lockedTemplate(ports) : template(state, ports), container);
    },
  };
}

function template({ undo, redo }: PageState, { emit, focusNext }: SettingsHeadPorts): TemplateResult {
  const isEmpty = (patch: PageState['undo']) => Object.keys(patch).length === 0;
  const lock = () => {
    emit({ kind: 'lockSettings', on: true });
    focusNext();
  };
  return html`
    <button type="button" class="button" title="${formTexts.undoTitle} (Z)" aria-disabled=${isEmpty(undo)}
      @click=${isEmpty(undo) ? nothing : () => emit({ kind: 'undo' })}>${icons.undo}${formTexts.undo}</button>
    <button type="button" class="button" title="${formTexts.redoTitle} (⇧Z)" aria-disabled=${isEmpty(redo)}
      @click=${isEmpty(redo) ? nothing : () => emit({ kind: 'redo' })}>${icons.redo}${formTexts.redo}</button>
    <button type="button" class="button settings-lock" title=${lockTexts.lockMeaning} @click=${lock}>
      ${icons.lock}${lockTexts.lock}</button>`;
}

function lockedTemplate({ emit, ask, focusNext }: SettingsHeadPorts): TemplateResult {
  const unlock = async () => {
    if (!(await ask(lockTexts.question))) return;
    emit({ kind: 'lockSettings', on: false });
    focusNext();
  };
  return html`
    <p class="settings-locked">${icons.lock}<span>${lockTexts.locked}</span></p>
    <button type="button" class="button" @click=${unlock}>${lockTexts.unlock}</button>`;
}
