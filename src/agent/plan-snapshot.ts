import type { SnapshotData } from '../contract';
import type { Rows } from './graph/layer-kind';
import { pad } from './graph/padded-parameters';
import type { Numbers } from './kernels/kernels';
import { type PolicyLayout, readLogStd } from './policy';
import type { PolicySnapshot } from './policy-snapshot';
import type { SnapshotWorkspace } from './snapshot-workspace';

/** A policy snapshot that runs its graph's plan, forward only, in a workspace that it shares with others. */
export class PlanSnapshot implements PolicySnapshot {
  readonly version: number;
  readonly logStd: Float32Array;
  private readonly workspace: SnapshotWorkspace;
  private readonly parameters: Float32Array; // [P], padded

  /** Copies the weights, which must be as many as the layout's. */
  constructor(workspace: SnapshotWorkspace, layout: PolicyLayout, data: SnapshotData) {
    const padded = workspace.plan.parameters;
    this.version = data.version;
    this.logStd = readLogStd(layout, data.parameters);
    this.workspace = workspace;
    this.parameters = new Float32Array(padded.size);
    pad(padded, data.parameters, this.parameters);
  }

  forward(observations: Float32Array, count: number, outputs: Float32Array, values: Float32Array): void {
    const { plan, outputs: heads, values: valueHeads } = this.workspace;
    const { forward } = this.workspace.withWeights(this.parameters);
    for (let first = 0; first < count; first += plan.rows) {
      const rows = Math.min(plan.rows, count - first);
      this.load(observations, first, rows);
      forward(rows);
      copyRows(plan.outputs.policy.rows, heads, rows, outputs, first);
      copyRows(plan.outputs.value.rows, valueHeads, rows, values, first);
    }
  }

  value(observations: Float32Array, row: number): number {
    const { forwardToValue } = this.workspace.withWeights(this.parameters);
    this.load(observations, row, 1);
    forwardToValue(1);
    return this.workspace.values[0]!;
  }

  private load(observations: Float32Array, firstRow: number, count: number): void {
    const { size } = this.workspace.plan.input; // rows of the input lie as close together as those of observations
    const into = this.workspace.observations;
    for (let i = 0; i < count * size; i++) into[i] = observations[firstRow * size + i]!;
  }
}

/** Copies padded rows into tight ones, `[N, size]`, from row `first` on. */
function copyRows(
  { size, width }: Rows,
  padded: Numbers,
  rows: number,
  tight: Float32Array,
  first: number,
): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < size; i++) tight[(first + row) * size + i] = padded[row * width + i]!;
  }
}
