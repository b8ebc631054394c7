import { type Remote, transfer, wrap } from 'comlink';
import { type Observable, Subject } from 'rxjs';
import { isSimdAvailable } from '../agent/analytic-trainer';
import { type ArenaShare, collectorCount, shareArenas } from '../agent/arena-shares';
import {
  type AgentEvent,
  DecisionBatch,
  decisionShape,
  type EnvironmentSpec,
  type FrameReport,
  type Hyperparameters,
  hyperparameterProblems,
  PlaytrainError,
  problemSentence,
} from '../contract';
import { livenessLockReleased } from './liveness-lock';
import type {
  ActorService,
  ActorToPage,
  CollectorService,
  KeptCheckpoint,
  LearnerService,
  LearnerStart,
  LearnerToPage,
} from './protocol';
import { RoundTrips } from './round-trips';

/** A worker that does not answer for this long is taken for stuck. */
const heartbeatIntervalMs = 5000;
const heartbeatTimeoutMs = 20_000;
/** Loading, opening a backend and compiling take a slow machine long, but not for ever. */
const startTimeoutMs = 120_000;
/** More restarts than this within the window, and the client gives up. */
const mostRestarts = 4;
const restartWindowMs = 60_000;

/** How to make the workers; a game that bundles them its own way passes its own. */
export interface WorkerFactory {
  readonly actor: (name: string) => Worker;
  readonly learner: (name: string) => Worker;
  /** A worker whose file calls `serveCollector` with the game. Without it there are no automatic collectors. */
  readonly collector?: (name: string) => Worker;
}

/**
 * Those that need not know the game. Scripted players of a game of your own are met only where the actor's worker is
 * yours too: a file that calls `serveActor` with the game.
 */
export const ownWorkers: WorkerFactory = {
  actor: (name) => new Worker(new URL('./actor.worker.ts', import.meta.url), { type: 'module', name }),
  learner: (name) => new Worker(new URL('./learner.worker.ts', import.meta.url), { type: 'module', name }),
};

/** A worker that was just made. */
interface Spawned<Door> {
  /** What it is called in sentences. */
  readonly role: string;
  readonly name: string;
  readonly worker: Worker;
  readonly door: Remote<Door>;
}

function spawned<Door>(role: string, make: (name: string) => Worker): Spawned<Door> {
  const unique = crypto.getRandomValues(new Uint32Array(2)).join('-');
  const name = `playtrain-${role}-${unique}`;
  const worker = make(name);
  return { role, name, worker, door: wrap<Door>(worker) };
}

/** One set of workers, joined. */
interface Connection {
  readonly actor: Remote<ActorService>;
  readonly learner: Remote<LearnerService>;
  readonly collectors: readonly Remote<CollectorService>[];
  /** The page's end of the decision port, and the actor's. */
  readonly decisions: MessagePort;
  readonly actorPort: MessagePort;
  /** Rejects when any of the workers ends or gets stuck; never resolves. */
  readonly lost: Promise<never>;
  lose(message: string): void;
  readonly closed: AbortSignal;
  close(): void;
}

/**
 * The page's side of an agent: spawns actor, learner and collectors, carries questions and answers, and brings them
 * all back from the last checkpoint when a worker dies or its graphics context is lost.
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
  private readonly shares: readonly ArenaShare[];
  private hyperparameters: Hyperparameters;
  private withoutGraphics = false;
  private checkpointBytes: Uint8Array<ArrayBuffer> | null;
  private bestReturn: number | null;
  private version = 0;
  private learning = true;
  private lockstep = false;
  private paused = false;
  private frozen: Uint8Array<ArrayBuffer> | 'newest' | null = null;
  private hidden = false;

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
    const { arenas, collectors } = start.hyperparameters;
    const knowsGame = workers.collector !== undefined;
    if (!knowsGame && collectors !== 'auto' && collectors !== 'none') {
      throw new PlaytrainError(
        'bad-settings',
        'Collectors were asked for, but no worker knows this game; give the client one whose file calls serveCollector, or set collectors to none.',
      );
    }
    const cores = knowsGame ? navigator.hardwareConcurrency : 0;
    this.shares = shareArenas(arenas, collectorCount(collectors, cores, arenas));
    this.events$ = this.events;
    this.checkpoints$ = this.checkpoints;
    this.answers$ = this.answers;
    this.wakes$ = this.wakes;
    this.connected$ = this.connected;
  }

  /**
   * Spawns the workers and waits until all have begun. Workers that are lost meanwhile are replaced.
   *
   * @throws PlaytrainError when the backend is not there, the checkpoint does not fit, or no collector can play the game.
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
      const begun = this.begin(connection).then(() => this.sendWishes(connection, sent));
      await Promise.race([begun, connection.lost]);
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
    // Only now, when a pause that is wished for meanwhile would reach them too.
    this.sendRunning(connection).catch(() => {});
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
    if (problems.length > 0)
      throw new PlaytrainError('bad-settings', problems.map((problem) => problemSentence(problem)).join(' '));
    this.hyperparameters = hyperparameters;
    await this.call((connection) => this.sendHyperparameters(connection));
  }

  /** Tells the learner how the page’s frames came. */
  frames(report: FrameReport): void {
    this.hidden = !report.visible;
    void this.connection?.learner.frames(report);
  }

  async setLearning(on: boolean): Promise<void> {
    this.learning = on;
    await this.call(async (connection) => {
      await connection.actor.setLearning(on);
      await this.sendRunning(connection);
    });
  }

  /** Collectors stand still while the person's game does. */
  async setPaused(on: boolean): Promise<void> {
    this.paused = on;
    await this.call((connection) => this.sendRunning(connection));
  }

  /** How many collectors play beside the game. */
  get collectors(): number {
    return this.shares.length;
  }

  async setLockstep(on: boolean): Promise<void> {
    this.lockstep = on;
    await this.call((connection) => this.sendLockstep(connection));
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

  /** What was wished for while the workers started. */
  private async sendWishes(connection: Connection, sent: Hyperparameters): Promise<void> {
    const { actor, learner } = connection;
    if (this.hyperparameters !== sent) await this.sendHyperparameters(connection);
    if (!this.learning) await actor.setLearning(false);
    if (this.lockstep) await this.sendLockstep(connection);
    if (this.hidden) await learner.frames({ visible: false });
    if (this.frozen !== null) await actor.setFrozen(this.frozen);
  }

  /** As wished, but for a graphics processor that keeps failing. */
  private get settings(): Hyperparameters {
    const { hyperparameters } = this;
    if (!this.withoutGraphics || hyperparameters.backend === 'cpu') return hyperparameters;
    return { ...hyperparameters, backend: isSimdAvailable() ? 'wasm' : 'cpu' };
  }

  private async sendHyperparameters({ actor, learner }: Connection): Promise<void> {
    await learner.setHyperparameters(this.settings);
    await actor.setHyperparameters(this.settings);
  }

  private async sendLockstep({ actor, collectors }: Connection): Promise<void> {
    const doors = [actor, ...collectors];
    await Promise.all(doors.map((door) => door.setLockstep(this.lockstep)));
  }

  private async sendRunning({ collectors }: Connection): Promise<void> {
    await Promise.all(collectors.map((collector) => collector.setRunning(this.learning && !this.paused)));
  }

  private spawn(): Connection {
    const { workers, shares } = this;
    const actor = spawned<ActorService>('actor', workers.actor);
    const learner = spawned<LearnerService>('learner', workers.learner);
    const collectors = shares.flatMap(() =>
      workers.collector === undefined ? [] : spawned<CollectorService>('collector', workers.collector),
    );
    const all = [actor, learner, ...collectors];
    const closing = new AbortController();
    const decisions = new MessageChannel();
    let lose: (message: string) => void = () => {};
    const lost = new Promise<never>((_, reject) => {
      lose = (message) => reject(new PlaytrainError('worker-lost', message));
      const watch = async ({ role, name, worker, door }: (typeof all)[number]) => {
        worker.onerror = (event) =>
          lose(`The ${role} stopped with an error: ${event.message || 'its script did not load'}.`);
        if (!(await door.ping())) return;
        await livenessLockReleased(name, closing.signal);
        if (!closing.signal.aborted) lose(`The ${role} ended without a word.`);
      };
      for (const each of all) void watch(each);
    });
    lost.catch(() => {});
    const connection: Connection = {
      actor: actor.door,
      learner: learner.door,
      collectors: collectors.map(({ door }) => door),
      decisions: decisions.port1,
      actorPort: decisions.port2,
      lost,
      lose: (message) => lose(message),
      closed: closing.signal,
      close() {
        closing.abort();
        for (const { worker } of all) worker.terminate();
        decisions.port1.close();
      },
    };
    this.receive(connection.decisions);
    return connection;
  }

  private async begin(connection: Connection): Promise<void> {
    const between = new MessageChannel();
    const channels = connection.collectors.map(() => new MessageChannel());
    const learnerPorts = channels.map(({ port1 }) => port1);
    const toPage = new MessageChannel();
    toPage.port1.onmessage = ({ data }: MessageEvent<LearnerToPage>) => this.hear(data);
    connection.closed.addEventListener('abort', () => toPage.port1.close());
    const { spec, settings: hyperparameters, checkpointBytes: checkpoint, bestReturn } = this;
    const start = await connection.learner.begin(
      { spec, hyperparameters, checkpoint, bestReturn },
      transfer(between.port1, [between.port1]),
      transfer(toPage.port2, [toPage.port2]),
      transfer(learnerPorts, learnerPorts),
    );
    if ('refused' in start) throw new PlaytrainError(start.refused, start.message);
    this.version = start.snapshot.version;
    await connection.actor.begin(
      { ...start, continuing: this.hasBegun, records: this.shares.length === 0 },
      transfer(connection.actorPort, [connection.actorPort]),
      transfer(between.port2, [between.port2]),
    );
    const refusals = await Promise.all(
      this.shares.map((share, index) => {
        const { port2 } = channels[index]!;
        return connection.collectors[index]!.begin(
          { ...start, hyperparameters: this.settings, share },
          transfer(port2, [port2]),
        );
      }),
    );
    for (const refusal of refusals) {
      if (refusal !== null) throw new PlaytrainError(refusal.refused, refusal.message);
    }
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
   * Asks all workers now and then whether they are there: a stuck worker holds its lifeline but does not answer. Only
   * once they have begun, since compiling shaders may block a slow machine's learner for long.
   */
  private async watchHeartbeat(connection: Connection): Promise<void> {
    const { actor, learner, collectors, closed } = connection;
    const sleep = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));
    while (!closed.aborted) {
      await sleep(heartbeatIntervalMs);
      const doors = [actor, learner, ...collectors];
      const answered = Promise.all(doors.map((door) => door.ping())).then(() => true);
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
    if (this.restartTimesMs.length > 1) this.withoutGraphics = true;
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
