import { type Observable, Subscription } from 'rxjs';
import { seatsOf, type TakeOverResult } from '../../contract';
import { joinedBests } from '../../storage/preferences';
import type { AppFeature } from '../feature';
import { randomSeed } from '../matches/random-seed';
import type { Arenas } from '../runs/arenas';
import type { RunDesk } from '../runs/run-desk';
import type { RunSession } from '../runs/run-session';
import type { Choices } from '../shell/choices';
import type { PageStore } from '../shell/page-store';
import { countdownMs, type Hold, held } from './hold';
import { hasUsualWeights, returnOf } from './result';

/** A stall is not to eat the countdown. */
const longestFrameMs = 100;

export interface TakeOverPorts {
  readonly store: PageStore;
  readonly choices: Pick<Choices, 'read$' | 'remember'>;
  readonly desk: RunDesk;
  readonly frames$: Observable<number>;
}

/**
 * Follows a person who takes an arena over where an agent is alone: counts down while the agent still plays, then tells
 * what their try comes to (how long they hold it, or the return), beside their best and the agent's mean.
 */
export class TakeOver {
  private readonly ports: TakeOverPorts;
  private readonly all = new Subscription();
  private hold: Hold | null = null;
  private startTicks = 0;
  private ticksBefore = 0;
  private lastMs: number | null = null;
  /** The person's best by game, of each kind of result. */
  private readonly bests: Record<TakeOverResult, Readonly<Record<string, number>>> = { time: {}, return: {} };

  constructor(ports: TakeOverPorts) {
    this.ports = ports;
    this.all.add(
      ports.choices.read$.subscribe(({ bestTakeOver, bestReturn }) => {
        this.bests.time = joinedBests(this.bests.time, bestTakeOver);
        this.bests.return = joinedBests(this.bests.return, bestReturn);
      }),
    );
    this.all.add(ports.frames$.subscribe((nowMs) => this.frame(nowMs)));
  }

  dispose(): void {
    this.all.unsubscribe();
  }

  private frame(nowMs: number): void {
    const { store, desk } = this.ports;
    const { session } = desk;
    const { focusPlayer, spec, focusedArena, running } = store.state;
    const arenas = session?.arenas ?? null;
    // A game of somebody's own tells by itself what a try comes to.
    if (session === null || arenas === null || focusPlayer !== 'person' || seatsOf(spec) !== 1) {
      this.end();
      return;
    }
    const elapsedMs = this.lastMs === null ? 0 : Math.min(nowMs - this.lastMs, longestFrameMs);
    this.lastMs = nowMs;
    const episodeTicks = arenas.driver.environment.episodeTicks[focusedArena] ?? 0;
    if (this.hold === null) {
      this.hold = { phase: 'countdown', leftMs: countdownMs };
      this.ticksBefore = episodeTicks;
      arenas.setHandsOff(true);
    }
    if (!running) return;
    const before = this.hold;
    const { hold, endedTicks } = held(before, this.startTicks, this.ticksBefore, { elapsedMs, episodeTicks });
    this.hold = hold;
    this.ticksBefore = episodeTicks;
    if (endedTicks !== null) this.note(this.resultOf(arenas, endedTicks, 'lastRewardTerms'));
    if (hold.phase !== before.phase) {
      arenas.setHandsOff(hold.phase === 'countdown');
      if (hold.phase === 'playing') this.beginTry(arenas, focusedArena);
    }
    this.show(session, arenas, hold);
  }

  /** A person begins from the start: what the agent left them might be in mid-fall. */
  private beginTry(arenas: Arenas, arena: number): void {
    arenas.driver.environment.restartArena(arena, randomSeed());
    this.startTicks = 0;
    this.ticksBefore = 0;
  }

  private end(): void {
    this.lastMs = null;
    if (this.hold === null) return;
    this.hold = null;
    this.ports.desk.session?.arenas?.setHandsOff(false);
    this.ports.store.patch({ takeOver: null });
  }

  private get result(): TakeOverResult {
    const { game, games } = this.ports.store.state;
    return games.find(({ id }) => id === game)?.about.takeOverResult ?? 'time';
  }

  /** What a try of so many ticks came to: the present episode's, or the last one's that ended. */
  private resultOf(arenas: Arenas, ticks: number, sums: 'episodeRewardTerms' | 'lastRewardTerms'): number {
    const { spec, focusedArena } = this.ports.store.state;
    if (this.result === 'time') return (ticks * spec.tickMs) / 1_000;
    return returnOf(spec, arenas.driver.environment[sums], focusedArena);
  }

  private note(reached: number): void {
    const { store, choices } = this.ports;
    const { game, takeOver } = store.state;
    const { result, bests } = this;
    if (takeOver !== null) store.patch({ takeOver: { ...takeOver, present: reached } });
    const before = bests[result][game];
    if (before !== undefined && reached <= before) return;
    const best = { [game]: reached };
    bests[result] = { ...bests[result], ...best };
    choices.remember(result === 'time' ? { bestTakeOver: best } : { bestReturn: best });
  }

  private show(session: RunSession, arenas: Arenas, hold: Hold): void {
    const { store } = this.ports;
    const { game, takeOver } = store.state;
    const { result } = this;
    store.patch({
      takeOver: {
        countdownMs: hold.phase === 'countdown' ? hold.leftMs : 0,
        result,
        present:
          hold.phase === 'playing'
            ? this.resultOf(arenas, hold.heldTicks, 'episodeRewardTerms')
            : (takeOver?.present ?? null),
        best: this.bests[result][game] ?? null,
        agent: this.agentMean(session),
      },
    });
  }

  private agentMean({ run }: RunSession): number | null {
    const { spec, hyperparameters } = this.ports.store.state;
    const values = run.newest?.values;
    if (this.result === 'return') {
      return hasUsualWeights(spec, hyperparameters) ? (values?.['meanReturn'] ?? null) : null;
    }
    const meanLength = values?.['meanLength'] ?? null;
    return meanLength === null
      ? null
      : (meanLength * hyperparameters.decisionIntervalTicks * spec.tickMs) / 1_000;
  }
}

/** Taking over is an intent of the transport bar; this is what comes with it. */
export function takeOverFeature(ports: TakeOverPorts): AppFeature {
  const takeOver = new TakeOver(ports);
  return { intents: {}, dispose: () => takeOver.dispose() };
}
