import { nothing, render } from 'lit-html';
import type { HyperparameterKey } from '../../contract';
import type { LessonStep, Target } from '../../lessons/lesson';
import type { Moment } from '../../lessons/moment';
import { canHaveFocus } from '../kit/keep-focus';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { Tabs } from '../kit/tabs';
import type { PageState } from '../shell/page-state';
import { lessonCard } from './lesson-card';

export interface LessonPanelPorts {
  readonly emit: Emit;
  readonly tabs: Tabs;
  readonly showSetting: (key: HyperparameterKey) => void;
}

const settingPrefix = 'setting-';

/** The card of the lesson that is taken, beside what it points at. */
export class LessonPanel implements Panel {
  private readonly container: HTMLElement;
  private readonly ports: LessonPanelPorts;
  private readonly root: HTMLElement;
  private readonly size: ResizeObserver;
  private readonly changed = changeDetector(({ lessons, inspector, front }) => [
    lessons.visit,
    inspector.captured,
    inspector.look,
    front,
  ]);
  private state: PageState | null = null;
  private isFolded = false;
  /** The step that was shown last; another one comes into sight, and takes the focus where the card had it. */
  private shownStep = '';

  constructor(container: HTMLElement, ports: LessonPanelPorts) {
    this.container = container;
    this.ports = ports;
    this.root = document.documentElement;
    // On a narrow screen the card lies over the lower edge: what is there has to be scrolled clear of it.
    this.size = new ResizeObserver(() =>
      this.root.style.setProperty('--lesson-height', `${container.offsetHeight}px`),
    );
    this.size.observe(container);
  }

  update(state: PageState): void {
    this.state = state;
    if (this.changed(state)) this.draw();
    this.mark();
  }

  dispose(): void {
    this.size.disconnect();
    this.root.style.removeProperty('--lesson-height');
    delete this.root.dataset['lessonHides'];
  }

  private draw(): void {
    const { state, container } = this;
    if (state === null) return;
    const { visit } = state.lessons;
    const focused = document.activeElement;
    const hadFocus = container.contains(focused);
    const said = saidIn(container);
    const actions = { emit: this.ports.emit, point: this.point, fold: this.fold };
    render(visit === null ? nothing : lessonCard(state, visit, this.isFolded, actions), container);
    // Else it would fall to nothing where a form is gone with its answer, or choices rest.
    if (hadFocus && focused !== null && !canHaveFocus(focused)) {
      const next = container.querySelector<HTMLElement>('.lesson-next:not(:disabled)');
      (next ?? container.querySelector<HTMLElement>('.lesson-title'))?.focus({ preventScroll: true });
    }
    const body = container.querySelector('.lesson-body');
    const says = saidIn(container);
    if (says !== said && says !== '') body?.scrollTo(0, body.scrollHeight);
    const step = visit === null ? '' : `${visit.lesson} ${visit.progress.at}`;
    if (step === this.shownStep) return;
    this.shownStep = step;
    body?.scrollTo(0, 0);
    // Its field is another question’s now.
    const field = container.querySelector<HTMLInputElement>('#lesson-answer');
    if (field !== null) field.value = '';
    if (hadFocus) container.querySelector<HTMLElement>('.lesson-title')?.focus({ preventScroll: true });
  }

  /** Marks what the step points at, and keeps what it asks for out of sight. */
  private mark(): void {
    const step = this.step();
    const target = step?.target;
    for (const marked of document.querySelectorAll('[data-lesson-target]')) {
      if (!isTarget(marked, target)) marked.removeAttribute('data-lesson-target');
    }
    for (const each of target === undefined ? [] : elementsOf(target))
      each.setAttribute('data-lesson-target', '');
    const isAsked = step?.kind === 'predict' && this.state?.lessons.visit?.progress.isMet === false;
    const hides = isAsked ? step.hides.join(' ') : '';
    if (hides === '') delete this.root.dataset['lessonHides'];
    else this.root.dataset['lessonHides'] = hides;
  }

  private step(): LessonStep | undefined {
    const visit = this.state?.lessons.visit ?? null;
    return visit?.steps[visit.progress.at];
  }

  private readonly fold = (): void => {
    this.isFolded = !this.isFolded;
    this.draw();
  };

  private readonly point = ({ target, place }: LessonStep, moment: Moment | null): void => {
    const { emit, tabs, showSetting } = this.ports;
    if (target === undefined) return;
    if (target.startsWith(settingPrefix)) {
      showSetting(target.slice(settingPrefix.length) as HyperparameterKey);
      this.mark();
      return;
    }
    if (target !== 'game') tabs.choose('inspector');
    if (place !== undefined && moment !== null) emit({ kind: 'inspectMoment', step: moment.step });
    // What is fetched, or drawn at the next frame, is there a little later.
    let left = framesToWait;
    const look = () => {
      this.mark();
      const [element] = elementsOf(target);
      if (element !== undefined) element.scrollIntoView({ block: 'center', inline: 'nearest' });
      else if (left-- > 0) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
}

const framesToWait = 120;

/** What became of an answer. */
const saidIn = (container: HTMLElement) => container.querySelector('.lesson-says')?.textContent.trim() ?? '';

function selectorOf(target: Target): string {
  if (target === 'game') return '.game-frame';
  if (target.startsWith(settingPrefix)) return `[data-field="${target.slice(settingPrefix.length)}"]`;
  return `[data-key="${target}"]`;
}

const elementsOf = (target: Target) => [...document.querySelectorAll(selectorOf(target))];
const isTarget = (element: Element, target: Target | undefined) =>
  target !== undefined && element.matches(selectorOf(target));
