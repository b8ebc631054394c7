import * as tf from '@tensorflow/tfjs-core';
import { isSoftwareRenderer, PlaytrainError, rendererOf } from '../contract';
import { contextLost } from './device-wait';
import { type EstimateTask, knownEstimates } from './estimates';
import { FenceLatency } from './fence-latency';
import { adamStepProgram } from './kernels/webgl/adam-step';
import { backwardPrograms } from './kernels/webgl/dense-backward';
import { forwardPrograms } from './kernels/webgl/dense-forward';
import { DeviceMemory } from './kernels/webgl/device-memory';
import { deviceCaughtUp, readTexels } from './kernels/webgl/device-read';
import type { DrawTarget } from './kernels/webgl/float-texture';
import { scanPasses, scanPrograms } from './kernels/webgl/gae-scan';
import {
  filledBySlices,
  gradientRegions,
  type SlicesOf,
  slicedRectangle,
  wholeGradient,
} from './kernels/webgl/gradient-slices';
import { logEntryProgram, partialSumsProgram, partialSumsWidth } from './kernels/webgl/minibatch-statistics';
import { policyLossProgram } from './kernels/webgl/policy-loss';
import { type Program, ProgramContext } from './kernels/webgl/program-context';
import { StatisticsLog, statisticsRows } from './kernels/webgl/statistics-log';
import { knownOutcomes, momentsProgram, outcomesProgram, readOutcomes } from './kernels/webgl/step-outcomes';
import { sumSlicesProgram } from './kernels/webgl/sum-slices';
import { rowsFor, rowWidth } from './kernels/webgl/texel-rows';
import { packParameters, type TileLayout, tileLayout, unpackParameters } from './kernels/webgl/tile-layout';
import { tilesFor } from './kernels/webgl/tile-matrix';
import { type UpdateTable, updateTable } from './kernels/webgl/update-table';
import { weightGradientPrograms } from './kernels/webgl/weight-gradient';
import {
  type CreateTrainer,
  type MinibatchTrainer,
  type TrainerState,
  type TrainerUpdate,
  untilStopped,
} from './minibatch-trainer';
import type { PolicyLayout } from './policy';

/**
 * Takes PPO's gradient steps on tfjs's WebGL context, with 3 L + 6 programs a minibatch for L hidden layers, 15 at most,
 * and one more where the weights' gradient is summed in slices.
 * Equal, up to rounding, to `createAutodiffTrainer`, which is the definition.
 *
 * The gradient is written out by hand. A minibatch is, in order:
 *
 *     forward         each hidden layer, actor and critic side by side, then both heads
 *     loss            slopes of the loss at the heads' outputs, and each step's statistics
 *     backward        slopes at each hidden layer, from the last to the first
 *     weight gradient of each layer, and of the heads; of long minibatches in slices, which are added then
 *     statistics      partial sums; then the minibatch's means, the gradient's norm, and whether the update goes on
 *     Adam            all parameters and moments
 *
 * Before the first one, advantages are estimated where they are not known, and each minibatch's are measured.
 *
 * All of an update is uploaded as it begins, and all of it is read as it ends; nothing waits for the device in between,
 * unless a KL is to stop it. What differs from one minibatch to the next, and every setting, is among 16 uniform numbers,
 * so nothing is compiled twice for the same net.
 *
 * The device is not touched before the first `begin`.
 *
 * @throws PlaytrainError `backend-unavailable` while tfjs's backend is not WebGL.
 */
export const createFusedTrainer: CreateTrainer = (policy, state) =>
  createSlicedTrainer(policy, state, slicesForDevice);

/** Slices for the device that is open: software has no more processors to fill. */
function slicesForDevice(layout: TileLayout, gl: WebGL2RenderingContext): SlicesOf {
  return isSoftwareRenderer(rendererOf(gl)) ? wholeGradient : filledBySlices(layout);
}

/**
 * The fused trainer with the gradient split as is asked for.
 *
 * @throws PlaytrainError `backend-unavailable` while tfjs's backend is not WebGL.
 */
export function createSlicedTrainer(
  policy: PolicyLayout,
  state: TrainerState,
  slicesFor: (layout: TileLayout, gl: WebGL2RenderingContext) => SlicesOf,
): MinibatchTrainer {
  if (tf.getBackend() !== 'webgl') {
    throw new PlaytrainError(
      'backend-unavailable',
      'The fused trainer runs on WebGL only; open the webgl backend first, or take the trainer of the backend that is open.',
    );
  }
  const layout = tileLayout(policy);
  let device: ReturnType<typeof createDevice> | null = null;
  let update: TrainerUpdate | null = null;
  let table: UpdateTable | null = null;
  let stepsBefore = state.adamSteps;
  let taken = 0;
  // The caller may reuse its arrays before the device is first touched.
  const initial = copyOf(state);

  const trainer: MinibatchTrainer = {
    begin(next) {
      device ??= createDevice(layout, initial, slicesFor);
      table = device.begin(next, stepsBefore);
      update = next;
      taken = 0;
    },

    step() {
      device!.step(taken, table!);
      taken += 1;
      return true;
    },

    settle: async () => (device === null ? 0 : device.latency.settle()),

    async hasStopped() {
      if (taken === 0 || !Number.isFinite(update!.settings.largestKl)) return false;
      return !(await device!.goesOn(taken - 1));
    },

    async finish() {
      const { batch, settings } = update!;
      const { estimates } = batch;
      const isEstimated = 'rollouts' in estimates && table!.minibatches > 0;
      const {
        statistics: computed,
        outcomes,
        ...numbers
      } = await device!.read(taken, isEstimated ? batch.size : 0);
      const { stepsTaken, ...told } = untilStopped(computed, settings.largestKl);
      stepsBefore += stepsTaken;
      return {
        ...numbers,
        adamSteps: stepsBefore,
        ...told,
        estimates: isEstimated ? outcomes : knownEstimates(estimates),
      };
    },

    dispose() {
      device?.dispose();
      device = null;
    },
  };
  return trainer;
}

// ---- On the device --------------------------------------------------------------------------------------------------

/** The trainer's textures, and the programs that run on them. Where making them fails, none is left behind. */
function createDevice(
  layout: TileLayout,
  state: TrainerState,
  slicesFor: (layout: TileLayout, gl: WebGL2RenderingContext) => SlicesOf,
) {
  const context = ProgramContext.current();
  const { gl } = context;
  if (gl.isContextLost()) throw contextLost();
  const memory = new DeviceMemory(gl);
  try {
    return layOutDevice(context, memory, layout, state, slicesFor(layout, gl));
  } catch (error) {
    memory.dispose();
    throw error;
  }
}

function layOutDevice(
  context: ProgramContext,
  memory: DeviceMemory,
  layout: TileLayout,
  state: TrainerState,
  slicesOf: SlicesOf,
) {
  const { gl } = context;
  const programs = linkPrograms(context, layout);
  const { hidden, lossTerms, parameters: matrix } = layout;
  const maxSize = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;

  /** θ, m and v. Adam reads one and writes the other. */
  const newState = () => memory.target(matrix.width, 4 * matrix.height, 3);
  let present = newState();
  let next = newState();
  [state.parameters, state.adamMean, state.adamVariance].forEach((numbers, i) => {
    context.upload(present.textures[i]!, packParameters(layout, numbers));
  });
  /** Where no parameter lies, it is never written and stays 0. */
  const gradient = memory.layered(matrix.width, matrix.height, 4);
  const regions = gradientRegions(layout);
  const partialSums = memory.target(partialSumsWidth(layout), 3);

  // These grow with the longest minibatch, the most minibatches and the largest update so far.
  let activations = createActivations(0);
  let log = new StatisticsLog(memory, 0);
  let table = memory.target(rowWidth, 1);
  let outcomes = memory.target(rowWidth, 1);
  let moments = memory.target(rowWidth, 1);
  /** Of the gradient; null while no minibatch needs them. */
  let gradientSlices: DrawTarget | null = null;
  /** The scan's passes read one and write the other. */
  let sums: readonly DrawTarget[] = [];

  /** Of `[B, …]`, for minibatches of up to `4 · rowTiles` steps. */
  function createActivations(rowTiles: number) {
    const tiled = (width: number) => memory.layered(width, Math.max(1, rowTiles), 4);
    const targets = {
      hidden: hidden.map((units) => tiled(2 * units)),
      slopes: hidden.map((units) => tiled(2 * units)),
      outputs: tiled(layout.actions + 1),
      lossTerms: tiled(lossTerms.width),
    };
    return { rowTiles, ...targets, all: Object.values(targets).flat() };
  }

  /** A list with room for so many texels: the given one, or another in its place. */
  function listFor(texels: number, list: DrawTarget): DrawTarget {
    const height = rowsFor(texels);
    if (height <= list.textures[0]!.height) return list;
    memory.release(list);
    return memory.target(rowWidth, height);
  }

  function makeRoomForSlices(slices: number): void {
    const height = slices * matrix.height;
    if (slices === 1 || height <= (gradientSlices?.textures[0]?.height ?? 0)) return;
    if (gradientSlices !== null) memory.release(gradientSlices);
    gradientSlices = memory.layered(matrix.width, height, 4);
  }

  /** Makes room for an update. */
  function grow({ height, rows, cells, minibatches, longestMinibatch }: UpdateTable): void {
    const rowTiles = tilesFor(longestMinibatch);
    if (rowTiles > activations.rowTiles) {
      for (const target of activations.all) memory.release(target);
      activations = createActivations(rowTiles);
    }
    makeRoomForSlices(slicesOf(rowTiles));
    if (minibatches > log.capacity) {
      log.dispose();
      log = new StatisticsLog(memory, minibatches);
    }
    table = listFor(height * rowWidth, table);
    outcomes = listFor(rows, outcomes);
    moments = listFor(minibatches, moments);
    if (cells === 0) return;
    const [first, second] = sums;
    sums =
      first === undefined || second === undefined
        ? [memory.target(rowWidth, rowsFor(cells)), memory.target(rowWidth, rowsFor(cells))]
        : [listFor(cells, first), listFor(cells, second)];
  }

  const bindTarget = (name: string, { textures }: DrawTarget) => context.bind(name, textures[0]!);

  /** Draws the first so many texels of a list. */
  function drawList(program: Program, list: DrawTarget, texels: number, numbers: Float32Array): void {
    const width = Math.min(texels, rowWidth);
    context.draw(program, list, { x: 0, y: 0, width, height: rowsFor(texels) }, numbers);
  }

  /** Estimates the advantages of the rollouts in the table, and from them the outcomes. */
  function estimate(task: EstimateTask, { rows, cells, firstCell }: UpdateTable): void {
    let [from, to] = sums as readonly [DrawTarget, DrawTarget];
    for (const { isFirst, numbers } of scanPasses(task, firstCell)) {
      bindTarget('scanned', from);
      drawList(programs.scan[isFirst ? 0 : 1]!, to, cells, numbers);
      [from, to] = [to, from];
    }
    bindTarget('scanned', from);
    drawList(programs.outcomes, outcomes, rows, Float32Array.of(rows, 0, 0, 0));
  }

  function bindTextures(minibatch: number): void {
    bindTarget('updateTable', table);
    bindTarget('outcomes', outcomes);
    bindTarget('advantageMoments', moments);
    ['parameters', 'adamMean', 'adamVariance'].forEach((name, i) => {
      context.bind(name, present.textures[i]!);
    });
    for (let layer = 0; layer < hidden.length; layer++) {
      bindTarget(`hidden${layer}`, activations.hidden[layer]!);
      bindTarget(`slopes${layer}`, activations.slopes[layer]!);
    }
    bindTarget('outputs', activations.outputs);
    bindTarget('lossTerms', activations.lossTerms);
    bindTarget('gradient', gradient);
    if (gradientSlices !== null) bindTarget('gradientSlices', gradientSlices);
    bindTarget('partialSums', partialSums);
    bindTarget('presentLog', log.place(minibatch).target);
    bindTarget('previousLog', log.place(minibatch + 1).target);
  }

  return {
    latency: new FenceLatency(
      () => deviceCaughtUp(gl),
      () => tf.util.now(),
    ),

    /**
     * Uploads an update, and asks for its advantages where they are not known.
     *
     * @throws PlaytrainError `bad-settings` where it is larger than this device's textures can be; `context-lost`.
     */
    begin(update: TrainerUpdate, stepsBefore: number): UpdateTable {
      if (gl.isContextLost()) throw contextLost();
      const { batch } = update;
      const written = updateTable(layout, update, stepsBefore, maxSize, slicesOf);
      if (written === null || tilesFor(written.longestMinibatch) > maxSize) {
        throw new PlaytrainError(
          'bad-settings',
          `An update of ${batch.size} decisions in ${update.minibatches.length} minibatches is too large for this graphics processor; make the rollout or the minibatch smaller, or choose another backend.`,
        );
      }
      grow(written);
      context.upload(table.textures[0]!, written.texels);
      const { estimates } = batch;
      if (!('rollouts' in estimates)) context.upload(outcomes.textures[0]!, knownOutcomes(batch, estimates));
      if (written.rows === 0 || written.minibatches === 0) return written;
      context.enter();
      bindTarget('updateTable', table);
      if ('rollouts' in estimates) estimate(estimates, written);
      bindTarget('outcomes', outcomes);
      const told = Float32Array.of(written.minibatches, written.directory, 0, 0);
      drawList(programs.moments, moments, written.minibatches, told);
      context.leave();
      return written;
    },

    /** Asks for the step of one of the table's minibatches. */
    step(minibatch: number, told: UpdateTable): void {
      const numbers = told.numbersOf(minibatch);
      const rowTiles = tilesFor(told.sizeOf(minibatch));
      const slices = told.slicesOf(minibatch);
      context.enter();
      bindTextures(minibatch);
      const fill = (program: Program, target: DrawTarget, height = rowTiles) =>
        context.draw(program, target, { x: 0, y: 0, width: target.textures[0]!.width, height }, numbers);

      const { hidden: outputsOf, slopes, outputs, lossTerms: terms } = activations;
      [...outputsOf, outputs].forEach((target, layer) => {
        fill(programs.forward[layer]!, target);
      });
      fill(programs.loss, terms);
      for (let layer = hidden.length - 1; layer >= 0; layer--) {
        fill(programs.backward[layer]!, slopes[layer]!);
      }
      const summed = slices === 1 ? gradient : gradientSlices!; // there is room
      regions.forEach((region, layer) => {
        const rectangle = slicedRectangle(region, slices);
        context.draw(programs.weightGradient[layer]!, summed, rectangle, numbers);
      });
      if (slices > 1) fill(programs.sumSlices, gradient, matrix.height);
      fill(programs.partialSums, partialSums, 3);
      const entry = log.place(minibatch);
      context.draw(programs.logEntry, entry.target, entry, numbers);
      fill(programs.adam, next, 4 * matrix.height);
      [present, next] = [next, present];
      context.leave();
    },

    /** Whether no minibatch up to this one had too large a KL. */
    async goesOn(minibatch: number): Promise<boolean> {
      const texel = await readTexels(gl, [{ ...log.place(minibatch), attachment: 1 }]);
      return texel[3]! > 0;
    },

    /**
     * Everything that an update ends with, in one read.
     *
     * @param estimated how many steps' outcomes are read besides.
     */
    async read(minibatches: number, estimated: number) {
      const state = [0, 1, 2].map((attachment) => ({ ...whole(present), attachment }));
      const width = Math.min(estimated, rowWidth);
      const list = { target: outcomes, attachment: 0, x: 0, y: 0, width, height: rowsFor(estimated) };
      const requests = [...state, ...log.requests(minibatches), ...(estimated === 0 ? [] : [list])];
      const numbers = await readTexels(gl, requests);
      const size = 16 * matrix.width * matrix.height;
      const unpacked = (i: number) => unpackParameters(layout, numbers.subarray(i * size, (i + 1) * size));
      const outcomeTexels = estimated === 0 ? 0 : width * rowsFor(estimated);
      return {
        parameters: unpacked(0),
        adamMean: unpacked(1),
        adamVariance: unpacked(2),
        statistics: statisticsRows(numbers.subarray(3 * size), minibatches),
        outcomes: readOutcomes(numbers.subarray(numbers.length - 4 * outcomeTexels), estimated),
      };
    },

    dispose: () => memory.dispose(),
  };
}

/** Compiles what a net's minibatch needs, so that the first one does not wait for it; the thread goes on meanwhile. */
export async function compileFusedPrograms(policy: PolicyLayout): Promise<void> {
  await ProgramContext.current().linkBeside(programSources(tileLayout(policy)).all);
}

/** An update's programs. */
function programSources(layout: TileLayout) {
  const forward = forwardPrograms(layout);
  const backward = backwardPrograms(layout);
  const weightGradient = weightGradientPrograms(layout);
  const single = [
    policyLossProgram(layout),
    partialSumsProgram(layout),
    logEntryProgram(layout),
    adamStepProgram(layout),
    outcomesProgram(layout),
    sumSlicesProgram(layout),
    momentsProgram,
    ...scanPrograms,
  ];
  return { forward, backward, weightGradient, all: [...forward, ...backward, ...weightGradient, ...single] };
}

function linkPrograms(context: ProgramContext, layout: TileLayout) {
  const { forward, backward, weightGradient, all } = programSources(layout);
  const linked = context.link(all);
  const take = (sources: readonly unknown[]) => linked.splice(0, sources.length);
  return {
    forward: take(forward),
    backward: take(backward),
    weightGradient: take(weightGradient),
    ...singlePrograms(linked),
  };
}

function singlePrograms(linked: readonly Program[]) {
  const [loss, partialSums, logEntry, adam, outcomes, sumSlices, moments, ...scan] = linked as [
    Program,
    Program,
    Program,
    Program,
    Program,
    Program,
    Program,
    Program,
    Program,
  ];
  return { loss, partialSums, logEntry, adam, outcomes, sumSlices, moments, scan };
}

function whole(target: DrawTarget) {
  const { width, height } = target.textures[0]!;
  return { target, x: 0, y: 0, width, height };
}

function copyOf({ parameters, adamMean, adamVariance, adamSteps }: TrainerState): TrainerState {
  return {
    parameters: parameters.slice(),
    adamMean: adamMean.slice(),
    adamVariance: adamVariance.slice(),
    adamSteps,
  };
}
