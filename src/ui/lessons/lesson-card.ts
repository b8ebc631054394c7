import { html, nothing, type TemplateResult } from 'lit-html';
import { rightAnswer, type Verdict } from '../../lessons/answers';
import { choicesOf, type LessonStep } from '../../lessons/lesson';
import { lessons } from '../../lessons/library';
import type { Moment } from '../../lessons/moment';
import { isWanting, momentAt, type Progress, triesBeforeShown } from '../../lessons/progress';
import { quantities } from '../../lessons/quantities';
import { type LessonWords, type StepTexts, lessonWords as texts } from '../../texts/lesson-words';
import { quantitySigns } from '../../texts/quantity-signs';
import { figure } from '../inspector/formulas';
import { icons } from '../kit/icons';
import type { Emit } from '../kit/panel';
import type { PageState } from '../shell/page-state';
import { factsOf } from './facts-of';
import { lessonFormula } from './lesson-formulas';
import type { LessonVisit } from './lessons-state';

export interface CardActions {
  readonly emit: Emit;
  /** Brings what a step points at into sight. */
  readonly point: (step: LessonStep, moment: Moment | null) => void;
  readonly fold: () => void;
}

export function wordsOf(lesson: string): LessonWords {
  const words = (texts.lessons as Readonly<Record<string, LessonWords>>)[lesson];
  if (words === undefined) throw new Error(`Nobody has written “${lesson}”.`);
  return words;
}

/** The lesson as it stands: one step at a time. */
export function lessonCard(
  state: PageState,
  visit: LessonVisit,
  isFolded: boolean,
  actions: CardActions,
): TemplateResult {
  const { lesson, steps, progress } = visit;
  const title = lesson === null ? texts.ofClass.title : wordsOf(lesson).title;
  const { emit, fold } = actions;
  const at = Math.min(progress.at + 1, steps.length);
  return html`
    <section class="lesson" aria-label=${lesson === null ? title : texts.card(title)} data-folded=${isFolded}>
      <header class="lesson-head">
        <p><strong>${title}</strong> ${lesson === null ? nothing : html`<span class="quiet">${texts.progress(at, steps.length)}</span>`}</p>
        <button type="button" class="button button-icon button-small" aria-expanded=${!isFolded}
          aria-label=${isFolded ? texts.unfold : texts.fold} title=${isFolded ? texts.unfold : texts.fold}
          @click=${fold}>${isFolded ? icons.up : icons.down}</button>
        <button type="button" class="button button-icon button-small" aria-label=${texts.leave} title=${texts.leave}
          @click=${() => emit({ kind: 'leaveLesson' })}>${icons.close}</button>
      </header>
      ${isFolded ? nothing : html`<div class="lesson-body">${body(state, visit, actions)}</div>`}
    </section>`;
}

function body(
  state: PageState,
  { lesson, steps, progress }: LessonVisit,
  actions: CardActions,
): TemplateResult {
  if (lesson === null) return html`<p>${texts.ofClass.text}</p>`;
  const step = steps[progress.at];
  if (step === undefined) return ending(lesson, progress, actions.emit);
  const words = wordsOf(lesson).steps[step.id];
  if (words === undefined) throw new Error(`Nobody has written “${step.id}” of “${lesson}”.`);
  const facts = factsOf(state);
  const moment = momentAt(step, facts);
  const isKnown = step.kind !== 'predict' || progress.isMet;
  return html`
    <h2 class="lesson-title" tabindex="-1">${words.title}</h2>
    <p>${words.text}</p>
    ${step.formula === undefined ? nothing : lessonFormula(step.formula, isKnown ? moment : null)}
    ${moment === null || step.given.length === 0 ? nothing : given(step, moment)}
    ${isWanting(step, facts) ? wanting(state) : nothing}
    ${step.kind === 'predict' && moment !== null ? question(step, words, moment, progress, actions.emit) : nothing}
    <p class="lesson-says" role="status">${says(step, words, moment, progress)}</p>
    ${mayBeShown(progress) ? html`<button type="button" class="button lesson-show" @click=${() => actions.emit({ kind: 'showLessonAnswer' })}>${texts.showAnswer}</button>` : nothing}
    ${buttons(step, moment, progress, actions)}`;
}

const mayBeShown = ({ tries, isMet }: Progress) => tries >= triesBeforeShown && !isMet;

function wanting({ inspector }: PageState) {
  return html`<p class="lesson-wanting">${inspector.captured === null ? texts.nothingYet : texts.wanting}</p>`;
}

function given({ given: names }: LessonStep, moment: Moment) {
  return html`<dl class="lesson-given"><div><dt>${texts.step}</dt><dd>${moment.step}</dd></div>
    ${names.map((name) => {
      const number = quantities[name](moment);
      const text = Number.isInteger(number) ? String(number).replace('-', '−') : figure(number);
      return html`<div><dt>${quantitySigns[name] ?? name}</dt><dd>${text}</dd></div>`;
    })}</dl>`;
}

function question(
  { answer, id }: Extract<LessonStep, { kind: 'predict' }>,
  words: StepTexts,
  moment: Moment,
  { isMet, verdict, wasShown }: Progress,
  emit: Emit,
): TemplateResult | typeof nothing {
  if (answer.kind === 'choice') {
    const right = isMet ? rightAnswer(answer, moment) : null;
    return html`<div class="lesson-choices" role="group" aria-label=${words.text}>
      ${choicesOf(answer).map(
        (choice) => html`<button type="button" class="button" ?disabled=${isMet} data-choice=${choice}
          aria-pressed=${choice === right || (verdict?.kind === 'other' && verdict.id === choice)}
          @click=${() => emit({ kind: 'answerLesson', text: choice })}>${words.choices?.[choice] ?? choice}</button>`,
      )}</div>`;
  }
  const submit = (event: Event) => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem('answer');
    if (input instanceof HTMLInputElement) emit({ kind: 'answerLesson', text: input.value });
  };
  // What was shown is told below.
  if (isMet && wasShown) return nothing;
  return isMet
    ? html`<p class="lesson-answer">${figure(Number(rightAnswer(answer, moment)))}</p>`
    : html`<form class="lesson-form" @submit=${submit}>
        <label for="lesson-answer" class="visually-hidden">${texts.answer}</label>
        <input id="lesson-answer" name="answer" class="input" inputmode="text" autocomplete="off" spellcheck="false"
          placeholder=${texts.answer} data-step=${id} aria-invalid=${verdict !== null}>
        <button type="submit" class="button">${texts.check}</button>
      </form>`;
}

/** What became of it. */
function says(
  step: LessonStep,
  words: StepTexts,
  moment: Moment | null,
  { isMet, verdict, wasSo, wasShown }: Progress,
) {
  if (isMet && step.kind === 'do') return wasSo ? texts.already : texts.met;
  if (step.kind !== 'predict') return '';
  if (isMet) {
    const answer = moment === null ? '' : rightAnswer(step.answer, moment);
    const text = typeof answer === 'number' ? figure(answer) : (words.choices?.[answer] ?? '');
    return `${wasShown ? texts.answerIs(text) : texts.met} ${words.right ?? ''}`;
  }
  return verdict === null ? '' : wrong(verdict, words);
}

function wrong(verdict: Verdict, words: StepTexts): string {
  switch (verdict.kind) {
    case 'usual':
      return words.usual?.[verdict.id] ?? texts.wrong.other;
    case 'other':
      return `${texts.wrong.other} ${words.other ?? ''}`;
    case 'right':
      return texts.met;
    default:
      return texts.wrong[verdict.kind];
  }
}

function buttons(
  step: LessonStep,
  moment: Moment | null,
  { at, isMet }: Progress,
  { emit, point }: CardActions,
) {
  return html`<div class="lesson-buttons">
    ${at === 0 ? nothing : html`<button type="button" class="button lesson-quiet" @click=${() => emit({ kind: 'lessonStep', to: 'previous' })}>${texts.previous}</button>`}
    ${step.target === undefined ? nothing : html`<button type="button" class="button" @click=${() => point(step, moment)}>${texts.showMe}</button>`}
    <button type="button" class="button button-primary lesson-next" ?disabled=${!isMet}
      @click=${() => emit({ kind: 'lessonStep', to: 'next' })}>${texts.next}</button>
  </div>`;
}

function ending(lesson: string, { results }: Progress, emit: Emit): TemplateResult {
  const all = Object.values(results);
  const following = lessons[lessons.findIndex(({ id }) => id === lesson) + 1];
  return html`
    <h2 class="lesson-title" tabindex="-1">${texts.end.title}</h2>
    <p>${wordsOf(lesson).idea}</p>
    <p role="status">${texts.end.text(all.filter((right) => right).length, all.length)}</p>
    <div class="lesson-buttons">
      <button type="button" class="button lesson-quiet" @click=${() => emit({ kind: 'beginLesson', lesson, again: true })}>${texts.again}</button>
      ${following === undefined ? nothing : html`<button type="button" class="button button-primary" @click=${() => emit({ kind: 'beginLesson', lesson: following.id, again: false })}>${texts.end.next(wordsOf(following.id).title)}</button>`}
      <button type="button" class="button ${following === undefined ? 'button-primary' : ''}" @click=${() => emit({ kind: 'leaveLesson' })}>${texts.leave}</button>
    </div>`;
}
