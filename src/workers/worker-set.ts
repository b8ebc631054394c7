import { transfer } from 'comlink';
import type { ArenaShare } from '../agent/arena-shares';
import type { CapturedUpdate, FrameReport, Hyperparameters, Policy } from '../contract';
import type {
  ActorService,
  ActorToPage,
  CollectorService,
  FrozenChoice,
  KeptCheckpoint,
  LearnerBegun,
  LearnerService,
  LearnerStart,
  LearnerToPage,
} from './protocol';
import { granted } from './refusal';
import type { Watched } from './watchdog';
import type { WorkerFactory } from './worker-factory';
import { WorkerHandle, type WorkerHandleOptions, type WorkerLost, type WorkerRole } from './worker-handle';

/** What a set of workers tells whoever made it. */
export interface WorkerSetListener {
  /** The actor answered a question, or beat the clock. */
  answered(message: ActorToPage): void;
  /** The learner told something by itself. */
  told(message: LearnerToPage): void;
  /** Somebody answers in the stead of a member; see `WorkerHandleOptions`. */
  pulse(pulse: Watched): void;
  /** A worker is gone: without the actor or the learner, the set is of no use any more. */
  lost(loss: WorkerLost): void;
}

export interface WorkerSetOptions extends Pick<WorkerHandleOptions, 'lockReleased'> {
  readonly factory: WorkerFactory;
  readonly listener: WorkerSetListener;
}

/** How a set begins. */
export interface WorkerSetStart {
  readonly learner: LearnerStart;
  /** One a collector; with none, experience is gathered where the game is seen. */
  readonly shares: readonly ArenaShare[];
  /** True when the arenas are in mid-episode: these workers take the place of others. */
  readonly continuing: boolean;
}

/**
 * Actor, learner and collectors, joined: makes them, carries what they and the page tell each other, and says when one
 * is gone. Knows nothing of what the page wishes, nor how to replace anybody.
 */
export class WorkerSet {
  private readonly options: WorkerSetOptions;
  private readonly actor: WorkerHandle<ActorService>;
  private readonly learner: WorkerHandle<LearnerService>;
  private collectors: readonly WorkerHandle<CollectorService>[] = [];
  /** The page's end of the port for questions and answers, and the actor's. */
  private readonly decisions = new MessageChannel();
  /** The page's end of the port for what the learner tells, and the learner's. */
  private readonly news = new MessageChannel();

  constructor(options: WorkerSetOptions) {
    const { factory, listener } = options;
    this.options = options;
    this.actor = this.made<ActorService>('actor', factory.actor);
    this.learner = this.made<LearnerService>('learner', factory.learner);
    this.decisions.port1.onmessage = ({ data }: MessageEvent<ActorToPage>) => listener.answered(data);
    this.news.port1.onmessage = ({ data }: MessageEvent<LearnerToPage>) => {
      if (data.kind === 'ending') this.learner.lose(data.message);
      else listener.told(data);
    };
  }

  /** The workers, to be asked whether they are there; the learner first. */
  get members(): readonly (Watched & { readonly role: WorkerRole })[] {
    return this.handles;
  }

  /** Resolves once the actor is loaded and answers; rejects when it is lost before. */
  actorAnswers(): Promise<Watched> {
    return this.actor.ping().then(() => this.actor);
  }

  /** So many milliseconds have passed in which workers could have got on. */
  passed(durationMs: number): void {
    for (const worker of this.handles) worker.passed(durationMs);
  }

  /** Those who answer in the stead of members, as long as these live. */
  get pulses(): readonly Watched[] {
    return this.handles.flatMap(({ pulse }) => pulse ?? []);
  }

  private get handles() {
    return [this.learner, this.actor, ...this.collectors];
  }

  /**
   * Sets all of them up; can be called once.
   *
   * @returns what the learner begins with.
   * @throws WorkerLost when one is lost meanwhile; any other PlaytrainError when the backend is not there, the
   * checkpoint does not fit or no collector can play the game.
   */
  async begin(start: WorkerSetStart): Promise<LearnerBegun> {
    const between = new MessageChannel();
    const { handles, channels } = this.makeCollectors(start.shares.length);
    this.collectors = handles;
    const collectors = channels.map(({ port1 }) => port1);
    const ports = { actor: between.port1, page: this.news.port2, collectors };
    const begun = granted(
      await this.learner.call((learner) =>
        learner.begin(start.learner, transfer(ports, [between.port1, this.news.port2, ...collectors])),
      ),
    );
    await this.actor.call((actor) =>
      actor.begin(
        { ...begun, continuing: start.continuing, records: start.shares.length === 0 },
        transfer(this.decisions.port2, [this.decisions.port2]),
        transfer(between.port2, [between.port2]),
      ),
    );
    await this.beginCollectors(begun, start.shares, channels);
    return begun;
  }

  /**
   * Puts other collectors, one a share, in the place of those that are there; they stand still. With none, the actor
   * gathers.
   *
   * @throws as `begin`.
   */
  async replaceCollectors(shares: readonly ArenaShare[]): Promise<void> {
    for (const collector of this.collectors) collector.close();
    const { handles, channels } = this.makeCollectors(shares.length);
    this.collectors = handles;
    const ports = channels.map(({ port1 }) => port1);
    const actorGathers = ports.length === 0;
    if (!actorGathers) await this.actor.call((actor) => actor.setGathering(false, 0));
    const begun = await this.learner.call((learner) => learner.replaceCollectors(transfer(ports, ports)));
    await this.beginCollectors(begun, shares, channels);
    if (actorGathers) await this.actor.call((actor) => actor.setGathering(true, begun.decisions));
  }

  /** Sends a question, whose buffer moves to the actor. */
  ask(question: ArrayBuffer): void {
    this.decisions.port1.postMessage(question, [question]);
  }

  /** @throws PlaytrainError `bad-settings` when they are refused; WorkerLost. */
  async setHyperparameters(hyperparameters: Hyperparameters): Promise<void> {
    granted(await this.learner.call((learner) => learner.setHyperparameters(hyperparameters)));
    await this.actor.call((actor) => actor.setHyperparameters(hyperparameters));
  }

  /** @returns the policy that was chosen. @throws PlaytrainError `bad-file` when it is refused; WorkerLost. */
  async setFrozen(choice: FrozenChoice): Promise<Policy> {
    return granted(await this.actor.call((actor) => actor.setFrozen(choice)));
  }

  async setLearning(on: boolean): Promise<void> {
    await this.actor.call((actor) => actor.setLearning(on));
  }

  async setThinking(arena: number | null): Promise<void> {
    await this.actor.call((actor) => actor.setThinking(arena));
  }

  async setBeating(on: boolean): Promise<void> {
    await this.actor.call((actor) => actor.setBeating(on));
  }

  async setLockstep(on: boolean): Promise<void> {
    const learner = this.learner.call((each) => each.setLockstep(on));
    const actor = this.actor.call((each) => each.setLockstep(on));
    await Promise.all([
      learner,
      actor,
      ...this.collectors.map(({ call }) => call((each) => each.setLockstep(on))),
    ]);
  }

  /** Whether collectors play. */
  async setRunning(on: boolean): Promise<void> {
    await Promise.all(this.collectors.map(({ call }) => call((collector) => collector.setRunning(on))));
  }

  async frames(report: FrameReport): Promise<void> {
    await this.learner.call((learner) => learner.frames(report));
  }

  checkpoint(): Promise<Uint8Array<ArrayBuffer>> {
    return this.learner.call((learner) => learner.checkpoint());
  }

  captureUpdate(arena: number, seat: number): Promise<CapturedUpdate | null> {
    return this.learner.call((learner) => learner.captureUpdate(arena, seat));
  }

  unsentCheckpoint(): Promise<KeptCheckpoint | null> {
    return this.learner.call((learner) => learner.unsentCheckpoint());
  }

  /** They take too long to begin, which mostly is the learner’s doing; it counts as lost. */
  giveUp(message: string): void {
    this.learner.lose(message);
  }

  /** Ends all of them; what was asked of them ends with WorkerLost. */
  close(): void {
    for (const worker of this.handles) worker.close();
    this.decisions.port1.close();
    this.news.port1.close();
  }

  private made<Service extends ActorService | LearnerService | CollectorService>(
    role: WorkerRole,
    make: (name: string) => Worker,
  ): WorkerHandle<Service> {
    const { listener, ...options } = this.options;
    return new WorkerHandle<Service>({
      role,
      make,
      lost: (loss) => listener.lost(loss),
      pulse: (pulse) => listener.pulse(pulse),
      ...options,
    });
  }

  private makeCollectors(count: number) {
    const { collector } = this.options.factory;
    const handles =
      collector === undefined
        ? []
        : Array.from({ length: count }, () => this.made<CollectorService>('collector', collector));
    return { handles, channels: handles.map(() => new MessageChannel()) };
  }

  private async beginCollectors(
    begun: LearnerBegun,
    shares: readonly ArenaShare[],
    channels: readonly MessageChannel[],
  ): Promise<void> {
    const handed = this.collectors.length === 0 ? undefined : this.options.factory.handed?.();
    const answers = await Promise.all(
      this.collectors.map(({ call }, index) => {
        const { port2 } = channels[index]!; // made for it
        const share = shares[index]!; // one a collector
        return call((collector) => collector.begin({ ...begun, share, handed }, transfer(port2, [port2])));
      }),
    );
    for (const answer of answers) granted(answer);
  }
}
