import { type Remote, transfer, wrap } from 'comlink';
import { type Observable, Subject } from 'rxjs';
import {
  type AgentEvent,
  DecisionBatch,
  decisionShape,
  type EnvironmentSpec,
  type Hyperparameters,
  hyperparameterProblems,
  PlaytrainError,
} from '../contract';
import type {
  ActorDoor,
  ActorToPage,
  KeptCheckpoint,
  LearnerDoor,
  LearnerStart,
  LearnerToPage,
} from './doors';
import { lifelineCut } from './lifeline';
import { RoundTrips } from './round-trips';

/** A worker that does not answer for this long is taken for stuck. */
const heartbeatIntervalMs = 5000;
const heartbeatTimeoutMs = 20_000;
/** Loading, opening a backend and compiling take a slow machine long, but not for ever. */
const startTimeoutMs = 120_000;
/** More restarts than this within the window, and the client gives up. */
const mostRestarts = 4;
const restartWindowMs = 60_000;

/** How to make the two workers; a game that bundles them its own way passes its own. */
export interface WorkerFactory {
  actor(name: string): Worker;
  learner(name: string): Worker;
}

const ownWorkers: WorkerFactory = {
  actor: (name) => new Worker(new URL('./actor.worker.ts', import.meta.url), { type: 'module', name }),
  learner: (name) => new Worker(new URL('./learner.worker.ts', import.meta.url), { type: 'module', name }),
};

/** One pair of workers, joined. */
interface Connection {
  readonly actor: Remote<ActorDoor>;
  readonly learner: Remote<LearnerDoor>;
  /** The page's end of the decision port, and the actor's. */
  readonly decisions: MessagePort;
  readonly actorPort: MessagePort;
  /** Rejects when either worker ends or gets stuck; never resolves. */
  readonly lost: Promise<never>;
  lose(message: string): void;
  readonly closed: AbortSignal;
  close(): void;
}

/**
 * The page's side of an agent: spawns actor and learner, carries questions and answers, and brings the pair back
 * from the last checkpoint when a worker dies or its graphics context is lost.
 */
export class AgentClient {
  readonly events$: Observable<AgentEvent>;
  readonly checkpoints$: Observable<KeptCheckpoint>;
  readonly answers$: Observable<{ readonly batch: DecisionBatch; readonly nowMs: number }>;
  /** A steady beat from the actor's worker, which no browser throttles in a hidden tab. */
  readonly wakes$: Observable<number>;
  /** The workers are (again) there and know of no question; whoever asks begins anew. */
  readonly connected$: Observable<void>;
  readonly roundTrips = new RoundTrips();

  private readonly events = new Subject<AgentEvent>();
  private readonly checkpoints = new Subject<KeptCheckpoint>();
  private readonly answers = new Subject<{ batch: DecisionBatch; nowMs: number }>();
  private readonly wakes = new Subject<number>();
  private readonly connected = new Subject<void>();

  private readonly spec: EnvironmentSpec;
  private readonly workers: WorkerFactory;
  private hyperparameters: Hyperparameters;
  private checkpointBytes: Uint8Array<ArrayBuffer> | null;
  private bestReturn: number | null;
  private version = 0;
  private learning = true;
  private lockstep = false;
  private frozen: Uint8Array<ArrayBuffer> | 'newest' | null = null;

  private opening: Connection | null = null;
  private connection: Connection | null = null;
  /** True once workers have begun: those that come after find the arenas in mid-episode. */
  private hasBegun = false;
  private disposed = false;
  private updating = false;
  private askedAtMs = 0;
  private restartTimesMs: number[] = [];

  constructor(start: LearnerStart, workers: WorkerFactory = ownWorkers) {
    this.spec = start.spec;
    this.hyperparameters = start.hyperparameters;
    this.checkpointBytes = start.checkpoint;
    this.bestReturn = start.bestReturn;
    this.workers = workers;
    this.events$ = this.events;
    this.checkpoints$ = this.checkpoints;
    this.answers$ = this.answers;
    this.wakes$ = this.wakes;
    this.connected$ = this.connected;
  }

  /**
   * Spawns the workers and waits until both have begun. Workers that are lost meanwhile are replaced.
   *
   * @throws PlaytrainError when the backend is not there or the checkpoint does not fit.
   */
  async open(): Promise<void> {
    try {
      await this.connect();
    } catch (error) {
      if (error instanceof PlaytrainError && error.code !== 'worker-lost' && error.code !== 'context-lost')
        throw error;
      await this.recover(error);
    }
  }

  private async connect(): Promise<void> {
    const connection = this.spawn();
    this.opening = connection;
    const tooLate = setTimeout(() => connection.lose('The agent did not start in time.'), startTimeoutMs);
    try {
      const sent = this.hyperparameters;
      await Promise.race([this.begin(connection), connection.lost]);
      // What was wished for while the workers started.
      if (this.hyperparameters !== sent) await this.sendHyperparameters(connection);
      if (!this.learning) await connection.actor.setLearning(false);
      if (this.lockstep) await connection.actor.setLockstep(true);
      if (this.frozen !== null) await connection.actor.setFrozen(this.frozen);
    } catch (error) {
      connection.close();
      throw error;
    } finally {
      clearTimeout(tooLate);
      this.opening = null;
    }
    if (this.disposed) {
      connection.close();
      return;
    }
    this.connection = connection;
    this.hasBegun = true;
    connection.lost.catch((error: unknown) => this.recover(error));
    void this.watchHeartbeat(connection);
    this.connected.next();
  }

  /** Sends a question; its buffer moves to the actor. Without workers it is dropped: `connected$` begins anew. */
  ask(question: DecisionBatch): void {
    this.askedAtMs = performance.now();
    this.connection?.decisions.postMessage(question.buffer, [question.buffer]);
  }

  /** @throws PlaytrainError `bad-settings` when they cannot work; nothing changes then. */
  async setHyperparameters(hyperparameters: Hyperparameters): Promise<void> {
    const problems = hyperparameterProblems(hyperparameters);
    if (problems.length > 0) throw new PlaytrainError('bad-settings', problems.join(' '));
    this.hyperparameters = hyperparameters;
    await this.call((connection) => this.sendHyperparameters(connection));
  }

  async setLearning(on: boolean): Promise<void> {
    this.learning = on;
    await this.call(({ actor }) => actor.setLearning(on));
  }

  async setLockstep(on: boolean): Promise<void> {
    this.lockstep = on;
    await this.call(({ actor }) => actor.setLockstep(on));
  }

  /** Chooses the policy of arenas that are played by a frozen one. */
  async setFrozen(checkpoint: Uint8Array<ArrayBuffer> | 'newest'): Promise<void> {
    this.frozen = checkpoint;
    await this.call(({ actor }) => actor.setFrozen(checkpoint));
  }

  /** The training state after the last update, as a `.safetensors` file; null before there is any. */
  async checkpoint(): Promise<Uint8Array<ArrayBuffer> | null> {
    const connection = this.connection;
    if (connection === null) return this.checkpointBytes;
    return Promise.race([connection.learner.checkpoint(), connection.lost]);
  }

  dispose(): void {
    this.disposed = true;
    this.opening?.close();
    this.connection?.close();
    this.connection = null;
    for (const subject of [this.events, this.checkpoints, this.answers, this.wakes, this.connected]) {
      subject.complete();
    }
  }

  private async call(request: (connection: Connection) => Promise<void>): Promise<void> {
    const connection = this.connection;
    // Without workers the wish is kept and made when they are back.
    if (connection !== null) await Promise.race([request(connection), connection.lost]);
  }

  private async sendHyperparameters({ actor, learner }: Connection): Promise<void> {
    await learner.setHyperparameters(this.hyperparameters);
    await actor.setHyperparameters(this.hyperparameters);
  }

  private spawn(): Connection {
    const unique = crypto.getRandomValues(new Uint32Array(2)).join('-');
    const names = { actor: `playtrain-actor-${unique}`, learner: `playtrain-learner-${unique}` };
    const actorWorker = this.workers.actor(names.actor);
    const learnerWorker = this.workers.learner(names.learner);
    const actor = wrap<ActorDoor>(actorWorker);
    const learner = wrap<LearnerDoor>(learnerWorker);
    const closing = new AbortController();
    const decisions = new MessageChannel();
    let lose: (message: string) => void = () => {};
    const lost = new Promise<never>((_, reject) => {
      lose = (message) => reject(new PlaytrainError('worker-lost', message));
      const watch = async (
        worker: Worker,
        door: Remote<ActorDoor> | Remote<LearnerDoor>,
        name: string,
        role: string,
      ) => {
        worker.onerror = (event) =>
          lose(`The ${role} stopped with an error: ${event.message || 'its script did not load'}.`);
        await door.ping();
        await lifelineCut(name, closing.signal);
        if (!closing.signal.aborted) lose(`The ${role} ended without a word.`);
      };
      void watch(actorWorker, actor, names.actor, 'actor');
      void watch(learnerWorker, learner, names.learner, 'learner');
    });
    lost.catch(() => {});
    const connection: Connection = {
      actor,
      learner,
      decisions: decisions.port1,
      actorPort: decisions.port2,
      lost,
      lose: (message) => lose(message),
      closed: closing.signal,
      close() {
        closing.abort();
        actorWorker.terminate();
        learnerWorker.terminate();
        decisions.port1.close();
      },
    };
    this.receive(connection.decisions);
    return connection;
  }

  private async begin(connection: Connection): Promise<void> {
    const between = new MessageChannel();
    const toPage = new MessageChannel();
    toPage.port1.onmessage = ({ data }: MessageEvent<LearnerToPage>) => this.hear(data);
    connection.closed.addEventListener('abort', () => toPage.port1.close());
    const { spec, hyperparameters, checkpointBytes: checkpoint, bestReturn } = this;
    const start = await connection.learner.begin(
      { spec, hyperparameters, checkpoint, bestReturn },
      transfer(between.port1, [between.port1]),
      transfer(toPage.port2, [toPage.port2]),
    );
    if ('refused' in start) throw new PlaytrainError(start.refused, start.message);
    this.version = start.snapshot.version;
    await connection.actor.begin(
      { ...start, continuing: this.hasBegun },
      transfer(connection.actorPort, [connection.actorPort]),
      transfer(between.port2, [between.port2]),
    );
  }

  private receive(port: MessagePort): void {
    const shape = decisionShape(this.spec, this.hyperparameters.arenas);
    port.onmessage = ({ data }: MessageEvent<ActorToPage>) => {
      const nowMs = performance.now();
      if (data === 'wake') {
        this.wakes.next(nowMs);
        return;
      }
      this.roundTrips.add(nowMs - this.askedAtMs, this.updating);
      this.answers.next({ batch: new DecisionBatch(shape, data), nowMs });
    };
  }

  private hear(message: LearnerToPage): void {
    if (message.kind === 'checkpoint') {
      this.checkpointBytes = message.checkpoint.bytes;
      if (message.checkpoint.isBest) this.bestReturn = message.checkpoint.meanReturn;
      this.checkpoints.next(message.checkpoint);
      return;
    }
    const { event } = message;
    if (event.kind === 'updateStarted') this.updating = true;
    if (event.kind === 'updated') {
      this.updating = false;
      this.version = event.metrics.version;
    }
    if (event.kind === 'warning' || event.kind === 'failed') this.updating = false;
    this.events.next(event);
  }

  /**
   * Asks both workers now and then whether they are there: a stuck worker holds its lifeline but does not answer. Only
   * once they have begun, since compiling shaders may block a slow machine's learner for long.
   */
  private async watchHeartbeat(connection: Connection): Promise<void> {
    const { actor, learner, closed } = connection;
    const sleep = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));
    while (!closed.aborted) {
      await sleep(heartbeatIntervalMs);
      const answered = Promise.all([actor.ping(), learner.ping()]).then(() => true);
      const inTime = await Promise.race([answered, sleep(heartbeatTimeoutMs).then(() => false)]);
      if (inTime) continue;
      if (!closed.aborted) connection.lose('A worker has stopped answering.');
      return;
    }
  }

  private async recover(error: unknown): Promise<void> {
    if (this.disposed) return;
    this.connection?.close();
    this.connection = null;
    this.updating = false;
    const message = error instanceof Error ? error.message : String(error);
    const nowMs = performance.now();
    this.restartTimesMs = this.restartTimesMs.filter((timeMs) => nowMs - timeMs < restartWindowMs);
    this.restartTimesMs.push(nowMs);
    if (this.restartTimesMs.length > mostRestarts) {
      this.events.next({
        kind: 'failed',
        message: `${message} It was restarted ${mostRestarts} times within a minute, which is too often; reload the page, or choose another backend in the settings.`,
      });
      return;
    }
    // A machine that keeps losing its graphics context learns on without it.
    if (this.restartTimesMs.length > 1 && this.hyperparameters.backend !== 'cpu') {
      this.hyperparameters = { ...this.hyperparameters, backend: 'wasm' };
    }
    try {
      await this.connect();
      if (this.disposed) return;
      this.events.next({
        kind: 'restarted',
        version: this.version,
        message: `${message} The agent was restarted from update ${this.version}; nothing before that is lost.`,
      });
    } catch (reason) {
      await this.recover(reason);
    }
  }
}
