import { type DecisionOutcome, type EnvironmentSpec, seatsOf } from './environment';
import { actionSize, maskSize } from './spaces';

/**
 * Who chooses an agent's actions. Only the learner's own steps enter rollouts. Where agents meet, `learner` leaves it
 * to the actor which seats the learner plays and which its opponents; see `Casting`.
 */
export const controllers = { learner: 0, frozen: 1, person: 2 } as const;
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

/**
 * One decision of all arenas: the question the game asks and the answer the actor gives, over one `ArrayBuffer`
 * that is transferred to the worker and back, so that a decision copies and allocates nothing.
 *
 * The game fills the outcome and `controllers`; the actor fills `actions`, `logProbabilities`, `values`,
 * `policyVersion`, `recorded` and `decisions`.
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
  readonly terminated: Uint8Array<ArrayBuffer>; // [N]
  readonly truncated: Uint8Array<ArrayBuffer>; // [N]
  readonly controllers: Uint8Array<ArrayBuffer>; // [N]
  readonly masks: Uint8Array<ArrayBuffer>; // [N, mask]
  private readonly header: Int32Array<ArrayBuffer>;

  /** Lays a record over `buffer`, or over a new one of the right length. */
  constructor(shape: DecisionShape, buffer?: ArrayBuffer) {
    const { agents, observationSize, rewardTerms, maskSize: masks } = shape;
    const floatCounts = [
      agents * observationSize,
      agents * observationSize,
      agents * rewardTerms,
      agents * shape.actionSize,
      agents,
      agents,
    ];
    const byteCounts = [agents, agents, agents, agents * masks];
    const headerInts = 4;
    const floats = floatCounts.reduce((sum, count) => sum + count, 0);
    const bytes = byteCounts.reduce((sum, count) => sum + count, 0);
    this.shape = shape;
    this.buffer = buffer ?? new ArrayBuffer(4 * (headerInts + floats) + bytes);
    this.header = new Int32Array(this.buffer, 0, headerInts);

    let offset = 4 * headerInts;
    const nextFloats = (count: number) => {
      const view = new Float32Array(this.buffer, offset, count);
      offset += 4 * count;
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
    this.actions = nextFloats(agents * shape.actionSize);
    this.logProbabilities = nextFloats(agents);
    this.values = nextFloats(agents);
    this.terminated = nextBytes(agents);
    this.truncated = nextBytes(agents);
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

  /** False while both rollout buffers are full and the learner is still busy: the game should ease off. */
  get recorded(): boolean {
    return this.header[2] !== 0;
  }
  set recorded(value: boolean) {
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
