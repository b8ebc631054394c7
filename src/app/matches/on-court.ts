import type { MatchSpeed, MatchView, PersonInput, ReplayPosition, Stage } from '../../contract';
import type { MatchRecord } from '../../match/record';
import type { StageLooks } from '../game-stage';

/** What the persons at this device hold down: the first, the second. */
export type Hands = readonly [PersonInput, PersonInput];

/** Whatever stands on the court: a match of its own, a replay, or a match in the run's first arena. */
export interface OnCourt {
  readonly view: MatchView;
  /** Ticks that were played. */
  readonly ticks: number;
  readonly paused: boolean;
  readonly speed: MatchSpeed;
  setPaused(on: boolean): void;
  setSpeed(speed: MatchSpeed): void;
  /** A frame is about to be drawn. @throws PlaytrainError where a replay does not repeat. */
  frame(nowMs: number): void;
  stage(options: MatchStageOptions): Stage;
  /** What it takes to play it again. */
  record(): MatchRecord;
  /** A hash of the present state. */
  hash(): number;
  /** Of a replay: a hash of the hashes after every rally tick so far. */
  tickDigest?(): number;
  /** Of a replay: where in it one is. */
  readonly position?: ReplayPosition | undefined;
  /** Of a replay: goes to where so many rally ticks were played, with the next frame or as soon as it can. */
  seek?(tick: number): void;
  /** It is over with, finished or not. */
  leave(): void;
}

/** What the page decides about how a match is drawn and heard. */
export interface MatchStageOptions extends StageLooks {
  sound(): boolean;
}
