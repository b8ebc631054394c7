import { type DecisionOutcome, type EnvironmentSpec, seatsOf } from './environment';
import { actionSize, maskSize } from './spaces';

/**
 * Who chooses an agent's actions: whoever the actor casts for the seat, which is the learner or, where agents meet, one
 * of its opponents (see `Casting`); a frozen policy; or a person. Only the learner's own steps enter rollouts.
 */
export const controllers = { cast: 0, frozen: 1, person: 2 } as const;
export type Controller = (typeof controllers)[keyof typeof controllers];

/** The sizes that fix a decision record's layout. */
export interface DecisionShape {
  /** N: arenas times the agents that meet in each. */
  readonly agents: number;
  readonly observationSize: number;
  readonly actionSize: number;
  readonly rewardTerms: number;
  readonly maskSize: number;
}

export function decisionShape(spec: EnvironmentSpec, arenas: number): DecisionShape {
  return {
    agents: arenas * seatsOf(spec),
    observationSize: spec.observationSpace.size,
    actionSize: actionSize(spec.actionSpace),
    rewardTerms: spec.rewardTerms.length,
    maskSize: maskSize(spec.actionSpace),
  };
}

/** Numbers of a record that are not one an agent. Float64, so that they count past 2^31. */
const headerSize = 4;

/**
 * One decision of all arenas: the question the game asks and the answer the actor gives, over one `ArrayBuffer`
 * that is transferred to the worker and back: no numbers are copied, only the views over them are made anew on each
 * side.
 *
 * The game fills the outcome and `controllers`; the actor fills `actions`, `logProbabilities`, `values`,
 * `policyVersion`, `buffersFull` and `decisions`.
 */
export class DecisionBatch implements DecisionOutcome {
  readonly shape: DecisionShape;
  readonly buffer: ArrayBuffer;
  readonly observations: Float32Array<ArrayBuffer>; // [N, obs]
  readonly finalObservations: Float32Array<ArrayBuffer>; // [N, obs]
  readonly rewardTerms: Float32Array<ArrayBuffer>; // [N, terms]
  readonly actions: Float32Array<ArrayBuffer>; // [N, actionSize], continuous ones unclipped
  readonly logProbabilities: Float32Array<ArrayBuffer>; // [N]
  readonly values: Float32Array<ArrayBuffer>; // [N]
  readonly lengthTicks: Int32Array<ArrayBuffer>; // [N]
  readonly terminated: Uint8Array<ArrayBuffer>; // [N]
  readonly truncated: Uint8Array<ArrayBuffer>; // [N]
  readonly interrupted: Uint8Array<ArrayBuffer>; // [N]
  readonly controllers: Uint8Array<ArrayBuffer>; // [N]
  readonly masks: Uint8Array<ArrayBuffer>; // [N, mask]
  private readonly header: Float64Array<ArrayBuffer>;

  /** Lays a record over `buffer`, or over a new one of the right length. */
  constructor(shape: DecisionShape, buffer?: ArrayBuffer) {
    const { agents, observationSize, rewardTerms, actionSize: actionWidth, maskSize: masks } = shape;
    const words = agents * (2 * observationSize + rewardTerms + actionWidth + 3);
    const bytes = agents * (4 + masks);
    this.shape = shape;
    this.buffer = buffer ?? new ArrayBuffer(8 * headerSize + 4 * words + bytes);
    this.header = new Float64Array(this.buffer, 0, headerSize);

    let offset = this.header.byteLength;
    const nextFloats = (count: number) => {
      const view = new Float32Array(this.buffer, offset, count);
      offset += view.byteLength;
      return view;
    };
    const nextBytes = (count: number) => {
      const view = new Uint8Array(this.buffer, offset, count);
      offset += count;
      return view;
    };
    this.observations = nextFloats(agents * observationSize);
    this.finalObservations = nextFloats(agents * observationSize);
    this.rewardTerms = nextFloats(agents * rewardTerms);
    this.actions = nextFloats(agents * actionWidth);
    this.logProbabilities = nextFloats(agents);
    this.values = nextFloats(agents);
    this.lengthTicks = new Int32Array(this.buffer, offset, agents);
    offset += this.lengthTicks.byteLength;
    this.terminated = nextBytes(agents);
    this.truncated = nextBytes(agents);
    this.interrupted = nextBytes(agents);
    this.controllers = nextBytes(agents);
    this.masks = nextBytes(agents * masks);
  }

  /** Counts decisions from 0; an answer carries its question's number. */
  get number(): number {
    return this.header[0]!;
  }
  set number(value: number) {
    this.header[0] = value;
  }

  /** Version of the snapshot that chose the actions. */
  get policyVersion(): number {
    return this.header[1]!;
  }
  set policyVersion(value: number) {
    this.header[1] = value;
  }

  /** True while both rollout buffers are full and the learner is still busy: the game should ease off. */
  get buffersFull(): boolean {
    return this.header[2] !== 0;
  }
  set buffersFull(value: boolean) {
    this.header[2] = value ? 1 : 0;
  }

  /** Decisions of the learner's policy recorded since the run began. */
  get decisions(): number {
    return this.header[3]!;
  }
  set decisions(value: number) {
    this.header[3] = value;
  }
}
