import { SeededRandom } from '../../random/seeded-random';
import { outputNames, type PolicyGraph } from '../graph/graph';
import { type LayerKinds, layerKinds } from '../graph/layer-kinds';
import { pad } from '../graph/padded-parameters';
import { compile, type Plan } from '../graph/plan';
import { allocateAll, arrayAt, bindCalls } from '../graph/run-plan';
import type { CreateKernels, Numbers } from '../kernels/kernels';
import { createFloat64Kernels } from '../kernels/plain/kernels';

/** How many rows are run, of a plan for more. */
const rows = 5;
const planRows = 8;

/** A graph with weights and observations, and the sum that its gradient is taken of: Σ c · outputs. */
export interface GraphCase {
  readonly graph: PolicyGraph;
  readonly kinds: LayerKinds;
  readonly observations: Float32Array<ArrayBuffer>; // [rows, obs]
  /** c, of each output. */
  readonly coefficients: Readonly<Record<string, Float32Array<ArrayBuffer>>>; // [rows, size]
  readonly parameters: Float32Array<ArrayBuffer>; // [P]
}

export interface GraphResult {
  readonly outputs: Readonly<Record<string, readonly number[]>>; // [rows, size]
  readonly gradient: Float64Array; // [P]
}

export function graphCase(graph: PolicyGraph, seed: number, kinds: LayerKinds = layerKinds): GraphCase {
  const random = SeededRandom.fromSeed(seed);
  const { input, outputs, parameters } = compile(graph, { rows: planRows }, kinds);
  const normals = (count: number, scale = 1) =>
    Float32Array.from({ length: count }, () => scale * random.normal());
  const count = parameters.blocks.reduce((sum, { block }) => sum + block.size, 0);
  return {
    graph,
    kinds,
    observations: normals(rows * input.size),
    coefficients: Object.fromEntries(
      outputNames.map((name) => [name, normals(rows * outputs[name].rows.size)]),
    ),
    parameters: normals(count, 0.5),
  };
}

/** Runs a case forwards and backwards. */
export function runGraph<Array extends Numbers>(
  createKernels: CreateKernels<Array>,
  given: GraphCase,
): GraphResult {
  return boundCase(createKernels, given).run();
}

/** A case's plan, bound to kernels. */
function boundCase<Array extends Numbers>(createKernels: CreateKernels<Array>, given: GraphCase) {
  const plan = compile(given.graph, { rows: planRows }, given.kinds);
  const { kernels, arrays } = createKernels((allocate) => allocateAll(allocate, plan));
  const at = (name: (typeof outputNames)[number]) => plan.outputs[name];
  const forward = bindCalls(kernels, plan.forward, arrays);
  const refresh = bindCalls(kernels, plan.refresh, arrays);
  const backward = bindCalls(kernels, [...plan.backward, ...plan.accumulate], arrays);
  pad(plan.parameters, given.parameters, arrays.parameters);
  arrayAt(arrays, plan.input).set(given.observations);
  const tight = (name: (typeof outputNames)[number]) => {
    const { size, width } = at(name).rows;
    const padded = arrayAt(arrays, at(name).rows);
    return Array.from({ length: rows * size }, (_, i) => padded[Math.floor(i / size) * width + (i % size)]!);
  };
  /** Σ c · outputs, with one parameter moved. */
  function lossAt(parameter: number, shift: number): number {
    const place = paddedPlace(plan, parameter);
    const before = arrays.parameters[place]!;
    arrays.parameters[place] = before + shift;
    forward(rows);
    arrays.parameters[place] = before;
    const sums = outputNames.map((name) =>
      tight(name).reduce((sum, output, i) => sum + given.coefficients[name]![i]! * output, 0),
    );
    return sums.reduce((sum, part) => sum + part, 0);
  }
  function run(): GraphResult {
    forward(rows);
    const outputs = Object.fromEntries(outputNames.map((name) => [name, tight(name)]));
    for (const name of outputNames) {
      const { size, width } = at(name).slopes;
      const slopes = arrayAt(arrays, at(name).slopes);
      given.coefficients[name]!.forEach((c, i) => {
        slopes[Math.floor(i / size) * width + (i % size)] = c;
      });
    }
    refresh(rows);
    backward(rows);
    const gradient = Float64Array.from(given.parameters, (_, i) => arrays.gradient[paddedPlace(plan, i)]!);
    return { outputs, gradient };
  }
  return { lossAt, run };
}

/** The gradient by central differences, in float64. Wrong only where a kink lies within a millionth. */
export function differencedGradient(
  given: GraphCase,
  createKernels: CreateKernels<Float64Array> = createFloat64Kernels,
): Float64Array {
  const { lossAt } = boundCase(createKernels, given);
  const h = 1e-6;
  return Float64Array.from(given.parameters, (_, i) => (lossAt(i, h) - lossAt(i, -h)) / (2 * h));
}

/** The largest difference, as a share of the largest number (or of 1, where that is smaller). */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 1;
  let error = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    error = Math.max(error, Number.isFinite(actual[i]!) ? Math.abs(actual[i]! - expected[i]!) : Infinity);
  }
  return error / largest;
}

function paddedPlace({ parameters }: Plan, parameter: number): number {
  const { block, columns, width, offset } = parameters.blocks.find(
    ({ block: { offset: first, size } }) => parameter >= first && parameter < first + size,
  )!; // every parameter is in a block
  const within = parameter - block.offset;
  return offset + Math.floor(within / columns) * width + (within % columns);
}
