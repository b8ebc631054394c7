import { graphKey, neededFor, type PolicyGraph } from './graph/graph';
import { compile, type Plan } from './graph/plan';
import { arrayAt, bindCalls, type Run } from './graph/run-plan';
import type { CreateKernels, Numbers } from './kernels/kernels';

/** Weights of so many policies stay where the kernels read them, so that taking turns copies nothing. */
const mostResident = 32;
/** Of large policies fewer: all together no more numbers than these. */
const mostResidentNumbers = 2 ** 22;

/** One policy's weights, and the plan bound to them. */
export interface Resident {
  readonly forward: Run;
  /** What the value alone takes. */
  readonly forwardToValue: Run;
}

interface Slot extends Resident {
  readonly parameters: Numbers;
  /** Whose weights are in it. */
  owner: object | null;
  /** When it was last used. */
  turn: number;
}

/** Kernels and arrays to run all policies of one graph with, forward only; one for all their snapshots on a thread. */
export class SnapshotWorkspace {
  readonly plan: Plan;
  /** Where observations are put, and where outputs are found. */
  readonly observations: Numbers;
  readonly outputs: Numbers;
  readonly values: Numbers;
  private readonly slots: readonly Slot[];
  private turn = 0;

  private constructor(plan: Plan, arrays: { readonly activations: Numbers }, slots: readonly Slot[]) {
    this.plan = plan;
    this.observations = arrayAt(arrays, plan.input);
    this.outputs = arrayAt(arrays, plan.outputs.policy.rows);
    this.values = arrayAt(arrays, plan.outputs.value.rows);
    this.slots = slots;
  }

  static create<Array extends Numbers>(createKernels: CreateKernels<Array>, graph: PolicyGraph) {
    const plan = compile(graph);
    const { parameters: size, activations: count } = plan.counts;
    const resident = Math.max(1, Math.min(mostResident, Math.floor(mostResidentNumbers / size)));
    const { kernels, arrays } = createKernels((allocate) => ({
      activations: allocate(count),
      residents: Array.from({ length: resident }, () => allocate(size)),
    }));
    const { activations } = arrays;
    const forValue = neededFor(graph, graph.outputs.value);
    const valueCalls = plan.forward.filter(({ node }) => forValue.has(node));
    const slots = arrays.residents.map((parameters): Slot => {
      const bind = (calls: Plan['forward']) => bindCalls(kernels, calls, { parameters, activations });
      return {
        parameters,
        forward: bind(plan.forward),
        forwardToValue: bind(valueCalls),
        owner: null,
        turn: 0,
      };
    });
    return new SnapshotWorkspace(plan, arrays, slots);
  }

  /**
   * The plan with a policy's weights in place, until another policy's are asked for.
   *
   * @param weights padded; their owner: the same array stands for the same policy.
   */
  withWeights(weights: Float32Array): Resident {
    let slot = this.slots.find(({ owner }) => owner === weights);
    if (slot === undefined) {
      slot = this.slots.reduce((oldest, each) => (each.turn < oldest.turn ? each : oldest));
      slot.parameters.set(weights);
      slot.owner = weights;
    }
    slot.turn = ++this.turn;
    return slot;
  }
}

/**
 * One for all snapshots of the same graph, while there are any: engines set aside gigabytes of addresses for each
 * WebAssembly memory, and give them back only when the memory is collected.
 */
const workspaces = new Map<string, WeakRef<SnapshotWorkspace>>();

/** @param name of the kernels. @throws what `createKernels` throws. */
export function workspaceOf<Array extends Numbers>(
  name: string,
  createKernels: CreateKernels<Array>,
  graph: PolicyGraph,
): SnapshotWorkspace {
  const key = `${name} ${graphKey(graph)}`;
  const shared = workspaces.get(key)?.deref();
  if (shared !== undefined) return shared;
  const workspace = SnapshotWorkspace.create(createKernels, graph);
  workspaces.set(key, new WeakRef(workspace));
  return workspace;
}
