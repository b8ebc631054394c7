import { type Observable, Subject } from 'rxjs';
import { collectorCount, maySpareCollector } from '../agent/arena-shares';
import {
  type AgentEvent,
  type CapturedUpdate,
  DecisionBatch,
  type DecisionShape,
  decisionShape,
  type FrameReport,
  type Hyperparameters,
  PlaytrainError,
  sentenceOf,
  type Thought,
} from '../contract';
import type { ActorToPage, KeptCheckpoint, LearnerBegun, LearnerStart, LearnerToPage } from './protocol';
import { RoundTrips } from './round-trips';
import { pagePlace, Supervisor, type SupervisorPlace } from './supervisor';
import { Wishes } from './wishes';
import type { WorkerFactory } from './worker-factory';
import { WorkerLost } from './worker-handle';
import type { WorkerSet } from './worker-set';

/** How an agent begins. */
export interface AgentStart extends Omit<LearnerStart, 'withoutGraphics'> {
  /** True where all experience is to be gathered in the game that is seen, whatever the settings say. */
  readonly withoutCollectors?: boolean;
}

/**
 * The page's side of an agent: carries questions and answers, tells the workers what is wished, and what they say to
 * whoever listens. A `Supervisor` keeps the workers alive.
 */
export class AgentClient {
  readonly events$: Observable<AgentEvent>;
  readonly checkpoints$: Observable<KeptCheckpoint>;
  readonly answers$: Observable<{ readonly batch: DecisionBatch; readonly nowMs: number }>;
  /** A steady beat from the actor's worker, which no browser throttles in a hidden tab. */
  readonly wakes$: Observable<number>;
  /** What the policy thinks of the agent that `setThinking` named. */
  readonly thoughts$: Observable<Thought>;
  /** The workers are (again) there and know of no question; whoever asks begins anew. */
  readonly connected$: Observable<void>;
  /** There are more collectors than before, or fewer. */
  readonly sharedOut$: Observable<void>;
  readonly roundTrips = new RoundTrips();

  private readonly events = new Subject<AgentEvent>();
  private readonly checkpoints = new Subject<KeptCheckpoint>();
  private readonly answers = new Subject<{ batch: DecisionBatch; nowMs: number }>();
  private readonly wakes = new Subject<number>();
  private readonly thoughts = new Subject<Thought>();
  private readonly connected = new Subject<void>();
  private readonly sharedOut = new Subject<void>();

  private readonly place: SupervisorPlace;
  private readonly shape: DecisionShape;
  private readonly wishes: Wishes;
  private readonly supervisor: Supervisor;
  private readonly stopWatching: () => void;
  private updating = false;
  private askedAtMs = 0;

  /** @throws PlaytrainError `bad-settings` where collectors are asked for and no worker knows the game. */
  constructor(start: AgentStart, factory: WorkerFactory, place: SupervisorPlace = pagePlace) {
    const { spec, hyperparameters, checkpoint, best } = start;
    this.place = place;
    this.shape = decisionShape(spec, hyperparameters.arenas);
    this.wishes = new Wishes(hyperparameters);
    this.supervisor = new Supervisor({
      spec,
      checkpoint,
      best,
      collectors: start.withoutCollectors ? 0 : collectorsWished(hyperparameters, factory, place),
      maySpareCollector:
        !start.withoutCollectors &&
        factory.collector !== undefined &&
        maySpareCollector(hyperparameters.collectors, place.cores()),
      factory,
      wishes: this.wishes,
      place,
      listener: {
        answered: (message) => this.receive(message),
        told: (message) => this.hear(message),
        connected: () => this.connected.next(),
        warned: (message, remedy) =>
          this.events.next({ kind: 'warning', message, ...(remedy && { remedy }) }),
        restarted: (reason, from) => this.tellRestart(reason, from),
        failed: (message, surrender) => this.events.next({ kind: 'failed', message, surrender }),
        sharedOut: () => this.sharedOut.next(),
      },
    });
    this.stopWatching = factory.onHandedChange?.(() => this.supervisor.renewCollectors()) ?? (() => {});
    this.events$ = this.events;
    this.checkpoints$ = this.checkpoints;
    this.answers$ = this.answers;
    this.wakes$ = this.wakes;
    this.thoughts$ = this.thoughts;
    this.connected$ = this.connected;
    this.sharedOut$ = this.sharedOut;
  }

  /**
   * Spawns the workers and waits until all have begun. Workers that are lost meanwhile are replaced.
   *
   * @throws PlaytrainError when the backend is not there, the checkpoint does not fit, or no collector can play the game.
   */
  open(): Promise<void> {
    return this.supervisor.open();
  }

  /** Sends a question; its buffer moves to the actor. Without workers it is dropped: `connected$` begins anew. */
  ask(question: DecisionBatch): void {
    this.askedAtMs = this.place.nowMs();
    this.supervisor.workers?.ask(question.buffer);
  }

  /**
   * Asks for other settings, from the next update on.
   *
   * @throws PlaytrainError `bad-settings` when they cannot work, or need workers that begin anew; nothing changes then.
   */
  setHyperparameters(hyperparameters: Hyperparameters): Promise<void> {
    return this.wishes.setHyperparameters(hyperparameters);
  }

  /** Tells the learner how the page’s frames came. Where nobody sees them any more, the newest update is kept. */
  frames(report: FrameReport): void {
    void this.wishes.frames(report);
    if (!report.visible) this.keepNow();
  }

  /** Turned off, the newest update is kept. */
  async setLearning(on: boolean): Promise<void> {
    await this.wishes.setLearning(on);
    if (!on) this.keepNow();
  }

  /** Collectors stand still while the person's game does, and the newest update is kept. */
  async setPaused(on: boolean): Promise<void> {
    await this.wishes.setPaused(on);
    if (on) this.keepNow();
  }

  /** Whether `wakes$` is needed: where frames are all that the game goes by, it is not. */
  setBeating(on: boolean): Promise<void> {
    return this.wishes.setBeating(on);
  }

  /** Tells what the policy thinks of an arena's agent, by `thoughts$`; null to tell no more. */
  setThinking(arena: number | null): Promise<void> {
    return this.wishes.setThinking(arena);
  }

  /** How many collectors play beside the game. */
  get collectors(): number {
    return this.supervisor.collectors;
  }

  /**
   * Whether a collector gathers, out of sight, where the settings leave their number to the machine and it began with
   * none. `collectors` says once it does.
   */
  spareCollector(on: boolean): void {
    this.supervisor.spareCollector(on);
  }

  /** Whether each decision waits for its answer, and each full rollout for its update. */
  setLockstep(on: boolean): Promise<void> {
    return this.wishes.setLockstep(on);
  }

  /**
   * Chooses the policy of arenas that are played by a frozen one; it stays the same however often workers are replaced.
   *
   * @throws PlaytrainError `bad-file` when the checkpoint does not fit; the policy before stays.
   */
  setFrozen(checkpoint: Uint8Array<ArrayBuffer> | 'newest'): Promise<void> {
    return this.wishes.setFrozen(checkpoint);
  }

  /** The training state after the last update, as a `.safetensors` file; null before there is any. */
  async checkpoint(): Promise<Uint8Array<ArrayBuffer> | null> {
    const { lastCheckpoint } = this.supervisor;
    return (await this.ofWorkers((workers) => workers.checkpoint())) ?? lastCheckpoint;
  }

  /**
   * What one of the next updates learns from and makes of it, the agent of an arena and seat in detail. Costs nothing
   * but then. Null where the workers are lost, or another asks, before there is one.
   */
  captureUpdate(arena: number, seat: number): Promise<CapturedUpdate | null> {
    return this.ofWorkers((workers) => workers.captureUpdate(arena, seat));
  }

  /** Resolves once `checkpoints$` has told of the newest update; to be awaited before the agent is disposed of. */
  async keepNewest(): Promise<void> {
    const checkpoint = await this.ofWorkers((workers) => workers.unsentCheckpoint());
    if (checkpoint !== null && this.supervisor.keep(checkpoint)) this.checkpoints.next(checkpoint);
  }

  /** Ends the workers; nothing is told any more. */
  dispose(): void {
    this.stopWatching();
    this.supervisor.dispose();
    for (const subject of [
      this.events,
      this.checkpoints,
      this.answers,
      this.wakes,
      this.thoughts,
      this.connected,
      this.sharedOut,
    ]) {
      subject.complete();
    }
  }

  private keepNow(): void {
    this.keepNewest().catch((error: unknown) => {
      this.events.next({ kind: 'warning', message: sentenceOf(error) });
    });
  }

  /** @returns null where there are no workers, or they are lost before they answer. */
  private async ofWorkers<Answer>(request: (workers: WorkerSet) => Promise<Answer>): Promise<Answer | null> {
    const { workers } = this.supervisor;
    if (workers === null) return null;
    try {
      return await request(workers);
    } catch (error) {
      if (error instanceof WorkerLost) return null;
      throw error;
    }
  }

  private receive(message: ActorToPage): void {
    const nowMs = this.place.nowMs();
    if (message === 'wake') {
      this.wakes.next(nowMs);
      return;
    }
    if ('odds' in message) {
      this.thoughts.next(message);
      return;
    }
    this.roundTrips.add(nowMs - this.askedAtMs, this.updating);
    this.answers.next({ batch: new DecisionBatch(this.shape, message), nowMs });
  }

  private hear(message: LearnerToPage): void {
    if (message.kind === 'checkpoint') this.checkpoints.next(message.checkpoint);
    if (message.kind !== 'event') return;
    const { event } = message;
    if (event.kind === 'updateStarted') this.updating = true;
    if (event.kind === 'updated' || event.kind === 'warning' || event.kind === 'failed')
      this.updating = false;
    this.events.next(event);
  }

  private tellRestart(message: string, { snapshot: { version }, decisions }: LearnerBegun): void {
    this.updating = false;
    this.events.next({ kind: 'restarted', message, version, decisions });
  }
}

function collectorsWished(
  { collectors, arenas }: Hyperparameters,
  factory: WorkerFactory,
  place: SupervisorPlace,
): number {
  const knowsGame = factory.collector !== undefined;
  if (!knowsGame && collectors !== 'auto' && collectors !== 'none') {
    throw new PlaytrainError(
      'bad-settings',
      'Collectors were asked for, but no worker knows this game; give the client one whose file calls serveCollector, or set collectors to none.',
    );
  }
  return collectorCount(collectors, knowsGame ? place.cores() : 0, arenas);
}
