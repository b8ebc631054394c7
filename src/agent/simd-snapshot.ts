import { policyOutputSize, type SnapshotData } from '../contract';
import { blockRows, layOutNetwork, pad, paddedLayout, runForward } from './dense-network';
import { type Allocate, type Kernels, paddedWidth } from './kernels/kernels';
import { createSimdKernels } from './kernels/simd/kernels';
import { type PolicyLayout, readLogStd } from './policy';
import type { PolicySnapshot } from './policy-snapshot';

/** A policy snapshot in WebAssembly SIMD, float32. */
export class SimdSnapshot implements PolicySnapshot {
  readonly version: number;
  readonly logStd: Float32Array;
  private readonly workspace: Workspace;
  private readonly parameters: Float32Array; // [P], padded
  private readonly observationSize: number;
  private readonly outputSize: number;

  /**
   * Copies the weights, which must be as many as the layout's.
   *
   * @throws PlaytrainError `backend-unavailable` where the engine knows no WebAssembly SIMD.
   */
  constructor(layout: PolicyLayout, data: SnapshotData) {
    const padded = paddedLayout(layout);
    this.version = data.version;
    this.logStd = readLogStd(layout, data.parameters);
    this.workspace = workspaceOf(layout);
    this.parameters = new Float32Array(padded.size);
    pad(padded, data.parameters, this.parameters);
    this.observationSize = layout.observationSize;
    this.outputSize = policyOutputSize(layout.actionSpace);
  }

  forward(observations: Float32Array, count: number, outputs: Float32Array, values: Float32Array): void {
    const { kernels, arrays } = this.ownWorkspace();
    const width = paddedWidth(this.outputSize);
    for (let first = 0; first < count; first += blockRows) {
      const rows = Math.min(blockRows, count - first);
      this.load(observations, first, rows);
      const head = runForward(kernels, arrays.actor, arrays.observations, rows);
      for (let row = 0; row < rows; row++) {
        for (let output = 0; output < this.outputSize; output++) {
          outputs[(first + row) * this.outputSize + output] = head[row * width + output]!;
        }
      }
      const valueHead = runForward(kernels, arrays.critic, arrays.observations, rows);
      for (let row = 0; row < rows; row++) values[first + row] = valueHead[row * valueWidth]!;
    }
  }

  value(observations: Float32Array, row: number): number {
    const { kernels, arrays } = this.ownWorkspace();
    this.load(observations, row, 1);
    return runForward(kernels, arrays.critic, arrays.observations, 1)[0]!;
  }

  private load(observations: Float32Array, firstRow: number, count: number): void {
    const size = this.observationSize;
    const into = this.workspace.arrays.observations;
    for (let i = 0; i < count * size; i++) into[i] = observations[firstRow * size + i]!;
  }

  /** The workspace, with this snapshot's weights in it. */
  private ownWorkspace(): Workspace {
    if (this.workspace.holds !== this.parameters) {
      this.workspace.arrays.parameters.set(this.parameters);
      this.workspace.holds = this.parameters;
    }
    return this.workspace;
  }
}

/** From one value to the next. */
const valueWidth = paddedWidth(1);

/** A WebAssembly memory to run nets of one layout in. */
class Workspace {
  readonly kernels: Kernels;
  readonly arrays: ReturnType<typeof layOutWorkspace>;
  /** The padded parameters that are in it: those of the snapshot that ran last. */
  holds: Float32Array | null = null;

  constructor(layout: PolicyLayout) {
    const { kernels, arrays } = createSimdKernels((allocate) => layOutWorkspace(allocate, layout));
    this.kernels = kernels;
    this.arrays = arrays;
  }
}

function layOutWorkspace(allocate: Allocate, layout: PolicyLayout) {
  const parameters = allocate(paddedLayout(layout).size);
  return {
    parameters,
    observations: allocate(blockRows * layout.observationSize),
    actor: layOutNetwork(allocate, layout, 'actor', parameters),
    critic: layOutNetwork(allocate, layout, 'critic', parameters),
  };
}

/**
 * One for all snapshots of the same sizes, while there are any: engines set aside gigabytes of addresses for each
 * memory, and give them back only when the memory is collected.
 */
const workspaces = new Map<string, WeakRef<Workspace>>();

function workspaceOf(layout: PolicyLayout): Workspace {
  const { observationSize, actionSpace, hiddenSizes, activation } = layout;
  const sizes = [actionSpace.kind, observationSize, hiddenSizes, policyOutputSize(actionSpace), activation];
  const key = JSON.stringify(sizes);
  const shared = workspaces.get(key)?.deref();
  if (shared !== undefined) return shared;
  const workspace = new Workspace(layout);
  workspaces.set(key, new WeakRef(workspace));
  return workspace;
}
