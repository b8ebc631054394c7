import type {
  AgentEvent,
  EnvironmentSpec,
  EpisodeRecord,
  Hyperparameters,
  NormalisationData,
  PlaytrainErrorCode,
  RolloutCounters,
  RolloutShape,
  SnapshotData,
} from '../contract';

/** What the page may ask of the learner's worker, over Comlink. */
export interface LearnerDoor {
  /** Answers as long as the worker is alive and not stuck. */
  ping(): Promise<void>;
  /**
   * Opens the backend, builds the learner, compiles its programs, and starts to take rollouts from `actorPort`.
   *
   * @returns what the actor needs to begin, or why the backend or the state cannot be used.
   */
  begin(
    options: LearnerStart,
    actorPort: MessagePort,
    eventPort: MessagePort,
  ): Promise<LearnerBegun | Refusal>;
  /** Takes hold at the next update. @throws PlaytrainError `bad-settings`. */
  setHyperparameters(hyperparameters: Hyperparameters): Promise<void>;
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
  readonly decisions: number;
}

export interface ActorStart extends LearnerBegun {
  /** True when the arenas are in mid-episode: an actor takes the place of one that is gone. */
  readonly continuing: boolean;
}

/** What the page may ask of the actor's worker, over Comlink. */
export interface ActorDoor {
  ping(): Promise<void>;
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

/** Page to actor: a question's buffer. Actor to page: an answer's buffer, or a beat of the clock. */
export type PageToActor = ArrayBuffer;
export type ActorToPage = ArrayBuffer | 'wake';

/** A full rollout on its way to the learner; `buffer` is transferred. */
export interface RolloutMessage {
  readonly buffer: ArrayBuffer;
  readonly shape: RolloutShape;
  readonly episodes: readonly EpisodeRecord[];
  readonly counters: RolloutCounters;
  readonly normalisation: NormalisationData;
}

/** An update's end: what to act by from now on, and the rollout's memory back. */
export interface UpdateMessage {
  readonly snapshot: SnapshotData;
  readonly buffer: ArrayBuffer;
  /** False when the learner has given up and takes no more rollouts. */
  readonly accepting: boolean;
}

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
