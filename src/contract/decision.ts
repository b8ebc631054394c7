import type { DecisionOutcome, EnvironmentSpec } from './environment';
import { actionSize, maskSize } from './spaces';

/** Who chooses an arena's actions. Only `learner` steps enter rollouts. */
export const controllers = { learner: 0, frozen: 1, person: 2 } as const;
export type Controller = (typeof controllers)[keyof typeof controllers];

/** The sizes that fix a decision record's layout. */
export interface DecisionShape {
  readonly arenas: number;
  readonly observationSize: number;
  readonly actionSize: number;
  readonly rewardTerms: number;
  readonly maskSize: number;
}

export function decisionShape(spec: EnvironmentSpec, arenas: number): DecisionShape {
  return {
    arenas,
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
    const { arenas, observationSize, rewardTerms, maskSize: masks } = shape;
    const floatCounts = [
      arenas * observationSize,
      arenas * observationSize,
      arenas * rewardTerms,
      arenas * shape.actionSize,
      arenas,
      arenas,
    ];
    const byteCounts = [arenas, arenas, arenas, arenas * masks];
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
    this.observations = nextFloats(arenas * observationSize);
    this.finalObservations = nextFloats(arenas * observationSize);
    this.rewardTerms = nextFloats(arenas * rewardTerms);
    this.actions = nextFloats(arenas * shape.actionSize);
    this.logProbabilities = nextFloats(arenas);
    this.values = nextFloats(arenas);
    this.terminated = nextBytes(arenas);
    this.truncated = nextBytes(arenas);
    this.controllers = nextBytes(arenas);
    this.masks = nextBytes(arenas * masks);
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
