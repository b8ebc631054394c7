import { actionLayout, PlaytrainError } from '../../../contract';
import { mlpShapeOf } from '../../graph/mlp';
import type { ParameterBlock } from '../../graph/parameter-blocks';
import { logStdName, type PolicyLayout } from '../../policy';
import type { Activation } from '../kernels';
import { tilesFor } from './tile-matrix';

/**
 * Where everything lies in tiles. Tile counts are per network where there are two.
 *
 * All parameters are one matrix, so that one program takes Adam's step of all. Hidden layers lie one above the other, the
 * actor's kernel left and the critic's right of it; the heads are to the right of the layers, with the log standard
 * deviations, each in the column of its mean, as biases of outputs that have no kernel:
 *
 *     actor 0 │ critic 0     │ actor head │ critic head │ 0
 *     bias    │ bias         │            │             │
 *     ────────┴────┬─────────┤ bias       │ bias        │ log σ
 *     actor 1      │ critic 1├────────────┴─────────────┴──────
 *     bias         │ bias    │
 *
 * A bias is a row of tiles below its kernel, of which only the first row is used.
 */
export interface TileLayout {
  readonly policy: PolicyLayout;
  readonly activation: Activation;
  readonly observations: number;
  readonly hidden: readonly number[];
  /** Of the policy head: logits, or means. */
  readonly actions: number;
  readonly hasMasks: boolean;
  /** Whether there are Gaussians, and with them log standard deviations. */
  readonly hasAxes: boolean;
  /** Columns of tiles in the matrix of loss terms; see `policy-loss.ts`. */
  readonly lossTerms: {
    readonly value: number;
    /** Where there are log standard deviations. */
    readonly logStd: number;
    readonly statistics: number;
    readonly width: number;
  };
  readonly parameters: { readonly width: number; readonly height: number };
  /** One for each hidden layer, its actor's and critic's kernels side by side. */
  readonly hiddenRegions: readonly ParameterRegion[];
  /** Actor's, critic's and log standard deviations: a column of tiles for each of the loss terms' slopes. */
  readonly headRegion: ParameterRegion;
}

/** A rectangle of the parameter matrix, in tiles. Below the kernel there is one more row of tiles, for the bias. */
export interface ParameterRegion {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly kernelHeight: number;
}

/**
 * @throws PlaytrainError `backend-unavailable` where the policy's graph is another than two plain nets: another backend
 * learns it.
 */
export function tileLayout(policy: PolicyLayout): TileLayout {
  const { actionSpace, graph } = policy;
  const shape = mlpShapeOf(graph);
  if (shape === null) {
    throw new PlaytrainError(
      'backend-unavailable',
      'The WebGL programs are for plain nets of dense layers only; choose WebAssembly or JavaScript for this one.',
    );
  }
  const { activation, hiddenSizes, observationSize } = shape;
  const observations = tilesFor(observationSize);
  const hidden = hiddenSizes.map(tilesFor);
  const { outputs, masks, logStds } = actionLayout(actionSpace);
  const actions = tilesFor(outputs);
  const hasAxes = logStds > 0;

  const hiddenRegions: ParameterRegion[] = [];
  let y = 0;
  let kernelHeight = observations;
  for (const tiles of hidden) {
    hiddenRegions.push({ x: 0, y, width: 2 * tiles, kernelHeight });
    y += kernelHeight + 1;
    kernelHeight = tiles;
  }
  const x = 2 * Math.max(...hidden);
  const statistics = actions + 1 + (hasAxes ? actions : 0);
  return {
    policy,
    activation,
    observations,
    hidden,
    actions,
    hasMasks: masks > 0,
    hasAxes,
    lossTerms: { value: actions, logStd: actions + 1, statistics, width: statistics + 2 },
    parameters: { width: x + statistics, height: Math.max(y, kernelHeight + 1) },
    hiddenRegions,
    headRegion: { x, y: 0, width: statistics, kernelHeight },
  };
}

/** Lays flat parameters `[P]`, or moments, out as texels of the parameter matrix, row by row. */
export function packParameters(layout: TileLayout, flat: Float32Array): Float32Array {
  const texels = new Float32Array(16 * layout.parameters.width * layout.parameters.height);
  forEachRow(layout, (offset, count, start) => texels.set(flat.subarray(offset, offset + count), start));
  return texels;
}

/** The inverse of `packParameters`. */
export function unpackParameters(layout: TileLayout, texels: Float32Array): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(layout.policy.parameterCount);
  forEachRow(layout, (offset, count, start) => flat.set(texels.subarray(start, start + count), offset));
  return flat;
}

/** Calls `visit` with the place of each row of each block: in the flat parameters, its length, and in the matrix. */
function forEachRow(layout: TileLayout, visit: (offset: number, count: number, start: number) => void): void {
  for (const block of layout.policy.blocks) {
    const { x, y } = tileOf(layout, block);
    if (block.name === logStdName) {
      const start = 4 * (4 * y * layout.parameters.width + x);
      for (const part of actionLayout(layout.policy.actionSpace).parts) {
        if (part.kind === 'choices') continue;
        visit(block.offset + part.logStd, part.components.length, start + part.output);
      }
      continue;
    }
    const count = block.shape.at(-1)!;
    for (let row = 0; row * count < block.size; row++) {
      visit(block.offset + row * count, count, 4 * ((4 * y + row) * layout.parameters.width + x));
    }
  }
}

/** The tile at which a block begins. */
function tileOf(layout: TileLayout, { name }: ParameterBlock): { x: number; y: number } {
  const { headRegion: heads, lossTerms } = layout;
  if (name === logStdName) return { x: heads.x + lossTerms.logStd, y: heads.y + heads.kernelHeight };
  const [network, layer, part] = name.split('.') as ['actor' | 'critic', string, 'kernel' | 'bias'];
  const region = layer === 'head' ? heads : layout.hiddenRegions[Number(layer)]!;
  const criticColumn = layer === 'head' ? lossTerms.value : region.width / 2;
  return {
    x: region.x + (network === 'critic' ? criticColumn : 0),
    y: region.y + (part === 'bias' ? region.kernelHeight : 0),
  };
}
