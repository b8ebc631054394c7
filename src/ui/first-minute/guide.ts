import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { HyperparameterKey } from '../../contract';
import { guideTexts } from '../../texts/first-minute';
import { lessonTexts } from '../../texts/lessons';
import { icons } from '../kit/icons';
import { type Asked, changeDetector, type Emit, type Panel } from '../kit/panel';
import { handOver } from '../shell/keys';
import type { PageState } from '../shell/page-state';

export interface GuideActions {
  readonly emit: Emit;
  readonly showSetting: (key: HyperparameterKey) => void;
  /** Takes the focus when the guide goes, which else would fall to nothing. */
  readonly focusNext: () => void;
}

/** One step of the first minute: what to do, and a button that leads there. */
interface Step {
  readonly title: string;
  readonly text: string;
  readonly button?: { readonly label: string; readonly press: () => void };
}

/** A first visitor's first minute, over the tabs: one step at a time, until it is done or put away. */
export function guide(container: HTMLElement, actions: GuideActions): Panel {
  const changed = changeDetector(({ hintDismissed, guide: view, game, play, lessons }) => [
    hintDismissed,
    view,
    game,
    play === null,
    lessons.visit === null,
  ]);
  return {
    update(state) {
      if (changed(state)) render(template(state, actions), container);
    },
  };
}

function template(state: PageState, actions: GuideActions): TemplateResult | typeof nothing {
  const { guide: view, hintDismissed, lessons } = state;
  // One thing at a time.
  if (view === null || hintDismissed || lessons.visit !== null) return nothing;
  const { title, text, button } = stepOf(state, actions);
  const { emit, focusNext } = actions;
  const leave = () => {
    emit({ kind: 'leaveGuide' });
    focusNext();
  };
  const isDone = view.step === 'done';
  return html`
    <section class="guide" aria-label=${guideTexts.name}>
      <div class="guide-says" role="status">
        <p class="guide-title"><strong>${title}</strong>
          ${isDone ? nothing : html`<span class="quiet">${guideTexts.progress(view.number, view.of)}</span>`}</p>
        <p>${text}</p>
      </div>
      <button type="button" class="button button-icon button-small guide-close" aria-label=${guideTexts.close}
        title=${guideTexts.close} @click=${leave}>${icons.close}</button>
      ${
        isDone
          ? html`<div class="guide-buttons"><button type="button" class="button guide-do" @click=${button?.press}>${button?.label}</button></div>`
          : html`<div class="guide-buttons">
              ${
                button === undefined
                  ? nothing
                  : html`<button type="button" class="button guide-do" @click=${button.press}>${button.label}</button>`
              }
              <button type="button" class="button guide-skip" @click=${() => emit({ kind: 'skipGuideStep' })}>${guideTexts.skip}</button>
            </div>`
      }
    </section>`;
}

function stepOf(
  { guide: view, games, game, kind, play }: PageState,
  { emit, showSetting }: GuideActions,
): Step {
  const asking = (asked: Asked) => () => emit(asked);
  switch (view?.step) {
    case 'watch': {
      const { title, text, ofLive } = guideTexts.watch;
      const marks = games.find(({ id }) => id === game)?.about.promise.marks ?? '';
      return { title, text: kind === 'live' ? ofLive : text(marks) };
    }
    case 'change': {
      const { title, text, button } = guideTexts.change;
      return { title, text, button: { label: button, press: () => showSetting('learningRate') } };
    }
    case 'back': {
      const { title, text, button } = guideTexts.back;
      return { title, text, button: { label: button, press: asking({ kind: 'undo' }) } };
    }
    case 'play': {
      const { title, text, button } = play === null ? guideTexts.play : guideTexts.meet;
      const press = asking(play === null ? handOver : { kind: 'startMatch' });
      return { title, text, button: { label: button, press } };
    }
    default:
      return {
        ...guideTexts.end,
        button: { label: lessonTexts.open, press: asking({ kind: 'listLessons', open: true }) },
      };
  }
}
