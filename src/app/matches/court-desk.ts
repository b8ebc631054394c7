import { isPerson, type MatchSpeed, type Stage } from '../../contract';
import type { CountedMatch } from '../../match/counting';
import type { CourtState } from '../../ui/matches/play-state';
import type { Court } from './court';
import { LearningMatch } from './learning-match';
import type { MatchStageOptions } from './on-court';

/** What the court needs of the page. */
export interface CourtPorts {
  readonly wishes: MatchStageOptions;
  /** Draws a match in place of training; null draws training again. */
  show(stage: Stage | null): void;
  /** Gives the focused arena back to the newest policy, whoever played it. */
  handBack(): void;
  /** Counts a match for ratings. @returns how far the visitor's moved; null where it was not at stake. */
  rate(counted: CountedMatch): Promise<CourtState['ratingChange']>;
  /** Something else is on the court, or what is there was counted. */
  changed(): void;
  /** The match goes on, and the page shows what it has come to. */
  moved(): void;
  /** What is on the court cannot be played on. */
  failed(kind: CourtState['kind'], error: unknown): void;
}

/** The one place where a match or a replay is played, in place of training: puts them there, and takes them away. */
export class CourtDesk {
  private readonly ports: CourtPorts;
  private court: Court | null = null;
  private met: string | null = null;

  constructor(ports: CourtPorts) {
    this.ports = ports;
  }

  /** Null while training is on it. */
  get current(): Court | null {
    return this.court;
  }

  /** True while a person has their hands on a match that is not over. */
  get isPlayed(): boolean {
    return this.court?.hasPerson === true && !this.court.isOver;
  }

  /** True while the run's own first arena is what is played. */
  get takesArena(): boolean {
    return this.court?.session instanceof LearningMatch;
  }

  /** Against whom the person played last. */
  get lastMet(): string | null {
    return this.met;
  }

  /** Puts a match on the court, in place of whatever is there. */
  put(court: Court): void {
    const { ports } = this;
    this.clear();
    ports.handBack();
    this.court = court;
    if (court.hasPerson) this.met = court.setup.seats.find((seat) => !isPerson(seat)) ?? null;
    ports.changed();
    ports.show(court.session.stage(ports.wishes));
  }

  /** Gives the court back to training. @returns whether there was anything on it. */
  leave(): boolean {
    if (this.court === null) return false;
    this.clear();
    this.ports.show(null);
    this.ports.changed();
    return true;
  }

  /** What was being played is left, and counts where it was being lost. Nothing is drawn in its place. */
  clear(): void {
    const { court } = this;
    if (court === null) return;
    this.court = null;
    void this.count(court);
    court.session.leave();
  }

  /** A frame is about to be drawn. */
  frame(nowMs: number): void {
    const { court, ports } = this;
    if (court === null) return;
    try {
      if (court.frame(nowMs)) void this.count(court);
    } catch (error) {
      // What failed would fail at every frame.
      court.session.setPaused(true);
      ports.failed(court.kind, error);
    }
    ports.moved();
  }

  setPaused(on: boolean): void {
    this.court?.session.setPaused(on);
    this.ports.moved();
  }

  setSpeed(speed: MatchSpeed): void {
    this.court?.session.setSpeed(speed);
    this.ports.moved();
  }

  /** In a replay: goes to where so many rally ticks were played. */
  seek(tick: number): void {
    this.court?.session.seek?.(tick);
    this.ports.moved();
  }

  /** A person's hands are not on the game any more: their match waits. */
  handsOff(): void {
    if (this.isPlayed) this.setPaused(true);
  }

  /** How what is being played would count if it were left now; null where it would not. */
  standing(): CountedMatch | null {
    return this.court === null || this.court.isOver ? null : this.court.standing();
  }

  /** A match has come to its end, or is left: it counts once, where it does. */
  private async count(court: Court): Promise<void> {
    const counted = court.count();
    if (counted === null) return;
    const change = await this.ports.rate(counted);
    if (change !== null) court.ratingChange = change;
    this.ports.changed();
  }
}
