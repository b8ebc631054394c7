import type { Observable, Subscription } from 'rxjs';
import { seatsOf } from '../../contract';
import type { PageStorage } from '../../storage/page-storage';
import type { AppFeature } from '../feature';
import { randomSeed } from '../matches/random-seed';
import type { RunDesk } from '../runs/run-desk';
import type { RunSession } from '../runs/run-session';
import type { PageStore } from '../shell/page-store';
import { countdownMs, type Hold, held } from './hold';

/** A stall is not to eat the countdown. */
const longestFrameMs = 100;

export interface TakeOverPorts {
  readonly store: PageStore;
  readonly storage: Pick<PageStorage, 'preferences'>;
  readonly desk: RunDesk;
  readonly frames$: Observable<number>;
}

/**
 * Times a person who takes an arena over where an agent is alone: counts down while the agent still plays, then tells
 * how long they hold it, beside their best and the agent's mean.
 */
export class TakeOver {
  private readonly ports: TakeOverPorts;
  private readonly following: Subscription;
  private hold: Hold | null = null;
  private startTicks = 0;
  private ticksBefore = 0;
  private lastMs: number | null = null;
  private best: Readonly<Record<string, number>> = {};

  constructor(ports: TakeOverPorts) {
    this.ports = ports;
    ports.storage.preferences.load().then(
      ({ value }) => (this.best = value.bestTakeOver),
      // Storage is closed: bests hold as long as the page is open.
      () => {},
    );
    this.following = ports.frames$.subscribe((nowMs) => this.frame(nowMs));
  }

  dispose(): void {
    this.following.unsubscribe();
  }

  private frame(nowMs: number): void {
    const { store, desk } = this.ports;
    const { session } = desk;
    const { focusPlayer, spec, focusedArena, running } = store.state;
    if (session === null || focusPlayer !== 'person' || seatsOf(spec) !== 1) {
      this.end();
      return;
    }
    const elapsedMs = this.lastMs === null ? 0 : Math.min(nowMs - this.lastMs, longestFrameMs);
    this.lastMs = nowMs;
    const episodeTicks = session.arenas.driver.environment.episodeTicks[focusedArena] ?? 0;
    if (this.hold === null) {
      this.hold = { phase: 'countdown', leftMs: countdownMs };
      this.ticksBefore = episodeTicks;
      session.arenas.setHandsOff(true);
    }
    if (!running) return;
    const before = this.hold;
    const { hold, endedTicks } = held(before, this.startTicks, this.ticksBefore, { elapsedMs, episodeTicks });
    this.hold = hold;
    this.ticksBefore = episodeTicks;
    if (endedTicks !== null) this.note(endedTicks);
    if (hold.phase !== before.phase) {
      session.arenas.setHandsOff(hold.phase === 'countdown');
      if (hold.phase === 'playing') this.beginTry(session, focusedArena);
    }
    this.show(hold);
  }

  /** A person begins from the start: what the agent left them might be in mid-fall. */
  private beginTry({ arenas }: RunSession, arena: number): void {
    arenas.driver.environment.restartArena(arena, randomSeed());
    this.startTicks = 0;
    this.ticksBefore = 0;
  }

  private end(): void {
    this.lastMs = null;
    if (this.hold === null) return;
    this.hold = null;
    this.ports.desk.session?.arenas.setHandsOff(false);
    this.ports.store.patch({ takeOver: null });
  }

  private note(ticks: number): void {
    const { store, storage } = this.ports;
    const { game, spec } = store.state;
    const seconds = (ticks * spec.tickMs) / 1_000;
    if (seconds <= (this.best[game] ?? 0)) return;
    this.best = { ...this.best, [game]: seconds };
    void storage.preferences.save({ bestTakeOver: this.best }).catch(() => {});
  }

  private show(hold: Hold): void {
    const { store, desk } = this.ports;
    const { game, spec, hyperparameters } = store.state;
    const meanLength = desk.session?.run.newest?.values['meanLength'] ?? null;
    const seconds = (ticks: number) => (ticks * spec.tickMs) / 1_000;
    const before = store.state.takeOver;
    store.patch({
      takeOver: {
        countdownMs: hold.phase === 'countdown' ? hold.leftMs : 0,
        heldSeconds: hold.phase === 'playing' ? seconds(hold.heldTicks) : (before?.heldSeconds ?? null),
        bestSeconds: this.best[game] ?? null,
        agentSeconds:
          meanLength === null ? null : seconds(meanLength * hyperparameters.decisionIntervalTicks),
      },
    });
  }
}

/** Taking over is an intent of the transport bar; this is what comes with it. */
export function takeOverFeature(ports: TakeOverPorts): AppFeature {
  const takeOver = new TakeOver(ports);
  return { intents: {}, dispose: () => takeOver.dispose() };
}
