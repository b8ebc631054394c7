import { bad } from '../agent/file-error';
import { clipAt, varianceFloor } from '../agent/normalisation';
import { boundLogStd, initialiseParameters, logStdName, networkLayers, policyLayout } from '../agent/policy';
import type { PolicyData } from '../agent/policy-file';
import { type ActionComponent, type EnvironmentSpec, fieldProblems, hyperparameterFields } from '../contract';
import { stream } from '../random/stream';
import { rangeOf } from './exported-actor';
import type { PolicyNotes } from './metadata';
import { asDense, type Body, type ClippedInput, followedBy, type LinearMap, type Net } from './straight-net';
import { refusal } from './trace';

/** Which numbers of a net one number of an action comes from. */
export interface ComponentNet {
  readonly component: ActionComponent;
  readonly net: Net;
  /** Where its logits begin, or where its mean is. */
  readonly start: number;
  /** Whether an axis's bounds are −1 and 1, or its game's own. */
  readonly units: 'fromMinusOneToOne' | 'asInGame';
}

/** What every number of an action comes from, in their order. */
export type ImportedHead = readonly ComponentNet[];

/** A number may be this far within a bound that it is cut at: exporters write them as float32. */
const cutTolerance = 1e-5;

/**
 * The policy that a net is. @param notes what its file says of it; null where it says nothing.
 *
 * @throws PlaytrainError `bad-file` where the net is none that is computed here, with the node where that shows.
 */
export function policyOfNet(
  head: ImportedHead,
  spec: EnvironmentSpec,
  notes: PolicyNotes | null,
  name: string | undefined,
): PolicyData {
  const body = commonBody(head);
  const { layers, input } = layersOf(body);
  const activation = activationOf(layers);
  const hiddenSizes = layers.map(({ width }) => width);
  const problem = fieldProblems(sizesField, hiddenSizes)[0];
  if (problem !== undefined) {
    throw bad(
      `its hidden layers (${hiddenSizes.join(', ') || 'none'}) are more, or wider, than can be set`,
      'Choose a net of one to three hidden layers of at most 512 units.',
    );
  }
  const sizes = { hiddenSizes, activation };
  const seed = notes?.seed ?? 1;
  const layout = policyLayout(spec, sizes);
  // The critic, and deviations, of a new policy: its first updates find them.
  const parameters = initialiseParameters(layout, stream({ seed, purpose: 'weights' }), 0);
  const normaliser = input === null ? null : normaliserOf(input, spec, notes);
  const maps = layers.map(({ map, width }) => asDense(map, width));
  if (normaliser !== null) {
    const { scale, shift } = normaliser.below;
    const [first] = maps;
    const joined = followedBy({ kind: 'diagonal', scale, shift }, scale.length, first!.kernel, first!.bias);
    maps[0] = asDense(joined, layers[0]!.width);
  }
  maps.push(headMap(head));
  for (const [i, { kernel, bias }] of networkLayers(layout, 'actor').entries()) {
    const map = maps[i]!; // as many as layers
    parameters.set(map.kernel, kernel.offset);
    parameters.set(map.bias, bias.offset);
  }
  const deviations = layout.blocks.find((block) => block.name === logStdName);
  if (deviations !== undefined && notes?.logStd.length === deviations.size) {
    parameters.set(notes.logStd, deviations.offset);
    boundLogStd(parameters.subarray(deviations.offset, deviations.offset + deviations.size));
  }
  if (!parameters.every(Number.isFinite)) throw bad('its weights are not all finite', 'Export it again.');
  return {
    spec,
    hiddenSizes,
    activation,
    name: name ?? notes?.name ?? '',
    version: notes?.version ?? 0,
    decisions: notes?.decisions ?? 0,
    seed,
    ...(notes?.decisionIntervalTicks !== undefined && { decisionIntervalTicks: notes.decisionIntervalTicks }),
    ...(notes?.note !== undefined && { note: notes.note }),
    parameters,
    observations: normaliser?.statistics ?? null,
  };
}

const sizesField = hyperparameterFields.find(({ key }) => key === 'hiddenSizes')!; // every key has a field

// ---- What is seen ---------------------------------------------------------------------------------------------------

function commonBody(head: ImportedHead): Body {
  const [first] = head;
  if (first === undefined) throw bad('its agent does nothing', 'Choose a model of this game.');
  const other = head.find(({ net }) => net.body !== first.net.body);
  if (other !== undefined) {
    throw bad(
      `the first of its actions and number ${head.indexOf(other) + 1} come from different nets`,
      'Read here is one net with one head.',
    );
  }
  return first.net.body;
}

type Layer = Body & { readonly kind: 'layer' };

/** The hidden layers, from what is seen on, and the cut of what is seen where there is one. */
function layersOf(body: Body) {
  const layers: Layer[] = [];
  let below = body;
  while (below.kind === 'layer') {
    layers.unshift(below);
    below = below.below;
  }
  return { layers, input: below.kind === 'normalised' ? below : null };
}

function activationOf(layers: readonly Layer[]): Layer['activation'] {
  const activation = layers[0]?.activation ?? 'tanh';
  const other = layers.find((layer) => layer.activation !== activation);
  if (other !== undefined) {
    throw refusal(other.node, 'its activation is another than the layer’s before');
  }
  return activation;
}

interface Normaliser {
  /** What cuts as policies here do; null where nothing that can be seen is cut, so that the first layer does all. */
  readonly statistics: PolicyData['observations'];
  /** What becomes a part of the first layer. */
  readonly below: { readonly scale: Float64Array; readonly shift: Float64Array };
}

/** What counted so long changes slowly: a policy that goes on learning keeps seeing what it knows. */
const longCount = 1e6;
/** One whose spread is not that of what was seen, but that times another cut, hardly changes at all. */
const lastingCount = 1e9;

function normaliserOf(
  { clip, node }: Body & { readonly kind: 'normalised' },
  spec: EnvironmentSpec,
  notes: PolicyNotes | null,
): Normaliser {
  const { scale, shift, low, high } = clip;
  const isOurs = low === -clipAt && high === clipAt;
  const stretched = stretchedOf(clip, notes);
  if (isOurs && stretched !== null) return stretched;
  if (cutsNothing(clip, spec)) return { statistics: null, below: { scale, shift } };
  if (stretched !== null) return stretched;
  throw refusal(node, `it scales or cuts what is seen, at ${low} and ${high}, as no normaliser does`);
}

/** A cut at ±c, as the cut at ±10 of what is as many times larger; null where it is no such cut, or no spread. */
function stretchedOf(
  { scale, shift, low, high }: ClippedInput,
  notes: PolicyNotes | null,
): Normaliser | null {
  const isSymmetric = low === -high && Number.isFinite(high) && scale.every((each) => each > 0);
  // Cut at ±5 is half of twice as much cut at ±10: what was made larger for the cut the first layer makes smaller.
  const stretch = clipAt / high;
  const variance = Array.from(scale, (each) => 1 / (each * stretch) ** 2 - varianceFloor);
  if (!isSymmetric || !variance.every((each) => Number.isFinite(each) && each > -varianceFloor)) return null;
  const mean = Array.from(scale, (each, i) => -shift[i]! / each);
  const count = notes?.counted ?? (stretch === 1 ? longCount : lastingCount);
  return {
    statistics: { count, mean, variance: variance.map((each) => Math.max(0, each)) },
    below: { scale: scale.map(() => 1 / stretch), shift: new Float64Array(scale.length) },
  };
}

/** Whether all that its game can show stays within a cut. */
function cutsNothing(
  { scale, shift, low, high }: ClippedInput,
  { observationSpace }: EnvironmentSpec,
): boolean {
  return scale.every((each, i) =>
    [observationSpace.low[i]!, observationSpace.high[i]!].every((bound) => {
      const value = bound * each + shift[i]!;
      return value >= low && value <= high;
    }),
  );
}

// ---- What is done ---------------------------------------------------------------------------------------------------

/** The head as one dense layer, its columns in the order of the policy's outputs. */
function headMap(head: ImportedHead): LinearMap & { readonly kind: 'dense' } {
  const inputs = head[0]!.net.body.width; // never none
  const columns = head.flatMap((each) => columnsFor(each));
  const kernel = new Float64Array(inputs * columns.length);
  for (const [at, { weights }] of columns.entries()) {
    for (let input = 0; input < inputs; input++) kernel[input * columns.length + at] = weights[input]!;
  }
  return { kind: 'dense', kernel, bias: Float64Array.from(columns, ({ bias }) => bias) };
}

function columnsFor({ component, net, start, units }: ComponentNet) {
  const { kernel, bias } = asDense(net.map, net.width);
  const column = (at: number, scale: number, shift: number) => ({
    weights: Float64Array.from(
      { length: net.body.width },
      (_, input) => kernel[input * net.width + at]! * scale,
    ),
    bias: bias[at]! * scale + shift,
  });
  if (component.kind === 'choice') {
    if (net.cut !== null) throw refusal(net.cut.node, 'it cuts what choices are made by');
    return Array.from({ length: component.count }, (_, i) => column(start + i, 1, 0));
  }
  const { low, high, name } = component;
  const isBounded = Number.isFinite(low) && Number.isFinite(high);
  if (units === 'fromMinusOneToOne' && !isBounded) {
    throw bad(
      `its axes go from −1 to 1, and this game’s axis “${name}” has no bounds`,
      'Give the axis bounds in the game.',
    );
  }
  const { middle, half } = units === 'asInGame' ? { middle: 0, half: 1 } : rangeOf(component);
  refuseTighterCut(net, { low: (low - middle) / half, high: (high - middle) / half });
  return [column(start, half, middle)];
}

/** The game cuts at its bounds by itself: a cut there, or further out, changes nothing. */
function refuseTighterCut({ cut }: Net, bounds: { readonly low: number; readonly high: number }): void {
  if (cut === null) return;
  if (cut.low <= bounds.low + cutTolerance && cut.high >= bounds.high - cutTolerance) return;
  throw refusal(cut.node, 'it cuts actions within the bounds of this game');
}
