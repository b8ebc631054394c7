import { type HyperparameterKey, type Hyperparameters, PlaytrainError } from '../../contract';
import type { UrlLesson, UrlState } from '../../texts/address-notation';
import type { LessonsState } from '../../ui/lessons/lessons-state';
import type { PageGames } from '../games/page-game';
import type { RunDesk } from '../runs/run-desk';
import type { PageStore } from '../shell/page-store';
import { fetchLessons, type LessonPart } from './fetch-lessons';
import { lessonSettings, patchOf } from './lesson-settings';

export interface LessonVisitPorts {
  readonly store: PageStore;
  readonly games: PageGames;
  readonly desk: Pick<RunDesk, 'receive' | 'seeOff' | 'visit' | 'begun$'>;
}

/** Runs of lessons: puts one in front, and the visitor’s own back. */
export class LessonVisits {
  private readonly ports: LessonVisitPorts;
  private readonly following;
  /** What the visitor had locked. */
  private wereLocked = false;

  constructor(ports: LessonVisitPorts) {
    this.ports = ports;
    // Whoever opens another run has left the lesson.
    this.following = ports.desk.begun$.subscribe(({ session, isAnotherRun }) => {
      if (isAnotherRun && !session.run.isGuest && this.visit !== null) this.left();
    });
  }

  dispose(): void {
    this.following.unsubscribe();
  }

  /** As an address asks for it. */
  open = async (asked: UrlState, link: UrlLesson): Promise<void> => {
    const { game, hyperparameters, locked, speed } = asked;
    if (link.isOwn && link.id !== null) return this.begin(link.id, false, link.at);
    const part = await fetchLessons();
    const { begun, stepsOf } = part;
    const lesson = link.id === null ? undefined : known(part, link.id);
    const going = { running: true, learning: true, lockstep: false, speed };
    await this.receive(nameOf(part, link.id), game, hyperparameters, going, true);
    const cannot = new Set<HyperparameterKey>([...link.fixed, ...link.hidden]);
    const steps = lesson === undefined ? [] : stepsOf(lesson, game, (key) => !locked && !cannot.has(key));
    this.show({
      lesson: link.id,
      isOwn: false,
      fixed: link.fixed,
      hidden: link.hidden,
      settings: patchOf(lesson),
      steps,
      progress: begun(Math.min(link.at, steps.length)),
    });
    this.ports.store.patch({ settingsLocked: locked });
  };

  /**
   * A visitor’s own lesson: goes on where they left it, or from its beginning.
   *
   * @param at the step where nothing is known of them, as where nothing can be kept.
   */
  async begin(id: string, again: boolean, at = 0): Promise<void> {
    const { games, store } = this.ports;
    const part = await fetchLessons();
    const { begun, stepsOf } = part;
    const lesson = known(part, id);
    const game = lesson.games[0] ?? '';
    const { fast } = await games.presets(game);
    const going = { running: true, learning: true, lockstep: false, speed: lesson.speed };
    await this.receive(nameOf(part, id), game, lessonSettings(fast, lesson), going, false);
    store.patch({ settingsLocked: false });
    const steps = stepsOf(lesson, game, () => true);
    const kept = again ? undefined : store.state.lessons.kept[id];
    const last = Math.min(kept?.at ?? at, steps.length);
    const progress = last === 0 ? begun() : begun(last, kept?.results);
    this.show({ lesson: id, isOwn: true, fixed: [], hidden: [], settings: patchOf(lesson), steps, progress });
  }

  /** The run that was there before comes back as it was; where there was none, one of the same game. */
  async leave(): Promise<void> {
    const { desk, store } = this.ports;
    if (this.visit === null) return;
    const { game } = store.state;
    if (!(await desk.seeOff())) await desk.visit({ game, run: null, settings: null });
  }

  private get visit() {
    return this.ports.store.state.lessons.visit;
  }

  private async receive(
    name: string,
    game: string,
    hyperparameters: Hyperparameters,
    going: Parameters<RunDesk['receive']>[0]['going'],
    keepsNothing: boolean,
  ): Promise<void> {
    const { desk, games, store } = this.ports;
    const entry = await games.load(game);
    const { settingsLocked } = store.state;
    const isFirst = this.visit === null;
    await desk.receive({ entry, hyperparameters, going, name, keepsNothing });
    if (isFirst) this.wereLocked = settingsLocked;
  }

  private show(visit: NonNullable<LessonsState['visit']>): void {
    const { store } = this.ports;
    store.patch({ lessons: { ...store.state.lessons, visit, isListed: false } });
  }

  private left(): void {
    const { store } = this.ports;
    store.patch({ lessons: { ...store.state.lessons, visit: null }, settingsLocked: this.wereLocked });
  }
}

/** @throws PlaytrainError `bad-settings` where there is no such lesson. */
function known({ lessonOf, lessonWords }: LessonPart, id: string) {
  const lesson = lessonOf(id);
  if (lesson === undefined) throw new PlaytrainError('bad-settings', lessonWords.unknown(id));
  return lesson;
}

/** What the run is called. */
function nameOf({ lessonWords }: LessonPart, id: string | null): string {
  return id === null ? lessonWords.class : lessonWords.lessons[id as keyof typeof lessonWords.lessons].title;
}
