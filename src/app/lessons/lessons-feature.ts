import { asapScheduler, observeOn, type Subscription } from 'rxjs';
import { PlaytrainError } from '../../contract';
import { lessonOf } from '../../lessons/library';
import { answered, next, noticed, type Progress, previous, shown } from '../../lessons/progress';
import type { Preferences } from '../../storage/preferences';
import { lessonTexts } from '../../texts/lessons';
import { linkTexts } from '../../texts/runs';
import { factsOf } from '../../ui/lessons/facts-of';
import type { ClassChoice, LessonsIntent, LessonsState } from '../../ui/lessons/lessons-state';
import { type AppFeature, type IntentHandlers, now, overtaking } from '../feature';
import type { PageGames } from '../games/page-game';
import { classLinkOf } from '../shell/address';
import { copyText } from '../shell/copy-text';
import type { NoticeBoard } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';
import { lessonSettings } from './lesson-settings';
import type { LessonVisits } from './lesson-visits';

export interface LessonsPorts {
  readonly store: PageStore;
  readonly board: NoticeBoard;
  readonly games: PageGames;
  readonly visits: LessonVisits;
  readonly preferences: { readonly load: () => Promise<{ readonly value: Pick<Preferences, 'lessons'> }> };
  readonly remember: (choice: Pick<Preferences, 'lessons'>) => void;
}

/** Lessons as a visitor takes them: steps are over once they were really done. */
export class Lessons implements AppFeature {
  private readonly ports: LessonsPorts;
  private readonly following: Subscription;

  readonly intents: IntentHandlers<LessonsIntent> = {
    listLessons: now(({ open }) => this.patch({ isListed: open })),
    beginLesson: overtaking(({ lesson, again }) => this.ports.visits.begin(lesson, again)),
    leaveLesson: overtaking(() => this.ports.visits.leave()),
    answerLesson: now(({ text }) =>
      this.take((progress, step) => answered(progress, step, factsOf(this.ports.store.state), text)),
    ),
    showLessonAnswer: now(() => this.take(shown)),
    lessonStep: now(({ to }) => this.take(to === 'next' ? next : previous)),
    copyClassLink: now(({ choice }) => this.copy(choice)),
  };

  constructor(ports: LessonsPorts) {
    this.ports = ports;
    ports.preferences.load().then(
      ({ value }) => this.patch({ kept: { ...value.lessons, ...ports.store.state.lessons.kept } }),
      () => {},
    );
    // A state is not changed before everybody has heard of it.
    this.following = ports.store.state$.pipe(observeOn(asapScheduler)).subscribe(() => {
      if (ports.store.state.lessons.visit?.progress.isMet === false) {
        this.take((progress, step) => noticed(progress, step, factsOf(ports.store.state)));
      }
    });
  }

  dispose(): void {
    this.following.unsubscribe();
    this.ports.visits.dispose();
  }

  private take(change: (progress: Progress, step: ReturnType<typeof this.stepAt>) => Progress): void {
    const { visit, kept } = this.ports.store.state.lessons;
    if (visit === null) return;
    const progress = change(visit.progress, this.stepAt());
    if (progress === visit.progress) return;
    this.patch({ visit: { ...visit, progress } });
    const { lesson, steps, isOwn } = visit;
    if (lesson === null || !isOwn || progress.at === visit.progress.at) return;
    const { at, results } = progress;
    const isOver = at >= steps.length || kept[lesson]?.isOver === true;
    const all = { ...kept, [lesson]: { at: at >= steps.length ? 0 : at, isOver, results } };
    this.patch({ kept: all });
    this.ports.remember({ lessons: all });
  }

  private stepAt() {
    const { visit } = this.ports.store.state.lessons;
    return visit?.steps[visit.progress.at];
  }

  private async copy({ lesson, game, seed, fixed, hidden, locked }: ClassChoice): Promise<void> {
    const { games, board } = this.ports;
    const known = lessonOf(lesson ?? '');
    if (lesson !== null && known === undefined) {
      throw new PlaytrainError('bad-settings', lessonTexts.unknown(lesson));
    }
    const { fast } = await games.presets(game);
    const settings = { ...lessonSettings(fast, known), seed };
    const asked = { id: lesson, fixed, hidden };
    const link = classLinkOf({ id: game, defaults: fast }, settings, asked, locked, document.baseURI);
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
