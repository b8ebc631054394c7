import * as tf from '@tensorflow/tfjs-core';
import { PlaytrainError } from '../contract';
import { contextLost } from './device-wait';
import { adamStepProgram } from './kernels/webgl/adam-step';
import { backwardPrograms } from './kernels/webgl/dense-backward';
import { forwardPrograms } from './kernels/webgl/dense-forward';
import { deviceCaughtUp, readTexels } from './kernels/webgl/device-read';
import { createDrawTarget, createFloatTexture, type DrawTarget } from './kernels/webgl/float-texture';
import { logEntryProgram, partialSumsProgram, partialSumsWidth } from './kernels/webgl/minibatch-statistics';
import { policyLossProgram } from './kernels/webgl/policy-loss';
import { type Program, ProgramContext } from './kernels/webgl/program-context';
import { StatisticsLog, statisticsRows } from './kernels/webgl/statistics-log';
import { packParameters, type TileLayout, tileLayout, unpackParameters } from './kernels/webgl/tile-layout';
import { tilesFor } from './kernels/webgl/tile-matrix';
import { type UpdateTable, updateTable, updateTableWidth } from './kernels/webgl/update-table';
import { weightGradientPrograms, weightGradientRectangles } from './kernels/webgl/weight-gradient';
import {
  type CreateTrainer,
  type MinibatchTrainer,
  type TrainerState,
  type TrainerUpdate,
  untilStopped,
} from './minibatch-trainer';
import type { PolicyLayout } from './policy';

/**
 * Takes PPO's gradient steps on tfjs's WebGL context, with 3 L + 6 programs a minibatch for L hidden layers: 15 at most.
 * Equal, up to rounding, to `createAutodiffTrainer`, which is the definition.
 *
 * The gradient is written out by hand. A minibatch is, in order:
 *
 *     forward         each hidden layer, actor and critic side by side, then both heads
 *     loss            slopes of the loss at the heads' outputs, and each step's statistics
 *     backward        slopes at each hidden layer, from the last to the first
 *     weight gradient of each layer, and of the heads
 *     statistics      partial sums; then the minibatch's means, the gradient's norm, and whether the update goes on
 *     Adam            all parameters and moments
 *
 * Nothing is uploaded or read within an update. What differs from one minibatch to the next, and every setting, is among
 * 16 uniform numbers that are computed in advance, so nothing is compiled twice for the same net.
 *
 * The device is not touched before the first `begin`.
 *
 * @throws PlaytrainError `backend-unavailable` while tfjs's backend is not WebGL.
 */
export const createFusedTrainer: CreateTrainer = (policy, state) => {
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
      device ??= createDevice(layout, initial);
      table = device.begin(next, stepsBefore);
      update = next;
      taken = 0;
    },

    step() {
      device!.step(taken, table!.minibatches[taken]!, table!.sizes[taken]!);
      taken += 1;
      return true;
    },

    async settle() {
      if (device !== null) await deviceCaughtUp(device.gl);
    },

    async hasStopped() {
      if (taken === 0 || !Number.isFinite(update!.settings.largestKl)) return false;
      return !(await device!.goesOn(taken - 1));
    },

    async finish() {
      const { statistics: computed, ...numbers } = await device!.read(taken);
      const { stepsTaken, ...told } = untilStopped(computed, update!.settings.largestKl);
      stepsBefore += stepsTaken;
      return { ...numbers, adamSteps: stepsBefore, ...told };
    },

    dispose() {
      device?.dispose();
      device = null;
    },
  };
  return trainer;
};

// ---- On the device --------------------------------------------------------------------------------------------------

/** The trainer's textures, and the programs that run on them. */
function createDevice(layout: TileLayout, state: TrainerState) {
  const context = ProgramContext.current();
  const { gl } = context;
  if (gl.isContextLost()) throw contextLost();
  const programs = linkPrograms(context, layout);
  const { hidden, lossTerms, parameters: matrix } = layout;
  const maxSize = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;

  const flat = (width: number, height: number) => createFloatTexture(gl, width, height);
  const layered = (width: number, height: number, layers: number) =>
    createDrawTarget(gl, createFloatTexture(gl, width, height, layers));

  /** θ, m and v. Adam reads one and writes the other. */
  const newMatrix = () => flat(matrix.width, 4 * matrix.height);
  const newState = () => createDrawTarget(gl, newMatrix(), newMatrix(), newMatrix());
  let present = newState();
  let next = newState();
  [state.parameters, state.adamMean, state.adamVariance].forEach((numbers, i) => {
    context.upload(present.textures[i]!, packParameters(layout, numbers));
  });
  /** Where no parameter lies, it is never written and stays 0. */
  const gradient = layered(matrix.width, matrix.height, 4);
  const gradientRectangles = weightGradientRectangles(layout);
  const partialSums = createDrawTarget(gl, flat(partialSumsWidth(layout), 3));

  // These grow with the longest minibatch, the most minibatches and the largest update so far.
  let activations = createActivations(0);
  let log = new StatisticsLog(gl, 0);
  let table = flat(updateTableWidth, 1);

  /** Of `[B, …]`, for minibatches of up to `4 · rowTiles` steps. */
  function createActivations(rowTiles: number) {
    const tiled = (width: number) => layered(width, Math.max(1, rowTiles), 4);
    const targets = {
      hidden: hidden.map((units) => tiled(2 * units)),
      slopes: hidden.map((units) => tiled(2 * units)),
      outputs: tiled(layout.actions + 1),
      lossTerms: tiled(lossTerms.width),
    };
    return { rowTiles, ...targets, all: Object.values(targets).flat() };
  }

  function bindTextures(minibatch: number): void {
    const bind = (name: string, { textures }: DrawTarget) => context.bind(name, textures[0]!);
    context.bind('updateTable', table);
    ['parameters', 'adamMean', 'adamVariance'].forEach((name, i) => {
      context.bind(name, present.textures[i]!);
    });
    for (let layer = 0; layer < hidden.length; layer++) {
      bind(`hidden${layer}`, activations.hidden[layer]!);
      bind(`slopes${layer}`, activations.slopes[layer]!);
    }
    bind('outputs', activations.outputs);
    bind('lossTerms', activations.lossTerms);
    bind('gradient', gradient);
    bind('partialSums', partialSums);
    bind('presentLog', log.place(minibatch).target);
    bind('previousLog', log.place(minibatch + 1).target);
  }

  return {
    gl,

    /**
     * Uploads an update.
     *
     * @throws PlaytrainError `bad-settings` where it is larger than this device's textures can be; `context-lost`.
     */
    begin(update: TrainerUpdate, stepsBefore: number): UpdateTable {
      if (gl.isContextLost()) throw contextLost();
      const written = updateTable(layout, update, stepsBefore, maxSize);
      const rowTiles = tilesFor(written?.longestMinibatch ?? 0);
      if (written === null || rowTiles > maxSize) {
        throw new PlaytrainError(
          'bad-settings',
          `An update of ${update.batch.size} decisions in ${update.minibatches.length} minibatches is too large for this graphics processor; make the rollout or the minibatch smaller, or choose another backend.`,
        );
      }
      if (rowTiles > activations.rowTiles) {
        for (const target of activations.all) target.dispose();
        activations = createActivations(rowTiles);
      }
      if (update.minibatches.length > log.capacity) {
        log.dispose();
        log = new StatisticsLog(gl, update.minibatches.length);
      }
      if (written.height > table.height) {
        table.dispose();
        table = flat(updateTableWidth, written.height);
      }
      context.upload(table, written.texels);
      return written;
    },

    /**
     * Asks for the step of one minibatch.
     *
     * @param uniform its numbers, as the update's table gives them.
     */
    step(minibatch: number, uniform: Float32Array, size: number): void {
      const rowTiles = tilesFor(size);
      context.enter();
      bindTextures(minibatch);
      const fill = (program: Program, target: DrawTarget, height = rowTiles) =>
        context.draw(program, target, { x: 0, y: 0, width: target.textures[0]!.width, height }, uniform);

      const { hidden: outputsOf, slopes, outputs, lossTerms: terms } = activations;
      [...outputsOf, outputs].forEach((target, layer) => {
        fill(programs.forward[layer]!, target);
      });
      fill(programs.loss, terms);
      for (let layer = hidden.length - 1; layer >= 0; layer--) {
        fill(programs.backward[layer]!, slopes[layer]!);
      }
      gradientRectangles.forEach((rectangle, layer) => {
        context.draw(programs.weightGradient[layer]!, gradient, rectangle, uniform);
      });
      fill(programs.partialSums, partialSums, 3);
      const entry = log.place(minibatch);
      context.draw(programs.logEntry, entry.target, entry, uniform);
      fill(programs.adam, next, 4 * matrix.height);
      [present, next] = [next, present];
      context.leave();
    },

    /** Whether no minibatch up to this one had too large a KL. */
    async goesOn(minibatch: number): Promise<boolean> {
      const texel = await readTexels(gl, [{ ...log.place(minibatch), attachment: 1 }]);
      return texel[3]! > 0;
    },

    /** Everything that an update ends with, in one read. */
    async read(minibatches: number) {
      const state = [0, 1, 2].map((attachment) => ({ ...whole(present), attachment }));
      const numbers = await readTexels(gl, [...state, ...log.requests(minibatches)]);
      const size = 16 * matrix.width * matrix.height;
      const unpacked = (i: number) => unpackParameters(layout, numbers.subarray(i * size, (i + 1) * size));
      return {
        parameters: unpacked(0),
        adamMean: unpacked(1),
        adamVariance: unpacked(2),
        statistics: statisticsRows(numbers.subarray(3 * size), minibatches),
      };
    },

    dispose(): void {
      for (const owned of [present, next, gradient, partialSums, ...activations.all, log, table]) {
        owned.dispose();
      }
    },
  };
}

/** Compiles what a net's minibatch needs, so that the first one does not wait for it; the thread goes on meanwhile. */
export async function compileFusedPrograms(policy: PolicyLayout): Promise<void> {
  await ProgramContext.current().linkBeside(programSources(tileLayout(policy)).all);
}

/** A minibatch's programs. */
function programSources(layout: TileLayout) {
  const forward = forwardPrograms(layout);
  const backward = backwardPrograms(layout);
  const weightGradient = weightGradientPrograms(layout);
  const single = [
    policyLossProgram(layout),
    partialSumsProgram(layout),
    logEntryProgram(layout),
    adamStepProgram(layout),
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
    ...singlePrograms(linked as [Program, Program, Program, Program]),
  };
}

function singlePrograms([loss, partialSums, logEntry, adam]: [Program, Program, Program, Program]) {
  return { loss, partialSums, logEntry, adam };
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
