import {
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  fromEvent,
  map,
  type Observable,
  retry,
  type Subscription,
  switchMap,
} from 'rxjs';
import { type Hyperparameters, type InspectedPlace, withPatch } from '../../contract';
import type { Lesson } from '../../lessons/lesson';
import type { MatchRecord } from '../../match/record';
import { recordToLink } from '../../match/record-link';
import {
  gameInUrl,
  lessonInUrl,
  readUrl,
  type UrlGame,
  type UrlLesson,
  type UrlState,
  writeReplayUrl,
  writeUrl,
} from '../../texts/address-notation';
import type { PageState } from '../../ui/shell/page-state';
import type { PageGames } from '../games/page-game';
import { fetchLessons } from '../lessons/fetch-lessons';
import { lessonSettings } from '../lessons/lesson-settings';
import type { PageStore } from './page-store';

/** Safari refuses more than a hundred changes in half a minute; then the newest is tried again. */
const againMs = 5_000;

/** What stands in the address bar, both ways: what a visitor puts there, and what the run in front is called. */
export class Address {
  private readonly window: Window;
  private readonly games: PageGames;
  private written = '';

  constructor(window: Window, games: PageGames) {
    this.window = window;
    this.games = games;
  }

  /** Whether it asks for anything. */
  get isNamed(): boolean {
    return this.window.location.hash.length > 1;
  }

  /** The game that it asks for; the first where it asks for none. */
  async game(): Promise<string> {
    return this.gameFor(await this.lesson());
  }

  /** Whether it is for a class: then nothing that was kept is touched. */
  get isForClass(): boolean {
    const { hash } = this.window.location;
    return lessonInUrl(hash) !== null && !hash.includes('own=on');
  }

  async read(): Promise<UrlState> {
    const { hash } = this.window.location;
    const lesson = await this.lesson();
    const game = this.gameFor(lesson);
    const { fast } = await this.games.presets(game);
    return readUrl(hash, { id: game, defaults: lessonSettings(fast, lesson) });
  }

  /** Keeps the address naming the run in front, its settings and its speed. */
  follow(store: PageStore): Subscription {
    return store.state$
      .pipe(
        map(addressOf),
        distinctUntilChanged(),
        switchMap((hash) => defer(() => this.written$(hash)).pipe(retry({ delay: againMs }))),
      )
      .subscribe();
  }

  private async lesson(): Promise<Lesson | undefined> {
    const id = lessonInUrl(this.window.location.hash);
    return id === null ? undefined : (await fetchLessons()).lessonOf(id);
  }

  private gameFor(lesson: Lesson | undefined): string {
    const [first, ...others] = this.games.list;
    const game = gameInUrl(this.window.location.hash, [first.id, ...others.map(({ id }) => id)]);
    return lesson === undefined || lesson.games.includes(game) ? game : (lesson.games[0] ?? game);
  }

  /** Completes at once. Throws where the browser would not have it. */
  private written$(hash: string): Observable<never> {
    this.window.history.replaceState(null, '', hash);
    this.written = hash;
    return EMPTY;
  }

  /** Calls back when somebody puts another address into the open page. */
  onTyped(listener: () => void): Subscription {
    return fromEvent(this.window, 'hashchange')
      .pipe(filter(() => this.window.location.hash !== this.written))
      .subscribe(listener);
  }
}

/** The fragment that finds the run in front again, in this browser. */
function addressOf(state: PageState): string {
  const { front, game, presets, hyperparameters, speed, settingsLocked, large, inspector, lessons } = state;
  const { visit } = lessons;
  if (visit === null) {
    const manner = { speed, locked: settingsLocked, large, run: front, inspect: inspector.place };
    return writeUrl({ id: game, defaults: presets.fast }, hyperparameters, manner);
  }
  // A lesson’s run is in no storage: the lesson is what can be found again.
  const { lesson, isOwn, fixed, hidden, settings, progress } = visit;
  const defaults = withPatch(presets.fast, settings);
  const asked = { id: lesson, at: progress.at, isOwn, fixed, hidden };
  const manner = { speed, locked: settingsLocked, large, lesson: asked };
  return writeUrl({ id: game, defaults }, hyperparameters, manner);
}

/** A link for a class: a fresh run, which nobody keeps, with settings that cannot be changed or not be seen. */
export function classLinkOf(
  { id, defaults }: UrlGame,
  settings: Hyperparameters,
  asked: Omit<UrlLesson, 'at' | 'isOwn'>,
  lesson: Lesson | undefined,
  locked: boolean,
  base: string,
): string {
  const begun = { ...asked, at: 0, isOwn: false };
  const manner = { speed: lesson?.speed ?? '1', locked, lesson: begun } as const;
  return new URL(writeUrl({ id, defaults: lessonSettings(defaults, lesson) }, settings, manner), base).href;
}

/**
 * A link to a place in an update, for others: it opens a run of its own with these settings.
 *
 * @param update as `updateToLink` wrote it; null leaves it out, and what opens shows its own next update.
 */
export function inspectLinkOf(
  state: PageState,
  inspect: InspectedPlace,
  update: string | null,
  base: string,
): string {
  const { game, presets, hyperparameters, settingsLocked, large } = state;
  const manner = {
    speed: '1',
    locked: settingsLocked,
    large,
    inspect,
    ...(update !== null && { update }),
  } as const;
  return new URL(writeUrl({ id: game, defaults: presets.fast }, hyperparameters, manner), base).href;
}

/** A link to the game with the settings of the run in front, for others: it names no run. */
export function linkOf(state: PageState, base: string): string {
  const { game, presets, hyperparameters, speed, settingsLocked, large } = state;
  const manner = { speed, locked: settingsLocked, large };
  return new URL(writeUrl({ id: game, defaults: presets.fast }, hyperparameters, manner), base).href;
}

/** A link with which anybody can watch a match; null where it would be too long. */
export function replayLinkOf(record: MatchRecord, base: string): string | null {
  const replay = recordToLink(record);
  return replay === null ? null : new URL(writeReplayUrl(record.game, replay), base).href;
}
