import { asapScheduler, filter, observeOn, Subscription } from 'rxjs';
import { PlaytrainError } from '../../contract';
import type { LessonStep } from '../../lessons/lesson';
import type { Progress } from '../../lessons/progress';
import { linkTexts } from '../../texts/runs';
import type { ClassChoice, LessonsIntent, LessonsState } from '../../ui/lessons/lessons-state';
import { type AppFeature, type IntentHandlers, now, overtaking } from '../feature';
import type { PageGames } from '../games/page-game';
import { classLinkOf } from '../shell/address';
import type { Choices } from '../shell/choices';
import { copyText } from '../shell/copy-text';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import { fetchedLessons, fetchLessons, type LessonPart } from './fetch-lessons';
import { lessonSettings } from './lesson-settings';
import type { LessonVisits } from './lesson-visits';

export interface LessonsPorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly games: PageGames;
  readonly visits: LessonVisits;
  readonly choices: Pick<Choices, 'read$' | 'remember'>;
}

type Change = (
  part: LessonPart,
  progress: Progress,
  step: LessonStep | undefined,
  steps: readonly LessonStep[],
) => Progress;

/** Lessons as a visitor takes them: steps are over once they were really done. */
export class Lessons implements AppFeature {
  private readonly ports: LessonsPorts;
  private readonly all = new Subscription();

  readonly intents: IntentHandlers<LessonsIntent> = {
    listLessons: now(async ({ open }) => {
      if (open) await fetchLessons();
      this.patch({ isListed: open });
    }),
    beginLesson: overtaking(({ lesson, again }) => this.ports.visits.begin(lesson, again)),
    leaveLesson: overtaking(() => this.ports.visits.leave()),
    answerLesson: now(({ text }) =>
      this.take(({ answered, factsOf }, progress, step) =>
        answered(progress, step, factsOf(this.ports.store.state), text),
      ),
    ),
    showLessonAnswer: now(() => this.take(({ shown }, progress, step) => shown(progress, step))),
    lessonStep: now(({ to }) =>
      this.take((part, progress, step, steps) => {
        const gone = to === 'next' ? part.next(progress, step) : part.previous(progress);
        if (gone === progress) return progress;
        return part.arrived(gone, steps[gone.at], part.factsOf(this.ports.store.state));
      }),
    ),
    copyClassLink: now(({ choice }) => this.copy(choice)),
  };

  constructor(ports: LessonsPorts) {
    this.ports = ports;
    this.all.add(
      ports.choices.read$.subscribe(({ lessons }) => {
        this.patch({ kept: { ...lessons, ...ports.store.state.lessons.kept } });
      }),
    );
    // A state is not changed before everybody has heard of it.
    const unmet$ = ports.store.state$.pipe(
      observeOn(asapScheduler),
      filter(() => ports.store.state.lessons.visit?.progress.isMet === false),
    );
    this.all.add(unmet$.subscribe(() => this.notice()));
  }

  dispose(): void {
    this.all.unsubscribe();
    this.ports.visits.dispose();
  }

  private notice(): void {
    const { store } = this.ports;
    this.take(({ noticed, factsOf }, progress, step) => noticed(progress, step, factsOf(store.state)));
  }

  private take(change: Change): void {
    const part = fetchedLessons();
    const { visit, kept } = this.ports.store.state.lessons;
    if (visit === null || part === null) return;
    const progress = change(part, visit.progress, visit.steps[visit.progress.at], visit.steps);
    if (progress === visit.progress) return;
    this.patch({ visit: { ...visit, progress } });
    const { lesson, steps, isOwn } = visit;
    if (lesson === null || !isOwn || progress.at === visit.progress.at) return;
    const { at, results } = progress;
    const isOver = at >= steps.length || kept[lesson]?.isOver === true;
    const present = { [lesson]: { at: at >= steps.length ? 0 : at, isOver, results } };
    this.patch({ kept: { ...kept, ...present } });
    this.ports.choices.remember({ lessons: present });
  }

  private async copy({ lesson, game, seed, fixed, hidden, locked }: ClassChoice): Promise<void> {
    const { games, board } = this.ports;
    const { lessonOf, lessonWords } = await fetchLessons();
    const known = lessonOf(lesson ?? '');
    if (lesson !== null && known === undefined) {
      throw new PlaytrainError('bad-settings', lessonWords.unknown(lesson));
    }
    const { fast } = await games.presets(game);
    const settings = { ...lessonSettings(fast, known), seed };
    const asked = { id: lesson, fixed, hidden };
    const link = classLinkOf({ id: game, defaults: fast }, settings, asked, known, locked, document.baseURI);
    // Notices lie behind the list.
    this.patch({ isListed: false });
    if (await copyText(link)) board.inform('copyClassLink', linkTexts.copied);
    else board.tell({ id: 'copyClassLink', severity: 'info', message: linkTexts.byHand(link) }, 'run');
  }

  private patch(change: Partial<LessonsState>): void {
    const { store } = this.ports;
    store.patch({ lessons: { ...store.state.lessons, ...change } });
  }
}
