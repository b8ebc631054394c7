import type { ArenaShare } from '../agent/arena-shares';
import type { FullRollout } from '../agent/full-rollout';
import type { WorkWindows } from '../agent/work-windows';
import type {
  ActingBackend,
  AgentEvent,
  CapturedUpdate,
  EnvironmentSpec,
  FrameReport,
  Hyperparameters,
  NormalisationData,
  Policy,
  RolloutShape,
  SnapshotData,
  Thought,
} from '../contract';
import type { Refusal } from './refusal';

/** What the page may ask of any worker, over Comlink, to know whether it lives. */
export interface LivingService {
  /** Answers as long as the worker is alive and not stuck. */
  ping(): Promise<void>;
  /** Whether the worker holds its liveness lock by this name, so that waiting for it tells of the worker's end. */
  holdsLock(name: string): Promise<boolean>;
  /** A port at which somebody answers until the worker ends, also while it computes; null where there is no such thing. */
  pulse(): Promise<MessagePort | null>;
}

/** What the page may ask of the learner's worker. */
export interface LearnerService extends LivingService {
  /**
   * Opens the backend, builds the learner, compiles its programs, and starts to take rollouts: from the collectors'
   * ports, one of each an update, or, where there are none, from the actor's.
   *
   * @returns what the actor needs to begin, or why the backend or the state cannot be used.
   */
  begin(start: LearnerStart, ports: LearnerPorts): Promise<LearnerBegun | Refusal>;
  /**
   * Takes rollouts from other collectors from now on, or, where there are none, from the actor. Waits for an update
   * under way; what was handed over before goes back.
   *
   * @returns what they need to begin.
   */
  replaceCollectors(ports: readonly MessagePort[]): Promise<LearnerBegun>;
  /** Takes hold at the next update. @returns null, or why they are refused; nothing changes then. */
  setHyperparameters(hyperparameters: Hyperparameters): Promise<Refusal | null>;
  /** In lockstep, updates come to the same bits on every machine. Takes hold once no update is under way. */
  setLockstep(on: boolean): Promise<void>;
  /** How the page’s frames came, so that learning can make room for them. */
  frames(report: FrameReport): Promise<void>;
  /** The whole training state as a `.safetensors` file. */
  checkpoint(): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Copies of what one of the next updates learns from and makes of it, the agent of the run's arena and seat in
   * detail; null where another wish took this one's place.
   */
  captureUpdate(arena: number, seat: number): Promise<CapturedUpdate | null>;
  /** The state after the newest update; null where the page has been sent that already. */
  unsentCheckpoint(): Promise<KeptCheckpoint | null>;
}

export interface LearnerPorts {
  readonly actor: MessagePort;
  /** For what the learner tells the page by itself: `LearnerToPage`. */
  readonly page: MessagePort;
  readonly collectors: readonly MessagePort[];
}

export interface LearnerStart {
  readonly spec: EnvironmentSpec;
  /** As the person set them: what checkpoints hold. */
  readonly hyperparameters: Hyperparameters;
  /** A checkpoint to go on from, or null to begin from nothing. */
  readonly checkpoint: Uint8Array<ArrayBuffer> | null;
  /** The best that is kept of this run; null when none is. Under other reward weights than now it counts for nothing. */
  readonly best: Pick<KeptCheckpoint, 'version' | 'meanReturn'> | null;
  /** True once the graphics processor has failed again and again: it is left alone, whatever the settings say. */
  readonly withoutGraphics: boolean;
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

/** What the page may ask of the actor's worker. */
export interface ActorService extends LivingService {
  begin(start: ActorStart, pagePort: MessagePort, learnerPort: MessagePort): Promise<void>;
  /** Rollout length, reward weights and discount, from the next rollout on. */
  setHyperparameters(hyperparameters: Hyperparameters): Promise<void>;
  /** Whether steps are recorded for the learner. */
  setLearning(on: boolean): Promise<void>;
  /** In lockstep, a decision that fills a rollout waits for its update. */
  setLockstep(on: boolean): Promise<void>;
  /**
   * Whether it gathers what is learned from; else it only shows the newest policy. What it gathered and has not handed
   * over is given up.
   *
   * @param decisions of the run so far, where it is to count on from them.
   */
  setGathering(on: boolean, decisions: number): Promise<void>;
  /**
   * Chooses the policy of arenas whose controller is `frozen`.
   *
   * @returns the policy itself, which is the same again for an actor that takes this one's place; or why it is refused.
   */
  setFrozen(choice: FrozenChoice): Promise<Policy | Refusal>;
  /** Tells the page what the policy thinks of an arena's agent, as often as people can see; null to tell no more. */
  setThinking(arena: number | null): Promise<void>;
  /** Whether to beat the page's clock, which browsers slow down where nobody looks. */
  setBeating(on: boolean): Promise<void>;
}

/** A checkpoint's policy, the newest as it is now, or one that was chosen before. */
export type FrozenChoice = Uint8Array<ArrayBuffer> | 'newest' | Policy;

export interface CollectorStart extends LearnerBegun {
  readonly share: ArenaShare;
  /** What the page hands to its game, which alone knows what it is. */
  readonly handed?: unknown;
}

/** What the page may ask of a collector's worker. */
export interface CollectorService extends LivingService {
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

/** Page to actor: a question's buffer. Actor to page: an answer's buffer, a beat of the clock, or what was thought. */
export type PageToActor = ArrayBuffer;
export type ActorToPage = ArrayBuffer | 'wake' | Thought;

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

/** The states of one of the run's arenas are to be handed over along with rollouts; of none any more for null. */
export interface NoteStates {
  readonly noteStatesOf: number | null;
}

/** When to work, so that frames that are seen come in time; null for always. */
export interface KeepWindows {
  readonly windows: WorkWindows | null;
}

/** Learner to collector: an update began, so that decisions during it can be counted; or ended. */
export type LearnerToCollector = 'updateStarted' | NoteStates | KeepWindows | UpdateMessage;

/** Learner to page. */
export type LearnerToPage =
  | { readonly kind: 'event'; readonly event: AgentEvent }
  /** From now on the learner may compute for so long without hearing anything; on the graphics processor, or not. */
  | { readonly kind: 'longestStep'; readonly durationMs: number; readonly onGraphics: boolean }
  /** The worker ends itself, for the reason that the sentence gives; another is to go on from the last checkpoint. */
  | { readonly kind: 'ending'; readonly message: string }
  | { readonly kind: 'checkpoint'; readonly checkpoint: KeptCheckpoint };

/** A checkpoint with what is needed to judge it without opening it. */
export interface KeptCheckpoint {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly version: number;
  readonly decisions: number;
  readonly meanReturn: number | null;
  /** True when the return that it is judged by is the highest of the run. */
  readonly isBest: boolean;
}
