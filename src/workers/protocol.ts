import type { FullRollout } from '../agent/actor';
import type { ArenaShare } from '../agent/arena-shares';
import type {
  ActingBackend,
  AgentEvent,
  EnvironmentSpec,
  FrameReport,
  Hyperparameters,
  NormalisationData,
  PlaytrainErrorCode,
  Policy,
  RolloutShape,
  SnapshotData,
} from '../contract';

/**
 * Answers as long as a worker is alive and not stuck.
 *
 * @returns whether the worker holds its liveness lock, so that waiting for it tells of the worker's end.
 */
export type Ping = () => Promise<boolean>;

/** What the page may ask of the learner's worker, over Comlink. */
export interface LearnerService {
  ping: Ping;
  /**
   * Opens the backend, builds the learner, compiles its programs, and starts to take rollouts: from `collectorPorts`,
   * one of each an update, or, where there are none, from `actorPort`.
   *
   * @returns what the actor needs to begin, or why the backend or the state cannot be used.
   */
  begin(
    options: LearnerStart,
    actorPort: MessagePort,
    eventPort: MessagePort,
    collectorPorts: readonly MessagePort[],
  ): Promise<LearnerBegun | Refusal>;
  /** Takes hold at the next update. @throws PlaytrainError `bad-settings`. */
  setHyperparameters(hyperparameters: Hyperparameters): Promise<void>;
  /** How the page’s frames came, so that learning can make room for them. */
  frames(report: FrameReport): Promise<void>;
  /** The whole training state as a `.safetensors` file. */
  checkpoint(): Promise<Uint8Array<ArrayBuffer>>;
}

export interface LearnerStart {
  readonly spec: EnvironmentSpec;
  readonly hyperparameters: Hyperparameters;
  /** A checkpoint to go on from, or null to begin from nothing. */
  readonly checkpoint: Uint8Array<ArrayBuffer> | null;
  /** Mean return of the best that is kept of this run; null when none is. */
  readonly bestReturn: number | null;
}

/** An error as it crosses between threads, which keep only messages of errors. */
export interface Refusal {
  readonly refused: PlaytrainErrorCode;
  readonly message: string;
}

/** What an actor needs of its learner to begin. */
export interface LearnerBegun {
  readonly spec: EnvironmentSpec;
  readonly hyperparameters: Hyperparameters;
  readonly snapshot: SnapshotData;
  readonly normalisation: NormalisationData;
  /** Earlier policies that it may meet. */
  readonly past: readonly Policy[];
  readonly decisions: number;
  /** Where actions are computed. */
  readonly acting: ActingBackend;
}

export interface ActorStart extends LearnerBegun {
  /** False where collectors gather what is learned from: then the actor only shows the newest policy. */
  readonly records: boolean;
  /** True when the arenas are in mid-episode: an actor takes the place of one that is gone. */
  readonly continuing: boolean;
}

/** What the page may ask of the actor's worker, over Comlink. */
export interface ActorService {
  ping: Ping;
  begin(start: ActorStart, pagePort: MessagePort, learnerPort: MessagePort): Promise<void>;
  /** Rollout length, reward weights and discount, from the next rollout on. */
  setHyperparameters(hyperparameters: Hyperparameters): Promise<void>;
  /** Whether steps are recorded for the learner. */
  setLearning(on: boolean): Promise<void>;
  /** In lockstep, a decision that fills a rollout waits for its update. */
  setLockstep(on: boolean): Promise<void>;
  /** The policy of arenas whose controller is `frozen`: a checkpoint's, or the newest as it is now. */
  setFrozen(checkpoint: Uint8Array<ArrayBuffer> | 'newest'): Promise<void>;
}

export interface CollectorStart extends LearnerBegun {
  readonly share: ArenaShare;
}

/** What the page may ask of a collector's worker, over Comlink. */
export interface CollectorService {
  ping: Ping;
  /**
   * Sets its share of the arenas up. It plays nothing before it is told to run.
   *
   * @returns null, or why it cannot play the game.
   */
  begin(start: CollectorStart, learnerPort: MessagePort): Promise<Refusal | null>;
  /** Whether it plays. Stopped, it stands still where it is. */
  setRunning(on: boolean): Promise<void>;
  /** In lockstep, the decision after a full rollout waits for its update. */
  setLockstep(on: boolean): Promise<void>;
}

/** Page to actor: a question's buffer. Actor to page: an answer's buffer, or a beat of the clock. */
export type PageToActor = ArrayBuffer;
export type ActorToPage = ArrayBuffer | 'wake';

/** A full rollout on its way to the learner; `buffer` is transferred. */
export interface RolloutMessage extends Omit<FullRollout, 'rollout'> {
  readonly buffer: ArrayBuffer;
  readonly shape: RolloutShape;
}

/** An update's end: what to act by from now on, and the rollout's memory back. */
export interface UpdateMessage {
  readonly snapshot: SnapshotData;
  /** The run's statistics, everybody's samples merged. */
  readonly normalisation: NormalisationData;
  /** A policy that joins the opponents; null where none does. */
  readonly addedPast: Policy | null;
  /** As last wished, for rollouts that begin from now on. */
  readonly hyperparameters: Hyperparameters;
  /** Of the learner's policy since the run began, those it learned from. */
  readonly decisions: number;
  /** Null for an actor that handed nothing over, and only shows the policy. */
  readonly buffer: ArrayBuffer | null;
  /** False when the learner has given up and takes no more rollouts. */
  readonly accepting: boolean;
}

/** Learner to collector: an update began, so that decisions during it can be counted; or ended. */
export type LearnerToCollector = 'updateStarted' | UpdateMessage;

/** Learner to page: events, and checkpoints to keep. */
export type LearnerToPage =
  | { readonly kind: 'event'; readonly event: AgentEvent }
  | { readonly kind: 'checkpoint'; readonly checkpoint: KeptCheckpoint };

/** A checkpoint with what is needed to judge it without opening it. */
export interface KeptCheckpoint {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly version: number;
  readonly decisions: number;
  readonly meanReturn: number | null;
  /** True when its mean return over 20 episodes is the highest of the run. */
  readonly isBest: boolean;
}
