import {
  controllers,
  type EpisodeEnding,
  type MatchSpeed,
  type MatchView,
  type PersonInput,
  type PlayerLook,
  paces,
  type ReplayPosition,
  type Stage,
} from '../../contract';
import { FixedClock } from '../../game/engine/clock';
import { playSlice } from '../../match/play-slice';
import type { MatchRecord } from '../../match/record';
import { noInput } from '../../streams/input/person-input';
import type { Hands, MatchStageOptions, OnCourt } from './on-court';

/** A match of its own or a replay, as a session plays it. */
export interface Playable {
  readonly state: Float64Array;
  readonly previousState: Float64Array;
  readonly actions: Float32Array;
  readonly view: MatchView;
  readonly episodeTicks: number;
  /** @param people what persons hold down, seat by seat. */
  tick(people: readonly [PersonInput, PersonInput]): void;
  takeEndings(): readonly EpisodeEnding[];
  record(): MatchRecord;
  hash(): number;
  /** Of a replay: a hash of the hashes after every rally tick so far. */
  tickDigest?(): number;
  /** Of a replay, which can be watched from anywhere. */
  readonly seeking?: Seeking;
}

/** How one gets about in a replay; see `SeekableReplay`. */
export interface Seeking {
  readonly position: ReplayPosition;
  seek(tick: number): void;
  /** @returns whether it has jumped. */
  work(isTimeUp: () => boolean): boolean;
}

export interface SessionOptions {
  readonly playable: Playable;
  readonly tickMs: number;
  /** Which person sits in each seat: 0 the first, 1 the second; null where nobody does. */
  readonly people: readonly [0 | 1 | null, 0 | 1 | null];
  /** How the players look, left and right. */
  readonly looks?: readonly [PlayerLook | null, PlayerLook | null];
  /** Asked at every tick, so that what is held down acts one tick later. */
  readonly hands: () => Hands;
  /** For how long a frame may play where the match goes as fast as it can. */
  readonly nowMs: () => number;
}

/** At most this much wall time is caught up after a pause of the page, so that nobody misses a rally. */
const longestCatchUpMs = 100;
/** Of a frame of 16.7 ms; the rest is for drawing and learning. */
const sliceMs = 6;
/** Of a frame, for reading ahead in a replay. */
const readingMs = 4;

/** Plays a match, or a replay of one, in step with frames, and shows it as a stage. */
export class CourtSession implements OnCourt {
  private readonly options: SessionOptions;
  private readonly clock: FixedClock;
  private readonly inputs: [PersonInput, PersonInput] = [noInput, noInput];
  private readonly episodeTicks = new Int32Array(1);
  private tickCount = 0;
  private cutCount = 0;
  private lastMs: number | null = null;
  private chosenSpeed: MatchSpeed = '1';
  private isPaused = false;
  private hasLeft = false;

  constructor(options: SessionOptions) {
    this.options = options;
    const maximumCatchUpTicks = Math.ceil((longestCatchUpMs * paces['16']) / options.tickMs);
    this.clock = new FixedClock({ tickMs: options.tickMs, maximumCatchUpTicks });
  }

  get view(): MatchView {
    return this.options.playable.view;
  }

  get ticks(): number {
    return this.tickCount;
  }

  get speed(): MatchSpeed {
    return this.chosenSpeed;
  }

  get paused(): boolean {
    return this.isPaused;
  }

  /** With a person in it a match goes at 16× at most: faster, nobody would see it. */
  setSpeed(speed: MatchSpeed): void {
    const hasPerson = this.options.people.some((person) => person !== null);
    this.chosenSpeed = speed === 'max' && hasPerson ? '16' : speed;
  }

  setPaused(on: boolean): void {
    this.isPaused = on;
  }

  frame(nowMs: number): void {
    const elapsedMs = this.lastMs === null ? 0 : Math.min(longestCatchUpMs, Math.max(0, nowMs - this.lastMs));
    this.lastMs = nowMs;
    this.seekOn();
    if (this.isPaused || this.isOver) return;
    if (this.chosenSpeed === 'max') {
      this.playSlice();
      return;
    }
    const due = this.clock.advance(elapsedMs, paces[this.chosenSpeed]);
    for (let tick = 0; tick < due && !this.isOver; tick++) this.tick();
  }

  stage(options: MatchStageOptions): Stage {
    const { playable, people, looks } = this.options;
    const controller = people.some((person) => person !== null) ? controllers.person : controllers.frozen;
    return {
      arenas: 1,
      stateSize: playable.state.length,
      states: playable.state,
      previousStates: playable.previousState,
      actions: playable.actions,
      episodeTicks: this.episodeTicks,
      blend: () => (this.chosenSpeed === 'max' || this.isOver ? 1 : this.clock.blend()),
      focusedArena: () => 0,
      focus: () => {},
      controller: () => controller,
      takeEndings: () => playable.takeEndings(),
      cuts: () => this.cutCount,
      match: () => playable.view,
      ...(looks === undefined ? {} : { looks: () => looks }),
      theme: () => options.theme(),
      reducedMotion: () => options.reducedMotion(),
      typeScale: () => options.typeScale?.() ?? 1,
      sound: () => options.sound(),
    };
  }

  record(): MatchRecord {
    return this.options.playable.record();
  }

  hash(): number {
    return this.options.playable.hash();
  }

  tickDigest(): number {
    return this.options.playable.tickDigest?.() ?? 0;
  }

  get position(): ReplayPosition | undefined {
    return this.options.playable.seeking?.position;
  }

  seek(tick: number): void {
    this.options.playable.seeking?.seek(tick);
  }

  leave(): void {
    this.hasLeft = true;
  }

  private get isOver(): boolean {
    return this.hasLeft || this.view.phase === 'over';
  }

  /** Reads on in a replay, and jumps where somebody wants to be; while it is paused, too. */
  private seekOn(): void {
    const { playable, nowMs } = this.options;
    if (playable.seeking === undefined) return;
    const endMs = nowMs() + readingMs;
    if (!playable.seeking.work(() => nowMs() >= endMs)) return;
    this.cutCount += 1;
    this.clock.reset();
    this.episodeTicks[0] = playable.episodeTicks;
  }

  private playSlice(): void {
    this.clock.reset();
    const ticking = { tick: () => this.tick(), isOver: () => this.isOver };
    playSlice(ticking, sliceMs, this.options.nowMs);
  }

  private tick(): void {
    const { playable, people, hands } = this.options;
    const held = hands();
    for (const seat of [0, 1] as const) {
      const person = people[seat];
      this.inputs[seat] = person === null ? noInput : held[person];
    }
    playable.tick(this.inputs);
    this.tickCount += 1;
    this.episodeTicks[0] = playable.episodeTicks;
  }
}
