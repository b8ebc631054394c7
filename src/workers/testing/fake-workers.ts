import { expose, transfer } from 'comlink';
import type { AgentEvent, Hyperparameters, Policy, UpdateMetrics } from '../../contract';
import type {
  ActorService,
  ActorStart,
  CollectorService,
  CollectorStart,
  FrozenChoice,
  LearnerBegun,
  LearnerPorts,
  LearnerService,
  LearnerStart,
  LearnerToPage,
  LivingService,
} from '../protocol';
import type { Refusal } from '../refusal';
import type { SupervisorPlace } from '../supervisor';
import type { WorkerFactory } from '../worker-factory';

/** What a fake learner's checkpoint holds, as JSON. */
export interface FakeCheckpoint {
  readonly version: number;
  readonly hyperparameters: Hyperparameters;
}

/** A learner refuses settings with this discount, as a real one refuses other hidden layers. */
export const refusedDiscount = 0.123;
/** An actor refuses a frozen policy whose file is this one. */
export const refusedFile: Uint8Array<ArrayBuffer> = Uint8Array.of(0);

/** A thread that can die, hang or be ended, with a service behind real ports and the real Comlink. */
abstract class FakeWorker {
  readonly name: string;
  isAlive = true;
  /** Whether it holds a lock, as where the browser has them; else a pulse answers for it. */
  hasLock = true;
  readonly worker: Worker;
  /** Resolves when the worker has ended. */
  readonly ended: Promise<void>;
  private end: () => void = () => {};
  private isHung = false;
  private resume: (() => void)[] = [];
  private readonly inside: MessagePort;
  private readonly outside: MessagePort;
  private readonly pulses: MessagePort[] = [];

  constructor(name: string) {
    this.name = name;
    const { port1, port2 } = new MessageChannel();
    this.inside = port1;
    this.outside = port2;
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
    this.worker = Object.assign(port2 as unknown as Worker, { terminate: () => this.die(), onerror: null });
  }

  protected serve(service: object): void {
    expose(service, this.inside);
  }

  /** Whoever hangs has a pulse nevertheless. */
  protected readonly living: LivingService = {
    ping: () => this.alive(),
    holdsLock: async () => this.hasLock,
    pulse: async () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => port1.postMessage(null);
      this.pulses.push(port1);
      return transfer(port2, [port2]);
    },
  };

  /** How often it was asked for one. */
  get pulseCount(): number {
    return this.pulses.length;
  }

  /** A worker that hangs answers when it goes on. */
  set hangs(hangs: boolean) {
    this.isHung = hangs;
    if (!hangs) for (const resume of this.resume.splice(0)) resume();
  }

  protected async alive(): Promise<void> {
    if (this.isHung) await new Promise<void>((resolve) => this.resume.push(resolve));
  }

  /** Ends without a word. */
  die(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    for (const port of [this.inside, this.outside, ...this.pulses]) port.close();
    this.end();
  }

  /** Stops with an error that nobody has caught. */
  crash(message: string): void {
    this.worker.onerror?.({ message } as ErrorEvent);
  }
}

export class FakeLearner extends FakeWorker {
  start: LearnerStart | null = null;
  settings: Hyperparameters | null = null;
  version = 0;
  collectors = 0;
  watched = true;
  lockstep = false;
  private ports: LearnerPorts | null = null;
  private sentVersion = 0;

  constructor(name: string) {
    super(name);
    const service: LearnerService = {
      ...this.living,
      begin: async (start, ports) => {
        await this.alive();
        return this.begin(start, ports);
      },
      replaceCollectors: async (ports) => {
        await this.alive();
        this.collectors = ports.length;
        return this.begun();
      },
      setLockstep: async (on) => {
        this.lockstep = on;
      },
      setHyperparameters: async (settings) => {
        await this.alive();
        if (settings.discount === refusedDiscount) return refusal('the learner');
        this.settings = settings;
        return null;
      },
      frames: async ({ visible }) => {
        this.watched = visible;
      },
      captureUpdate: async () => null,
      checkpoint: async () => this.checkpoint(),
      unsentCheckpoint: async () => {
        if (this.version === this.sentVersion) return null;
        this.sentVersion = this.version;
        return this.kept();
      },
    };
    this.serve(service);
  }

  /** An update is done. @param sends whether the page is sent the checkpoint at once. */
  finishUpdate(sends: boolean): void {
    this.version += 1;
    const metrics = { version: this.version, decisions: 128 * this.version } as UpdateMetrics;
    this.say({ kind: 'updated', metrics, hyperparameters: this.settings!, changed: [] });
    if (!sends) return;
    this.sentVersion = this.version;
    this.tell({ kind: 'checkpoint', checkpoint: this.kept() });
  }

  say(event: AgentEvent): void {
    this.tell({ kind: 'event', event });
  }

  tell(message: LearnerToPage): void {
    if (this.isAlive) this.ports?.page.postMessage(message);
  }

  override die(): void {
    super.die();
    this.ports?.page.close();
  }

  private begin(start: LearnerStart, ports: LearnerPorts): LearnerBegun | Refusal {
    if (start.hyperparameters.discount === refusedDiscount) return refusal('the learner');
    this.start = start;
    this.settings = start.hyperparameters;
    this.ports = ports;
    this.collectors = ports.collectors.length;
    if (start.checkpoint !== null) this.version = readCheckpoint(start.checkpoint).version;
    this.sentVersion = this.version;
    return this.begun();
  }

  private begun(): LearnerBegun {
    const { spec, hyperparameters } = this.start!;
    return {
      spec,
      hyperparameters: this.settings ?? hyperparameters,
      snapshot: { version: this.version, parameters: new Float32Array(0) },
      normalisation: { observations: null, rewards: null },
      past: [],
      decisions: 128 * this.version,
      acting: 'cpu',
    };
  }

  private checkpoint(): Uint8Array<ArrayBuffer> {
    const state: FakeCheckpoint = { version: this.version, hyperparameters: this.settings! };
    return new Uint8Array(new TextEncoder().encode(JSON.stringify(state)));
  }

  private kept() {
    const bytes = this.checkpoint();
    return { bytes, version: this.version, decisions: 128 * this.version, meanReturn: null, isBest: false };
  }
}

export class FakeActor extends FakeWorker {
  start: ActorStart | null = null;
  settings: Hyperparameters | null = null;
  learning = true;
  lockstep = false;
  gathers = false;
  beating = true;
  thinking: number | null = null;
  frozen: Policy | null = null;
  private readonly newestVersion: () => number;

  constructor(name: string, newestVersion: () => number) {
    super(name);
    this.newestVersion = newestVersion;
    const service: ActorService = {
      ...this.living,
      begin: async (start, pagePort) => {
        await this.alive();
        this.start = start;
        this.gathers = start.records;
        this.settings = start.hyperparameters;
        pagePort.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => pagePort.postMessage(data, [data]);
        void this.ended.then(() => pagePort.close());
      },
      setHyperparameters: async (settings) => {
        this.settings = settings;
      },
      setLearning: async (on) => {
        this.learning = on;
      },
      setLockstep: async (on) => {
        this.lockstep = on;
      },
      setGathering: async (on) => {
        this.gathers = on;
      },
      setThinking: async (arena) => {
        this.thinking = arena;
      },
      setBeating: async (on) => {
        this.beating = on;
      },
      setFrozen: async (choice) => {
        const policy = this.policyOf(choice);
        if (!('refused' in policy)) this.frozen = policy;
        return policy;
      },
    };
    this.serve(service);
  }

  private policyOf(choice: FrozenChoice): Policy | Refusal {
    if (choice !== 'newest' && !(choice instanceof Uint8Array)) return choice;
    if (choice !== 'newest' && choice.length === refusedFile.length) return refusal('the actor');
    const version = choice === 'newest' ? this.newestVersion() : readCheckpoint(choice).version;
    return { version, parameters: new Float32Array(0), observations: null };
  }
}

export class FakeCollector extends FakeWorker {
  start: CollectorStart | null = null;
  running = false;
  lockstep = false;

  constructor(name: string) {
    super(name);
    const service: CollectorService = {
      ...this.living,
      begin: async (start) => {
        await this.alive();
        this.start = start;
        return null;
      },
      setRunning: async (on) => {
        this.running = on;
      },
      setLockstep: async (on) => {
        this.lockstep = on;
      },
    };
    this.serve(service);
  }
}

/** All workers that were made, those that are gone included, and the clock that they live by. */
export class FakeWorkshop {
  readonly learners: FakeLearner[] = [];
  readonly actors: FakeActor[] = [];
  readonly collectors: FakeCollector[] = [];
  /** Called for each worker as it is made. */
  onMade: (worker: FakeLearner | FakeActor | FakeCollector) => void = () => {};
  /** Of the machine. */
  cores = 8;
  private timeMs = 0;
  private looks: (() => void)[] = [];

  readonly factory: Required<Omit<WorkerFactory, 'handed' | 'onHandedChange'>> = {
    learner: (name) => this.made(this.learners, new FakeLearner(name)),
    actor: (name) => this.made(this.actors, new FakeActor(name, () => this.learner.version)),
    collector: (name) => this.made(this.collectors, new FakeCollector(name)),
  };

  readonly place: SupervisorPlace = {
    nowMs: () => this.timeMs,
    cores: () => this.cores,
    everySecond: (look) => {
      this.looks.push(look);
      return () => {
        this.looks = this.looks.filter((each) => each !== look);
      };
    },
    lockReleased: async (name) => {
      await this.all.find((worker) => worker.name === name)?.ended;
      return true;
    },
  };

  get all(): readonly (FakeLearner | FakeActor | FakeCollector)[] {
    return [...this.learners, ...this.actors, ...this.collectors];
  }

  get alive() {
    return {
      learners: this.learners.filter(({ isAlive }) => isAlive),
      actors: this.actors.filter(({ isAlive }) => isAlive),
      collectors: this.collectors.filter(({ isAlive }) => isAlive),
    };
  }

  /** The newest of each. */
  get learner(): FakeLearner {
    return this.learners.at(-1)!;
  }

  get actor(): FakeActor {
    return this.actors.at(-1)!;
  }

  /** Lets a while pass, a look each second, with everything that follows from it. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      this.timeMs += 1_000;
      for (const look of this.looks) look();
      await settled();
    }
  }

  /** The machine sleeps: time passes and nobody looks. */
  sleep(seconds: number): void {
    this.timeMs += 1_000 * seconds;
  }

  close(): void {
    for (const worker of this.all) worker.die();
  }

  private made<Made extends FakeLearner | FakeActor | FakeCollector>(list: Made[], made: Made): Worker {
    list.push(made);
    this.onMade(made);
    return made.worker;
  }
}

export function readCheckpoint(bytes: Uint8Array): FakeCheckpoint {
  return JSON.parse(new TextDecoder().decode(bytes)) as FakeCheckpoint;
}

/** Resolves once every message that is on its way has arrived, and those that follow from it. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 24; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function refusal(by: string): Refusal {
  return { refused: 'bad-settings', message: `It was refused by ${by}.` };
}
