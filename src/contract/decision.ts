import { spaceSizes } from './action-layout';
import {
  type ColumnLayout,
  columnLayout,
  type DecisionColumns,
  decisionColumns,
  layColumns,
  widthOf,
} from './column-layout';
import { type DecisionOutcome, type EnvironmentSpec, seatsOf } from './environment';

/**
 * Who chooses an agent's actions: whoever the actor casts for the seat, which is the learner or, where agents meet, one
 * of its opponents (see `Casting`); a frozen policy; or a person. Only the learner's own steps enter rollouts.
 */
export const controllers = { cast: 0, frozen: 1, person: 2 } as const;
/** One of `controllers`, as a number. */
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

/** The sizes of a decision record of an environment with so many arenas. */
export function decisionShape(spec: EnvironmentSpec, arenas: number): DecisionShape {
  return {
    agents: arenas * seatsOf(spec),
    rewardTerms: spec.rewardTerms.length,
    ...spaceSizes(spec.observationSpace.size, spec.actionSpace),
  };
}

/** Numbers of a record that are not one an agent. Float64, so that they count past 2^31. */
const headerSize = 4;
const headerBytes = headerSize * Float64Array.BYTES_PER_ELEMENT;

/** Of every shape that is in use: records are made anew at each decision. */
const layouts = new WeakMap<DecisionShape, ColumnLayout>();

function layoutOf(shape: DecisionShape): ColumnLayout {
  const known = layouts.get(shape);
  if (known !== undefined) return known;
  const layout = columnLayout(
    decisionColumns,
    (column) => shape.agents * widthOf(column, shape),
    headerBytes,
  );
  layouts.set(shape, layout);
  return layout;
}

/** The columns as fields: those of the table. */
const DecisionFields = class {} as new () => DecisionColumns;

/**
 * One decision of all arenas: the question the game asks and the answer the actor gives, over one `ArrayBuffer`
 * that is transferred to the worker and back: no numbers are copied, only the views over them are made anew on each
 * side. Its columns `[N, width]` are those of the table in `columns.ts`.
 *
 * The game fills the outcome and `controllers`; the actor fills `actions`, `logProbabilities`, `values`,
 * `policyVersion`, `buffersFull` and `decisions`.
 */
export class DecisionBatch extends DecisionFields implements DecisionOutcome {
  readonly shape: DecisionShape;
  readonly buffer: ArrayBuffer;
  private readonly header: Float64Array<ArrayBuffer>;

  /** Lays a record over `buffer`, or over a new one of the right length. */
  constructor(shape: DecisionShape, buffer?: ArrayBuffer) {
    super();
    const layout = layoutOf(shape);
    this.shape = shape;
    this.buffer = buffer ?? new ArrayBuffer(layout.bytes);
    layColumns(layout, this.buffer, this);
    this.header = new Float64Array(this.buffer, 0, headerSize);
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
