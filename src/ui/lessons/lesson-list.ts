import { html, nothing, render } from 'lit-html';
import { lessons } from '../../lessons/library';
import { stepsOf } from '../../lessons/progress';
import { lessonWords as texts } from '../../texts/lesson-words';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { PageState } from '../shell/page-state';
import { ClassForm } from './class-form';
import { wordsOf } from './lesson-card';

/** Every lesson, how far the visitor is in it, and links for classes. */
export class LessonList implements Panel {
  private readonly neighbour: HTMLElement;
  private readonly emit: Emit;
  private readonly changed = changeDetector(({ lessons: { kept, isListed }, games }) => [
    kept,
    isListed,
    games,
  ]);
  private readonly form: ClassForm;
  private dialog: HTMLDialogElement | null = null;
  private state: PageState | null = null;

  /** @param neighbour what it is put behind while it is open. */
  constructor(neighbour: HTMLElement, emit: Emit) {
    this.neighbour = neighbour;
    this.emit = emit;
    this.form = new ClassForm(emit, () => this.render());
  }

  update(state: PageState): void {
    this.state = state;
    if (!this.changed(state)) return;
    if (!state.lessons.isListed) this.close();
    else if (this.dialog === null) this.open();
    else this.render();
  }

  private open(): void {
    const dialog = document.createElement('dialog');
    dialog.className = 'dialog lesson-list';
    dialog.setAttribute('aria-labelledby', 'lessons-title');
    dialog.addEventListener('close', this.ask);
    this.dialog = dialog;
    this.neighbour.after(dialog);
    this.render();
    dialog.showModal();
    dialog.scrollTop = 0;
  }

  private close(): void {
    const { dialog } = this;
    if (dialog === null) return;
    this.dialog = null;
    dialog.removeEventListener('close', this.ask);
    dialog.close();
    dialog.remove();
  }

  private readonly ask = () => this.emit({ kind: 'listLessons', open: false });

  private render(): void {
    const { dialog, state } = this;
    if (dialog === null || state === null) return;
    render(
      html`
        <div class="dialog-head">
          <h2 id="lessons-title">${texts.heading}</h2>
          <button type="button" class="button button-icon" aria-label=${texts.close} @click=${this.ask}>${icons.close}</button>
        </div>
        <p>${texts.lead}</p>
        <ol class="lesson-items">${lessons.map(({ id }) => this.item(id, state))}</ol>
        ${this.form.template(state)}`,
      dialog,
    );
  }

  private item(id: string, { lessons: { kept } }: PageState) {
    const lesson = lessons.find((each) => each.id === id);
    const { title, idea } = wordsOf(id);
    const progress = kept[id];
    const steps = lesson === undefined ? 0 : stepsOf(lesson, lesson.games[0] ?? '', () => true).length;
    const isUnderWay = progress !== undefined && progress.at > 0;
    const begin = (again: boolean) => () => this.emit({ kind: 'beginLesson', lesson: id, again });
    return html`<li>
      <div><strong>${title}</strong> ${progress?.isOver === true ? html`<span class="badge">${texts.over}</span>` : nothing}
        <p class="quiet">${idea}</p></div>
      <div class="lesson-item-buttons">
        ${isUnderWay ? html`<button type="button" class="button" aria-label="${title}: ${texts.restart}" @click=${begin(true)}>${texts.restart}</button>` : nothing}
        <button type="button" class="button button-primary" aria-label="${title}: ${isUnderWay ? texts.goOn(progress.at + 1, steps) : texts.begin}"
          @click=${begin(false)}>${isUnderWay ? texts.goOn(progress.at + 1, steps) : progress?.isOver === true ? texts.again : texts.begin}</button>
      </div>
    </li>`;
  }
}
