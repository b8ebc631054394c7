import { NEVER, Subject } from 'rxjs';
import { decodeTrainingState, encodeTrainingState } from '../../agent/checkpoint';
import { firstTrainingState } from '../../agent/first-state';
import type {
  AgentEvent,
  CapturedUpdate,
  Hyperparameters,
  Standstill,
  Thought,
  TrainingState,
  UpdateMetrics,
} from '../../contract';
import type { AgentStart } from '../../workers/agent-client';
import type { KeptCheckpoint } from '../../workers/protocol';
import type { Agent } from '../runs/agent';

/** An agent without workers: it learns when a test says so, and its states are real files. */
export class FakeAgent implements Agent {
  readonly events = new Subject<AgentEvent>();
  readonly checkpoints = new Subject<KeptCheckpoint>();
  readonly events$ = this.events;
  readonly checkpoints$ = this.checkpoints;
  readonly answers$ = NEVER;
  readonly wakes = new Subject<number>();
  readonly wakes$ = this.wakes;
  readonly thoughts = new Subject<Thought>();
  readonly thoughts$ = this.thoughts;
  thinking: number | null = null;
  readonly connected$ = NEVER;
  readonly sharedOut$ = NEVER;
  readonly roundTrips = { durations: () => [], clear: () => {} } as unknown as Agent['roundTrips'];
  collectors = 0;
  readonly start: AgentStart;
  /** Why it does not open; null where it does. */
  readonly refusal: Error | null;
  isDisposed = false;
  /** Whether it was asked to beat the page's clock, by the newest wish. */
  isBeating = true;
  /** Whether a spare collector was asked for last. */
  sparesCollector = false;
  /** Whether the page is sent each state as it comes to be; else only when it asks. */
  sendsAtOnce = true;
  private unsent: KeptCheckpoint | null = null;
  private state: TrainingState;

  constructor(start: AgentStart, refusal: Error | null = null) {
    this.start = start;
    this.refusal = refusal;
    const { checkpoint, spec, hyperparameters } = start;
    this.state =
      checkpoint === null ? firstTrainingState(spec, hyperparameters) : decodeTrainingState(checkpoint, spec);
    this.state = { ...this.state, hyperparameters };
  }

  /** An update is done. Its weights are all equal to its number, so that a test can tell them apart. */
  learn(
    meanReturn: number,
    isBest = false,
    standstill: Standstill | null = null,
    more: Partial<UpdateMetrics> = {},
  ): void {
    const { version, decisions, parameters } = this.state;
    const next = { version: version + 1, decisions: decisions + 2048, updates: version + 1 };
    this.state = { ...this.state, ...next, parameters: parameters.map(() => next.version) };
    const measured = {
      meanReturn,
      winRates: {},
      returnSpread: null,
      minibatches: 1,
      standstill,
      collectorDecisionsPerSecond: [],
      ...more,
    };
    const metrics = { ...next, ...measured } as unknown as UpdateMetrics;
    const { hyperparameters } = this.state;
    this.events.next({ kind: 'updated', metrics, hyperparameters, changed: [] });
    const bytes = encodeTrainingState(this.state);
    this.unsent = { bytes, ...next, meanReturn, isBest };
    if (this.sendsAtOnce) this.sendNewest();
  }

  async open(): Promise<void> {
    if (this.refusal !== null) throw this.refusal;
  }

  async setHyperparameters(hyperparameters: Hyperparameters): Promise<void> {
    this.state = { ...this.state, hyperparameters };
  }

  async checkpoint(): Promise<Uint8Array<ArrayBuffer> | null> {
    return encodeTrainingState(this.state);
  }

  async captureUpdate(): Promise<CapturedUpdate | null> {
    return null;
  }

  async keepNewest(): Promise<void> {
    this.sendNewest();
  }

  private sendNewest(): void {
    const { unsent } = this;
    this.unsent = null;
    if (unsent !== null) this.checkpoints.next(unsent);
  }

  ask(): void {}
  frames(): void {}
  async setLearning(): Promise<void> {}
  async setPaused(): Promise<void> {}
  async setBeating(on: boolean): Promise<void> {
    this.isBeating = on;
  }
  async setLockstep(): Promise<void> {}
  async setThinking(arena: number | null): Promise<void> {
    this.thinking = arena;
  }
  spareCollector(on: boolean): void {
    this.sparesCollector = on;
  }
  async setFrozen(): Promise<void> {}

  dispose(): void {
    this.isDisposed = true;
  }
}
