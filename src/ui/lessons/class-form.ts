import { html, type TemplateResult } from 'lit-html';
import type { HyperparameterKey } from '../../contract';
import { lessons } from '../../lessons/library';
import { lessonWords } from '../../texts/lesson-words';
import { settingTexts } from '../../texts/settings';
import type { Emit } from '../kit/panel';
import { basicSettings } from '../settings/basic-settings';
import type { PageState } from '../shell/page-state';
import { wordsOf } from './lesson-card';
import type { ClassChoice } from './lessons-state';

const texts = lessonWords.link;
type Kept = 'free' | 'fix' | 'hide';

/** What a teacher chooses for a link, and the button that copies it. */
export class ClassForm {
  private readonly emit: Emit;
  private readonly changed: () => void;
  private lesson: string | null = 'value';
  private game = '';
  private seed = 1;
  private locked = false;
  private readonly kept = new Map<HyperparameterKey, Kept>();

  /** @param changed called when it is to be drawn again. */
  constructor(emit: Emit, changed: () => void) {
    this.emit = emit;
    this.changed = changed;
  }

  template({ games }: PageState): TemplateResult {
    const allowed = lessons.find(({ id }) => id === this.lesson)?.games ?? games.map(({ id }) => id);
    if (!allowed.includes(this.game)) this.game = allowed[0] ?? '';
    return html`<details class="class-form"><summary>${texts.heading}</summary>
      <p class="quiet">${texts.lead}</p>
      <form autocomplete="off" @submit=${this.submit}>
        <label>${texts.lesson}<select class="select" name="lesson" @change=${this.chooseLesson}>
          ${lessons.map(({ id }) => html`<option value=${id} ?selected=${id === this.lesson}>${wordsOf(id).title}</option>`)}
          <option value="" ?selected=${this.lesson === null}>${texts.none}</option></select></label>
        <label>${texts.game}<select class="select" name="game" @change=${(event: Event) => {
          this.game = (event.target as HTMLSelectElement).value;
        }}>
          ${games
            .filter(({ id }) => allowed.includes(id))
            .map(
              ({ id, about }) =>
                html`<option value=${id} ?selected=${id === this.game}>${about.title}</option>`,
            )}</select></label>
        <label>${texts.seed}<input class="input" name="seed" type="number" min="0" max="4294967295" step="1" required .value=${String(this.seed)}
          @input=${(event: Event) => {
            this.seed = (event.target as HTMLInputElement).valueAsNumber;
          }}></label>
        <label class="class-lock"><input type="checkbox" name="locked" .checked=${this.locked}
          @change=${(event: Event) => {
            this.locked = (event.target as HTMLInputElement).checked;
          }}> ${texts.locked}</label>
        <fieldset><legend>${texts.settings}</legend>
          ${[...basicSettings].map(
            (key) => html`<label><span>${settingTexts[key].label}</span><select class="select" name=${key}
              @change=${(event: Event) => this.kept.set(key, (event.target as HTMLSelectElement).value as Kept)}>
              ${(['free', 'fix', 'hide'] as const).map((kept) => html`<option value=${kept} ?selected=${kept === (this.kept.get(key) ?? 'free')}>${texts[kept]}</option>`)}
            </select></label>`,
          )}</fieldset>
        <button type="submit" class="button button-primary">${texts.copy}</button>
      </form></details>`;
  }

  private readonly chooseLesson = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    this.lesson = value === '' ? null : value;
    this.changed();
  };

  private readonly submit = (event: Event) => {
    event.preventDefault();
    const those = (kept: Kept) => [...this.kept].filter(([, each]) => each === kept).map(([key]) => key);
    const choice: ClassChoice = {
      lesson: this.lesson,
      game: this.game,
      seed: Number.isSafeInteger(this.seed) ? this.seed : 1,
      fixed: those('fix'),
      hidden: those('hide'),
      locked: this.locked,
    };
    this.emit({ kind: 'copyClassLink', choice });
  };
}
