import { Subscription } from 'rxjs';
import type { EpisodeEnding, GamePromise, RunId } from '../../contract';
import type { FirstMinuteIntent } from '../../ui/first-minute/first-minute-state';
import { type AppFeature, type IntentHandlers, now } from '../feature';
import type { RunDesk } from '../runs/run-desk';
import type { RunSession } from '../runs/run-session';
import type { Choices } from '../shell/choices';
import type { Later } from '../shell/notice-board';
import type { PageStore } from '../shell/page-store';

/** A number that changes more often cannot be read. */
const showEveryMs = 300;
/** How long it is told that a promise came true. */
const reachedMs = 15_000;

export interface PromisePorts {
  readonly store: PageStore;
  readonly desk: Pick<RunDesk, 'begun$'>;
  readonly choices: Pick<Choices, 'read$' | 'remember'>;
  readonly nowMs: () => number;
  readonly later?: Later;
}

/** The count of the run in front. */
interface Count {
  readonly run: RunId;
  readonly game: string;
  readonly promise: GamePromise;
  times: number;
  shownAtMs: number;
}

/**
 * Counts what a game promises a first visitor: only in runs that began before their eyes, so that the number is true, and
 * in each game until it came true once.
 */
export class PromiseWatch implements AppFeature {
  private readonly ports: PromisePorts;
  private readonly all = new Subscription();
  /** Games whose promise is over. Null until it is known. */
  private over: readonly string[] | null = null;
  private count: Count | null = null;

  readonly intents: IntentHandlers<Extract<FirstMinuteIntent, { readonly kind: 'putPromiseAway' }>> = {
    putPromiseAway: now(() => this.end(this.ports.store.state.games.map(({ id }) => id))),
  };

  constructor(ports: PromisePorts) {
    this.ports = ports;
    this.all.add(ports.desk.begun$.subscribe(({ session }) => this.follow(session)));
    // Where storage is closed, every visit is a first one.
    this.all.add(
      ports.choices.read$.subscribe(({ promisesOver }) => {
        this.over = [...new Set([...(this.over ?? []), ...promisesOver])];
        if (this.ports.store.state.promise?.reached !== true) this.show();
      }),
    );
  }

  dispose(): void {
    this.all.unsubscribe();
  }

  private follow({ run, played }: RunSession): void {
    const isSame = this.count?.run === run.id;
    if (!isSame) {
      const { promise } = run.entry.about;
      const { game } = run.entry.spec;
      const isNew = run.history.points.length === 0;
      this.count = isNew ? { run: run.id, game, promise, times: 0, shownAtMs: 0 } : null;
      this.show();
    }
    // Ends with the session's arenas.
    played.ended$.subscribe((endings) => {
      if (this.count?.run === run.id) this.take(this.count, endings);
    });
  }

  private take(count: Count, endings: readonly EpisodeEnding[]): void {
    const { store, nowMs } = this.ports;
    if (store.state.promise?.reached !== false) return;
    for (const ending of endings) {
      if (count.promise.isReached(ending)) {
        this.reached(count);
        return;
      }
      if (count.promise.isCounted(ending)) count.times += 1;
    }
    if (nowMs() - count.shownAtMs >= showEveryMs) this.show();
  }

  private reached({ run, game, times }: Count): void {
    const { store, choices, later = (task, delayMs) => void setTimeout(task, delayMs) } = this.ports;
    this.over = [...(this.over ?? []), game];
    choices.remember({ promisesOver: [game] });
    store.patch({ promise: { times, reached: true } });
    later(() => {
      if (store.state.front === run) store.patch({ promise: null });
    }, reachedMs);
  }

  private end(games: readonly string[]): void {
    this.over = games;
    this.ports.choices.remember({ promisesOver: games });
    this.ports.store.patch({ promise: null });
  }

  private show(): void {
    const { store, nowMs } = this.ports;
    const { count, over } = this;
    const isShown = count !== null && over !== null && !over.includes(count.game);
    if (count !== null) count.shownAtMs = nowMs();
    store.patch({ promise: isShown ? { times: count.times, reached: false } : null });
  }
}
