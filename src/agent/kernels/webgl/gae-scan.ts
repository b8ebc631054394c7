import type { EstimateTask } from '../../estimates';
import { followingValue, tailContinues } from '../../gae';
import type { ProgramSource } from './program-context';
import { readRows } from './texel-rows';
import { texelProgram } from './tile-matrix';

/**
 * Generalised advantage estimation as a WebGL program of our own, over all of an update's rollouts at once.
 *
 *     A_t = Σ_k (γλ)^k δ_{t+k}      summed until the tail ends
 *     δ_t = r_t + γ V′_t − V_t = r_t − (1 − γ) V′_t + (V′_t − V_t)
 *
 * V′ is the value that follows (see `followingValue`). The second form of δ is used because V′ − V is rounded once,
 * from float64, and what remains is small: large values do not cancel in float32.
 *
 * The sum is a strided scan of radix 16. A cell after a pass of stride s holds [the sum of its first 16·s terms,
 * whether the tail goes on beyond them]; the next pass, of stride 16·s, adds 16 such cells weighted (γλ)^(16·s·j). The
 * weights are computed in float64 and given as uniforms, so nothing that a person can change is compiled in, and no
 * power of γλ is built up by float32 products.
 *
 * Rollouts of T steps and N₁, N₂, … agents are taken side by side for one of ΣN agents. Its cells `[T·ΣN]` lie a texel
 * each, in the update's table and then, as sums, in rows of 2048 as the table's do.
 *
 * Cost: ⌈log₁₆ T⌉ draws (1 to T = 16, 2 to 256, 3 to 4096, 4 beyond), each of 16 texel reads a cell at most. Nothing is
 * read back: the advantages go on to where the gradient is computed.
 */
const radix = 16;

/** The first pass reads (reward, following value, following value − value, tail continues) of the update's table. */
const residualOfCell = 'cell.r - oneMinusDiscount * cell.g + cell.b';
/** Later passes read (sum so far, unused, unused, tail continues) of the pass before. */
const sumOfCell = 'cell.r';

/** What one draw of the scan is told: `numbers`, 24 of them. */
export interface ScanPass {
  readonly isFirst: boolean;
  readonly numbers: Float32Array;
}

function scanProgram(isFirst: boolean): ProgramSource {
  const cells = isFirst ? 'updateTable' : 'scanned';
  return {
    samplers: [cells],
    fragmentShader: `${texelProgram}${readRows}
uniform sampler2D ${cells};
/** 16 weights; steps, agents, stride, the place of the first cell; 1 − γ. */
uniform vec4 numbers[6];
out vec4 result;

void main() {
  int steps = int(numbers[4].x);
  int agents = int(numbers[4].y);
  int stride = int(numbers[4].z);
  int firstCell = int(numbers[4].w);
  float oneMinusDiscount = numbers[5].x;
  int index = placeOfFragment();
  int step = index / agents;
  float sum = 0.0;
  float goesOn = 0.0;
  if (step < steps) {
    goesOn = 1.0;
    for (int j = 0; j < ${radix}; j++) {
      if (step + j * stride >= steps) { goesOn = 0.0; break; }
      vec4 cell = texelOf(${cells}, firstCell + index + j * stride * agents);
      sum += numbers[j >> 2][j & 3] * (${isFirst ? residualOfCell : sumOfCell});
      if (cell.a == 0.0) { goesOn = 0.0; break; }
    }
  }
  result = vec4(sum, 0.0, 0.0, goesOn);
}`,
  };
}

/** The first pass, and every later one. */
export const scanPrograms: readonly [ProgramSource, ProgramSource] = [scanProgram(true), scanProgram(false)];

/** ΣN: agents of all rollouts. */
export function totalAgents({ rollouts }: EstimateTask): number {
  return rollouts.reduce((sum, { shape }) => sum + shape.agents, 0);
}

/** T·ΣN. */
export function cellCount(task: EstimateTask): number {
  return task.rollouts[0]!.shape.steps * totalAgents(task); // an update has a rollout
}

/**
 * The draws of a scan, in order.
 *
 * @param firstCell where the cells begin in the update's table.
 */
export function scanPasses(task: EstimateTask, firstCell: number): ScanPass[] {
  const { discount, gaeLambda } = task.settings;
  const steps = task.rollouts[0]!.shape.steps; // an update has a rollout
  const agents = totalAgents(task);
  const passes: ScanPass[] = [];
  for (let stride = 1; stride === 1 || stride < steps; stride *= radix) {
    const isFirst = stride === 1;
    const weights = Array.from({ length: radix }, (_, j) => (discount * gaeLambda) ** (stride * j));
    const place = [steps, agents, stride, isFirst ? firstCell : 0];
    passes.push({ isFirst, numbers: Float32Array.from([...weights, ...place, 1 - discount, 0, 0, 0]) });
  }
  return passes;
}

/** Writes the first pass's cells into `texels` from `start` on, four numbers each. */
export function writeCells(task: EstimateTask, texels: Float32Array, start: number): void {
  const { rollouts, settings } = task;
  const agents = totalAgents(task);
  let before = 0;
  for (const rollout of rollouts) {
    const { steps, agents: own } = rollout.shape;
    for (let place = 0; place < steps * own; place++) {
      const following = followingValue(rollout, place, settings.bootstrapTruncated);
      const cell = start + 4 * jointCell(place, own, before, agents);
      texels[cell] = rollout.rewards[place]!;
      texels[cell + 1] = following;
      texels[cell + 2] = following - rollout.values[place]!;
      texels[cell + 3] = tailContinues(rollout, place) ? 1 : 0;
    }
    before += own;
  }
}

/** The cell of each step of the batch among those of all rollouts, `[M]`. */
export function cellsOfBatch(task: EstimateTask): Int32Array {
  const { rollouts, cells } = task;
  const agents = totalAgents(task);
  const own = rollouts.map(({ shape }) => shape.agents);
  const before = own.map((_, i) => own.slice(0, i).reduce((sum, count) => sum + count, 0));
  return cells.places.map((place, row) => {
    const rollout = cells.rollouts[row]!;
    return jointCell(place, own[rollout]!, before[rollout]!, agents);
  });
}

function jointCell(place: number, ownAgents: number, agentsBefore: number, agents: number): number {
  const step = Math.floor(place / ownAgents);
  return step * agents + agentsBefore + (place - step * ownAgents);
}
