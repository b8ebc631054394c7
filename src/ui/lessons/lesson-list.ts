import { html, nothing, render } from 'lit-html';
import { lessons } from '../../lessons/library';
import { stepsOf } from '../../lessons/progress';
import { lessonWords as texts } from '../../texts/lesson-words';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { StandingDialog } from '../kit/standing-dialog';
import type { PageState } from '../shell/page-state';
import { ClassForm } from './class-form';
import { wordsOf } from './lesson-card';

/** Every lesson, how far the visitor is in it, and links for classes. */
export class LessonList implements Panel {
  private readonly emit: Emit;
  private readonly changed = changeDetector(({ lessons: { kept, isListed }, games }) => [
    kept,
    isListed,
    games,
  ]);
  private readonly form: ClassForm;
  private readonly dialog: StandingDialog;
  private state: PageState | null = null;

  /** @param neighbour what it is put behind while it is open. */
  constructor(neighbour: HTMLElement, emit: Emit) {
    this.emit = emit;
    const onClose = this.ask;
    this.dialog = new StandingDialog({
      neighbour,
      className: 'lesson-list',
      titleId: 'lessons-title',
      onClose,
    });
    this.form = new ClassForm(emit, () => this.render());
  }

  update(state: PageState): void {
    this.state = state;
    if (!this.changed(state)) return;
    if (!state.lessons.isListed) this.dialog.close();
    else if (this.dialog.element === null) this.dialog.open(() => this.render());
    else this.render();
  }

  private readonly ask = () => this.emit({ kind: 'listLessons', open: false });

  private render(): void {
    const { state } = this;
    const dialog = this.dialog.element;
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
