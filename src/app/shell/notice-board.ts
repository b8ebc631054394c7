import { PlaytrainError, sentenceOf } from '../../contract';
import type { Notice } from '../../ui/shell/page-state';
import type { PageStore } from './page-store';

const goodNewsMs = 6_000;

/** What a notice can be about, and what is over with it. The page is not over while anybody reads it. */
const partsOf = {
  court: ['court'],
  session: ['session'],
  run: ['run', 'session'],
  game: ['game', 'run', 'session', 'court'],
  page: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Subject = keyof typeof partsOf;

/** Clock and timers, so that tests need not wait. */
export type Later = (task: () => void, delayMs: number) => void;

/**
 * What the page tells in sentences. A notice stays until a person dismisses it, what it was about went well after all or
 * is over, or another with its id takes its place; good news goes by itself.
 */
export class NoticeBoard {
  private readonly store: PageStore;
  private readonly later: Later;
  /** Counts showings, so that the end of one does not take away the next. */
  private showings = 0;
  private readonly shown = new Map<string, number>();
  /** What a person has put away, and is not told again until it went well once. */
  private readonly silenced = new Set<string>();
  /** What each notice is about that was told and is not settled. */
  private readonly about = new Map<string, Subject>();

  constructor(store: PageStore, later: Later = (task, delayMs) => void setTimeout(task, delayMs)) {
    this.store = store;
    this.later = later;
  }

  /** @param about with what it is over, if nobody dismisses it. */
  tell(notice: Notice, about: Subject = 'page'): void {
    this.showings += 1;
    this.shown.set(notice.id, this.showings);
    this.about.set(notice.id, about);
    const others = this.store.state.notices.filter(({ id }) => id !== notice.id);
    this.store.patch({ notices: [...others, notice] });
  }

  /** Tells of a state that lasts: once, and after a person has dismissed it not again before `settled`. */
  tellOnce(notice: Notice, about: Subject = 'page'): void {
    if (this.silenced.has(notice.id) || this.isShown(notice.id)) return;
    this.tell(notice, about);
  }

  /** Shows good news for a while; apart from what is told under the same id of what went wrong. */
  inform(about: string, message: string, actions: Notice['actions'] = []): void {
    const id = `news-${about}`;
    this.tell({ id, severity: 'info', message, actions });
    const showing = this.showings;
    this.later(() => {
      if (this.shown.get(id) === showing) this.clear(id);
    }, goodNewsMs);
  }

  /** A person has read it. */
  dismiss(id: string): void {
    if (this.isShown(id)) this.silenced.add(id);
    this.clear(id);
  }

  /** What it was about is well: takes the notice away, and the next of its kind is told again. */
  settled(...ids: readonly string[]): void {
    for (const id of ids) {
      this.silenced.delete(id);
      this.about.delete(id);
      this.clear(id);
    }
  }

  /** Another takes its place, or none: what was told of it, and of what was part of it, is no news any more. */
  ended(subject: Exclude<Subject, 'page'>): void {
    const parts: readonly Subject[] = partsOf[subject];
    const over = [...this.about].filter(([, about]) => parts.includes(about));
    this.settled(...over.map(([id]) => id));
  }

  /** As `settled`, for every notice whose id begins so. */
  settledAll(prefix: string): void {
    this.settled(...this.store.state.notices.map(({ id }) => id).filter((id) => id.startsWith(prefix)));
  }

  private isShown(id: string): boolean {
    return this.store.state.notices.some((notice) => notice.id === id);
  }

  private clear(id: string): void {
    this.shown.delete(id);
    if (!this.isShown(id)) return;
    this.store.patch({ notices: this.store.state.notices.filter((notice) => notice.id !== id) });
  }
}

/** What to tell of whatever was thrown, with what a person can do about it. */
export function failureNotice(id: string, error: unknown): Notice {
  const isMissing = error instanceof PlaytrainError && error.code === 'not-loaded';
  const actions: Notice['actions'] = isMissing ? [{ label: 'Reload', intent: { kind: 'reload' } }] : [];
  return { id, severity: 'error', message: sentenceOf(error), actions };
}
