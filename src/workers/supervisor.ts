import { shareArenas } from '../agent/arena-shares';
import {
  type AgentRemedy,
  type AgentSurrender,
  type EnvironmentSpec,
  type Hyperparameters,
  PlaytrainError,
  sentenceOf,
} from '../contract';
import { AwakeTime } from './awake-time';
import type { ActorToPage, KeptCheckpoint, LearnerBegun, LearnerStart, LearnerToPage } from './protocol';
import { Restarts } from './restarts';
import { Watchdog, type Watched } from './watchdog';
import type { Wishes } from './wishes';
import type { WorkerFactory } from './worker-factory';
import { type WorkerHandleOptions, WorkerLost } from './worker-handle';
import { WorkerSet } from './worker-set';

/** Loading, opening a backend and compiling take a slow machine long, but not for ever. */
const startTimeoutMs = 120_000;
/** Besides what any worker may take to answer, for a collector’s file to load. */
const collectorLoadMs = 5_000;
/** Of the longest steps that the learner announces, so many may fall into its start. */
const stepsInStart = 4;
/** So many losses of a learner that computes on the graphics processor, and it is left alone. */
const mostGraphicsFailures = 2;

/** Where a supervisor lives; a test gives it another place. */
export interface SupervisorPlace extends Pick<WorkerHandleOptions, 'lockReleased'> {
  /** Milliseconds of a clock that only rises. */
  readonly nowMs: () => number;
  /** Of the processor. */
  readonly cores: () => number;
  /** Calls `look` every second or so. @returns what stops it. */
  readonly everySecond: (look: () => void) => () => void;
}

export const pagePlace: SupervisorPlace = {
  nowMs: () => performance.now(),
  cores: () => navigator.hardwareConcurrency,
  everySecond(look) {
    const timer = setInterval(look, 1_000);
    return () => clearInterval(timer);
  },
};

/** What a supervisor tells. */
export interface SupervisorListener {
  answered(message: ActorToPage): void;
  told(message: LearnerToPage): void;
  /** Workers are (again) there, hold all that was wished for, and know of no question. */
  connected(): void;
  /** Something went wrong that has been set right: what, in a sentence, and what was done about it. */
  warned(message: string, remedy?: AgentRemedy): void;
  /** Workers took the place of others; the run goes on from a checkpoint. */
  restarted(reason: string, from: LearnerBegun): void;
  /** There is no use in replacing the workers again: what went wrong, in a sentence, and why. */
  failed(message: string, surrender: AgentSurrender): void;
  /** There are more collectors than before, or fewer. */
  sharedOut(): void;
}

export interface SupervisorOptions {
  readonly spec: EnvironmentSpec;
  readonly checkpoint: LearnerStart['checkpoint'];
  readonly best: LearnerStart['best'];
  /** How many collectors to begin with. */
  readonly collectors: number;
  /** Whether, where none are to begin with, one may gather when that is asked for. */
  readonly maySpareCollector: boolean;
  readonly factory: WorkerFactory;
  readonly wishes: Wishes;
  readonly listener: SupervisorListener;
  readonly place: SupervisorPlace;
}

/**
 * Keeps a set of workers alive: makes it, notices what is lost or hangs, and brings others from the last checkpoint. A
 * collector that dies leaves its arenas to the others; a graphics processor that keeps failing is left alone.
 */
export class Supervisor {
  private readonly options: SupervisorOptions;
  private readonly watchdog = new Watchdog();
  private readonly awake = new AwakeTime();
  private readonly restarts = new Restarts();
  private readonly stopLooking: () => void;

  private set: WorkerSet | null = null;
  /** False while the set begins, and while none is there. */
  private isOpen = false;
  /** A worker that was lost while the set begins. */
  private lossWhileOpening: WorkerLost | null = null;
  /** True once workers have begun: those that come after find the arenas in mid-episode. */
  private hasBegun = false;
  private disposed = false;

  private checkpoint: Uint8Array<ArrayBuffer> | null;
  private best: LearnerStart['best'];
  /** Of the newest checkpoint that this set has sent. */
  private checkpointVersion = -1;
  private collectorCount: number;
  private maySpareCollector: boolean;
  private sparesCollector = false;
  /** True while the graphics processor has a part in what the learner computes. */
  private usesGraphics = false;
  private graphicsFailures = 0;
  private withoutGraphics = false;
  private isSharingOut = false;
  /** True while collectors play by what they were handed before that had changed. */
  private areStale = false;
  private longestStepMs = 0;
  private beganWaitingMs = 0;

  constructor(options: SupervisorOptions) {
    this.options = options;
    this.checkpoint = options.checkpoint;
    this.best = options.best;
    this.collectorCount = options.collectors;
    this.maySpareCollector = options.collectors === 0 && options.maySpareCollector;
    this.stopLooking = options.place.everySecond(() => this.look());
  }

  /** The workers, once they have begun. */
  get workers(): WorkerSet | null {
    return this.isOpen ? this.set : null;
  }

  /** How many collectors play beside the game. */
  get collectors(): number {
    return this.collectorCount;
  }

  /** Whether a collector gathers where there were none to begin with, and the actor only shows the newest policy. */
  spareCollector(on: boolean): void {
    this.sparesCollector = on;
    void this.shareOut();
  }

  /** Collectors begin anew, with what they are handed by now. */
  renewCollectors(): void {
    this.areStale = this.collectorCount > 0;
    void this.renewStale();
  }

  /** The last checkpoint that is known; null before there is any. */
  get lastCheckpoint(): Uint8Array<ArrayBuffer> | null {
    return this.checkpoint;
  }

  /**
   * Makes the workers and waits until all have begun. Those that are lost meanwhile are replaced.
   *
   * @throws PlaytrainError when the backend is not there, the checkpoint does not fit, or no collector can play the game.
   */
  async open(): Promise<void> {
    try {
      await this.connect();
    } catch (error) {
      if (isRefusal(error)) throw error;
      await this.recover(error);
    }
  }

  dispose(): void {
    this.disposed = true;
    this.stopLooking();
    this.drop();
  }

  /** A checkpoint to go on from, should workers be lost. @returns false when a newer one is known. */
  keep(checkpoint: KeptCheckpoint): boolean {
    const { bytes, version, isBest, meanReturn } = checkpoint;
    if (version < this.checkpointVersion) return false;
    this.checkpointVersion = version;
    this.checkpoint = bytes;
    if (isBest) this.best = { version, meanReturn };
    return true;
  }

  /** @returns what the workers began with; null where they are not wanted any more. @throws why there are none. */
  private async connect(): Promise<LearnerBegun | null> {
    const { wishes, listener } = this.options;
    const set = this.makeSet();
    const { hyperparameters } = wishes;
    try {
      const begun = await this.begin(set, hyperparameters);
      this.watch(set);
      for (const refusal of await wishes.heldBy(set, hyperparameters)) listener.warned(refusal);
      if (this.set !== set) return null;
      if (this.lossWhileOpening !== null) throw this.lossWhileOpening;
      this.isOpen = true;
      this.hasBegun = true;
      listener.connected();
      void this.shareOut();
      void this.renewStale();
      return begun;
    } catch (error) {
      if (this.set !== set) return null;
      this.drop();
      const refused = error instanceof PlaytrainError && error.code === 'bad-settings';
      if (!refused || !wishes.beginningRefused()) throw this.lossWhileOpening ?? error;
      listener.warned(error.message, { code: 'settingsBefore' });
      return this.connect();
    }
  }

  private makeSet(): WorkerSet {
    const { factory, listener, place } = this.options;
    const set: WorkerSet = new WorkerSet({
      factory,
      ...(place.lockReleased && { lockReleased: place.lockReleased }),
      listener: {
        answered: (message) => listener.answered(message),
        told: (message) => this.hear(message),
        pulse: (pulse) => this.watchdog.watch(pulse),
        lost: (loss) => this.lost(set, loss),
      },
    });
    this.set = set;
    this.areStale = false;
    this.lossWhileOpening = null;
    this.beganWaitingMs = 0;
    this.longestStepMs = 0;
    this.checkpointVersion = -1;
    this.usesGraphics = false;
    return set;
  }

  private begin(set: WorkerSet, hyperparameters: Hyperparameters): Promise<LearnerBegun> {
    const { spec } = this.options;
    const { checkpoint, best, withoutGraphics, hasBegun } = this;
    const begun = set.begin({
      learner: { spec, hyperparameters, checkpoint, best, withoutGraphics },
      shares: shareArenas(hyperparameters.arenas, this.collectorCount),
      continuing: hasBegun,
    });
    // Their files are somebody's own, and may never come to serve anything.
    for (const collector of set.members.filter(({ role }) => role === 'collector')) {
      this.watchdog.watch(collector);
      this.watchdog.allow(collector, collectorLoadMs);
    }
    this.watchLoadedActor(set);
    return begun;
  }

  /** It computes nothing while the others begin, so that it can be asked as soon as it is there. */
  private watchLoadedActor(set: WorkerSet): void {
    const loaded = (actor: Watched) => {
      if (this.set === set && !this.isOpen) this.watchdog.watch(actor);
    };
    // Whoever has begun the set hears of its loss.
    set.actorAnswers().then(loaded, () => {});
  }

  /** Ends the workers that are there. */
  private drop(): void {
    const { set } = this;
    if (set === null) return;
    this.set = null;
    this.isOpen = false;
    this.options.wishes.release();
    this.forget(set);
    set.close();
  }

  private lost(set: WorkerSet, loss: WorkerLost): void {
    if (this.set !== set) return;
    if (!this.isOpen) {
      this.lossWhileOpening ??= loss;
      // Whatever is still awaited of the others is in vain.
      set.close();
    } else if (loss.role === 'collector' && this.collectorCount > 1) void this.goOnWithFewer(set, loss);
    else void this.recover(loss);
  }

  /** Brings a spare collector, or sends it away, as was last asked for. */
  private async shareOut(): Promise<void> {
    const { set } = this;
    if (set === null || !this.isOpen || !this.maySpareCollector || this.isSharingOut) return;
    this.isSharingOut = true;
    let lost: unknown = null;
    while (this.set === set && lost === null && this.collectorCount !== Number(this.sparesCollector)) {
      lost = await this.replaceCollectors(set, Number(this.sparesCollector));
    }
    this.isSharingOut = false;
    if (this.set !== set) return;
    if (lost !== null) return this.recover(lost);
    this.watch(set);
    this.options.listener.sharedOut();
    void this.renewStale();
  }

  private async renewStale(): Promise<void> {
    const { set } = this;
    if (set === null || !this.isOpen || !this.areStale || this.isSharingOut) return;
    this.isSharingOut = true;
    let lost: unknown = null;
    while (this.set === set && lost === null && this.areStale) {
      this.areStale = false;
      lost = await this.replaceCollectors(set, this.collectorCount);
    }
    this.isSharingOut = false;
    if (this.set !== set) return;
    if (lost !== null) return this.recover(lost);
    this.watch(set);
    // What was asked for meanwhile.
    void this.shareOut();
  }

  /** @returns what went wrong; null where nothing did. */
  private async replaceCollectors(set: WorkerSet, count: number): Promise<unknown> {
    const { wishes } = this.options;
    this.forget(set);
    this.collectorCount = count;
    const replaced = set.replaceCollectors(shareArenas(wishes.hyperparameters.arenas, count));
    this.watch(set, startTimeoutMs);
    return replaced
      .then(() => wishes.tellCollectors(set))
      .then(
        () => null,
        (error: unknown) => error,
      );
  }

  /** A collector is gone: the others take its arenas over, and the learner never notices. */
  private async goOnWithFewer(set: WorkerSet, loss: WorkerLost): Promise<void> {
    if (this.isSharingOut) return;
    this.isSharingOut = true;
    let lost: unknown = loss;
    while (lost !== null && this.set === set) {
      if (!(lost instanceof WorkerLost) || lost.role !== 'collector' || this.collectorCount <= 1) break;
      lost = await this.replaceCollectors(set, this.collectorCount - 1);
    }
    this.isSharingOut = false;
    if (this.set !== set) return;
    if (lost !== null) return this.recover(lost);
    this.watch(set);
    this.options.listener.warned(loss.message, { code: 'fewerCollectors', left: this.collectorCount });
    void this.renewStale();
  }

  /** Brings others in the place of workers that are gone, until they stay or there is no use in it. */
  private async recover(reason: unknown): Promise<void> {
    const { place, listener } = this.options;
    for (let why = reason; !this.disposed; ) {
      this.drop();
      const message = sentenceOf(why);
      if (!this.restarts.lost(place.nowMs())) {
        return listener.failed(message, { code: 'workersLost', onGraphics: this.usesGraphics });
      }
      this.doWithLess(why);
      try {
        const begun = await this.connect();
        if (begun !== null) listener.restarted(message, begun);
        return;
      } catch (error) {
        why = error;
      }
    }
  }

  /** What is likely to blame for a loss is left out the next time. */
  private doWithLess(reason: unknown): void {
    const role = reason instanceof WorkerLost ? reason.role : 'learner';
    if (role === 'collector') {
      this.collectorCount = Math.max(0, this.collectorCount - 1);
      this.maySpareCollector = false;
    }
    if (role !== 'learner' || !this.usesGraphics) return;
    this.graphicsFailures += 1;
    if (this.graphicsFailures >= mostGraphicsFailures) this.withoutGraphics = true;
  }

  private hear(message: LearnerToPage): void {
    if (message.kind === 'longestStep') {
      this.longestStepMs = message.durationMs;
      this.usesGraphics = message.onGraphics;
      this.allowLongSteps();
      return;
    }
    if (message.kind === 'event' && message.event.kind === 'updated') this.restarts.updated();
    if (message.kind === 'checkpoint' && !this.keep(message.checkpoint)) return;
    this.options.listener.told(message);
  }

  /** @param patienceMs how long they may take to load, where they have just been made. */
  private watch(set: WorkerSet, patienceMs = 0): void {
    for (const member of set.members) {
      this.watchdog.watch(member);
      this.watchdog.allow(member, patienceMs);
    }
    for (const pulse of set.pulses) this.watchdog.watch(pulse);
    this.allowLongSteps(patienceMs);
  }

  private forget(set: WorkerSet): void {
    for (const watched of [...set.members, ...set.pulses]) this.watchdog.forget(watched);
  }

  private allowLongSteps(patienceMs = 0): void {
    const learner = this.set?.members[0];
    if (learner !== undefined) this.watchdog.allow(learner, patienceMs + this.longestStepMs);
  }

  private look(): void {
    const awakeMs = this.awake.look(this.options.place.nowMs());
    this.watchdog.passed(awakeMs);
    this.set?.passed(awakeMs);
    if (this.set === null || this.isOpen) return;
    this.beganWaitingMs += awakeMs;
    if (this.beganWaitingMs > startTimeoutMs + stepsInStart * this.longestStepMs) {
      this.set.giveUp('The agent did not start in time.');
    }
  }
}

/** Something that other workers would refuse as well. */
function isRefusal(error: unknown): boolean {
  return error instanceof PlaytrainError && error.code !== 'worker-lost' && error.code !== 'context-lost';
}
