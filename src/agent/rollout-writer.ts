import {
  type DecisionBatch,
  type EnvironmentSpec,
  type Hyperparameters,
  interruptions,
  type Rollout,
  type RolloutCounters,
  type RolloutShape,
  rolloutColumns,
  rolloutShape,
  seatsOf,
  widthOf,
} from '../contract';
import { RolloutBuffers } from './rollout-buffer';

/** What is known of a step when its actions are chosen. */
export interface OpenedStep {
  readonly batch: DecisionBatch;
  /** As the policy saw them, `[N, obs]`. */
  readonly observations: Float32Array;
  /** 1 where it can be learned from, `[N]`, and in how many rows it can. */
  readonly valid: Uint8Array;
  readonly validRows: number;
}

/** Writes steps into rollouts, one after the other, and counts them. */
export class RolloutWriter {
  private readonly spec: EnvironmentSpec;
  /** N. */
  private readonly agents: number;
  private readonly buffers: RolloutBuffers;
  private rollout: Rollout | null = null;
  /** Steps of `rollout` that are closed. */
  private step = 0;
  /** True while a step of `rollout` waits for what comes of it. */
  private isOpen = false;
  private decisionCount: number;
  /** Of those, what the rollout that fills holds. */
  private filledDecisions = 0;
  private decisionsDuringUpdate = 0;
  private unrecordedDecisions = 0;
  private startMs = 0;
  updating = false;

  /** @param decisions taken by the learner's policy before. */
  constructor(spec: EnvironmentSpec, settings: Hyperparameters, decisions: number) {
    this.spec = spec;
    this.agents = settings.arenas * seatsOf(spec);
    this.buffers = new RolloutBuffers(this.shapeOf(settings));
    this.decisionCount = decisions;
  }

  /** Decisions of the learner's policy since the run began that are in rollouts, the one that fills included. */
  get decisions(): number {
    return this.decisionCount;
  }

  /** Whether a rollout is filling. */
  get isFilling(): boolean {
    return this.rollout !== null;
  }

  /** Counts on from `decisions`; between two rollouts. */
  setDecisions(decisions: number): void {
    this.decisionCount = decisions;
  }

  /** Rollouts begun from now on are as long as the settings say. */
  setSettings(settings: Hyperparameters): void {
    this.buffers.reshape(this.shapeOf(settings));
  }

  /** Begins a rollout, unless the memory of both is out. */
  begin(nowMs: number): void {
    this.rollout = this.buffers.begin();
    this.step = 0;
    this.filledDecisions = 0;
    this.decisionsDuringUpdate = 0;
    this.startMs = nowMs;
  }

  /** Writes what is known when a step's actions are chosen; without a rollout it is only counted, as unrecorded. */
  open({ batch, observations, valid, validRows }: OpenedStep): void {
    const { rollout } = this;
    if (rollout === null) {
      this.unrecordedDecisions += validRows;
      return;
    }
    const firstCell = this.step * this.agents;
    copyColumns('opening', batch, rollout, firstCell);
    rollout.observations.set(observations, firstCell * rollout.shape.observationSize);
    rollout.valid.set(valid, firstCell);
    rollout.versions[this.step] = batch.policyVersion;
    if (this.updating) this.decisionsDuringUpdate += validRows;
    this.isOpen = true;
  }

  /**
   * Writes what came of the step that is open, if one is.
   *
   * @param rewards weighted, and scaled where they are normalised, `[N]`.
   * @param finalValue the critic's value of an agent's final observation, where its episode was cut.
   * @returns whether the rollout is full.
   */
  close(
    outcome: DecisionBatch,
    rewards: Float64Array,
    finalValue: (outcome: DecisionBatch, agent: number) => number,
  ): boolean {
    const { rollout } = this;
    if (rollout === null || !this.isOpen) return false;
    this.isOpen = false;
    const firstCell = this.step * this.agents;
    for (let agent = 0; agent < this.agents; agent++) {
      const cell = firstCell + agent;
      const cut = outcome.truncated[agent] !== 0 && outcome.terminated[agent] === 0;
      const isKnown = outcome.interrupted[agent] !== interruptions.fault;
      if (!isKnown) rollout.valid[cell] = 0;
      rollout.finalValues[cell] = cut && isKnown ? finalValue(outcome, agent) : 0;
      this.filledDecisions += rollout.valid[cell]!;
      this.decisionCount += rollout.valid[cell]!;
    }
    copyColumns('closing', outcome, rollout, firstCell);
    rollout.rewards.set(rewards, firstCell);
    this.step++;
    return this.step === rollout.shape.steps;
  }

  /**
   * Hands the full rollout over.
   *
   * @param writeLastValues fills in the values `[N]` of what was seen after the last step.
   */
  handOver(
    nowMs: number,
    writeLastValues: (values: Float32Array) => void,
  ): { readonly rollout: Rollout; readonly counters: RolloutCounters } {
    const { rollout } = this;
    if (rollout === null) throw new Error('No rollout is filling.');
    writeLastValues(rollout.values.subarray(rollout.shape.steps * this.agents));
    const counters = {
      decisions: this.decisionCount,
      decisionsDuringUpdate: this.decisionsDuringUpdate,
      unrecordedDecisions: this.unrecordedDecisions,
      collectMs: nowMs - this.startMs,
    };
    this.rollout = null;
    this.unrecordedDecisions = 0;
    return { rollout, counters };
  }

  /** Gives the rollout that fills up: its decisions were taken for nothing. */
  abandon(): void {
    if (this.rollout !== null) {
      this.buffers.takeBack(this.rollout.buffer);
      this.decisionCount -= this.filledDecisions;
    }
    this.rollout = null;
    this.isOpen = false;
  }

  /** The learner returned a rollout's memory. An empty buffer stands for one that was lost. */
  takeBack(buffer: ArrayBuffer): void {
    this.buffers.takeBack(buffer);
  }

  /** Of as many agents as ever: later settings name the arenas of the whole run. */
  private shapeOf(settings: Hyperparameters): RolloutShape {
    return { ...rolloutShape(this.spec, settings), agents: this.agents };
  }
}

type RolloutColumn = (typeof rolloutColumns)[number];
type CopiedColumn = Extract<RolloutColumn, { readonly rollout: 'opening' | 'closing' }>;

const copiedWhen = (when: CopiedColumn['rollout']) =>
  rolloutColumns.filter((column): column is CopiedColumn => column.rollout === when);
const copied = { opening: copiedWhen('opening'), closing: copiedWhen('closing') };

/** Copies what a decision tells of one step into the step's cells. */
function copyColumns(
  when: CopiedColumn['rollout'],
  batch: DecisionBatch,
  rollout: Rollout,
  firstCell: number,
): void {
  for (const column of copied[when]) {
    rollout[column.name].set(batch[column.name], firstCell * widthOf(column, rollout.shape));
  }
}
