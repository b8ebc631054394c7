import type { OnnxAttribute } from './model';
import type { Step } from './step';
import {
  columnsOf,
  followedBy,
  type LinearMap,
  type Net,
  netOf,
  rescaled,
  sideBySide,
  type Traced,
} from './straight-net';
import {
  combine,
  countOf,
  lastAxis,
  perColumn,
  row,
  scalar,
  slicedRange,
  type Tensor,
  transposed,
} from './tensor';

/** Follows one operator: what its outputs stand for. */
type Operator = (step: Step) => readonly Traced[];

// ---- What every operator begins with --------------------------------------------------------------------------------

const constant = (tensor: Tensor): Traced => ({ kind: 'constant', tensor });
const net = (value: Net): Traced => ({ kind: 'net', net: value });

function refused({ called }: Step, why: string): Traced {
  return { kind: 'refused', node: called, why };
}

/** An operator of one output; the first input that could not be followed is what it comes to. */
function following(follow: (step: Step) => Traced): Operator {
  return (step) => [step.inputs.find(({ kind }) => kind === 'refused') ?? follow(step)];
}

/** One that is worked out where its inputs are constants, and else as `follow` says. */
function folding(
  fold: (tensors: readonly Tensor[], step: Step) => Tensor | null,
  follow: (step: Step) => Traced,
) {
  return following((step) => {
    const tensors = step.inputs.flatMap((input) => (input.kind === 'constant' ? [input.tensor] : []));
    if (tensors.length < step.inputs.length) return follow(step);
    step.spend(tensors.reduce((sum, { values }) => sum + values.length, 0));
    const folded = fold(tensors, step);
    if (folded === null) return refused(step, 'its constants do not go together');
    step.spend(folded.values.length);
    return constant(folded);
  });
}

const notFollowed = (step: Step) =>
  refused(step, `${step.node.operator} of what the net gives is no part of one`);

function int({ node }: Step, name: string, otherwise: number): number {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'int' ? attribute.value : otherwise;
}

function float({ node }: Step, name: string, otherwise: number): number {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'float' ? attribute.value : otherwise;
}

/** Whole numbers that are an attribute in older opsets and an input in newer ones; null where they are neither. */
function ints({ node, inputs }: Step, name: string, input: number): readonly number[] | null {
  const attribute = node.attributes.get(name);
  if (attribute?.kind === 'ints') return attribute.value;
  const given = inputs[input];
  return given?.kind === 'constant' && given.tensor.values.every(Number.isFinite)
    ? Array.from(given.tensor.values)
    : null;
}

/** Nets are rows: their axes are the batch and the numbers of each. */
const isLast = (axis: number) => axis === 1 || axis === -1;

// ---- Arithmetic number by number ------------------------------------------------------------------------------------

type Arithmetic = 'Add' | 'Sub' | 'Mul' | 'Div';
const onNumbers: Readonly<Record<Arithmetic, (left: number, right: number) => number>> = {
  Add: (left, right) => left + right,
  Sub: (left, right) => left - right,
  Mul: (left, right) => left * right,
  Div: (left, right) => left / right,
};

function arithmetic(operation: Arithmetic): Operator {
  const onConstants = folding(
    ([left, right]) => (left && right ? combine(left, right, onNumbers[operation]) : null),
    (step) => onNets(operation, step),
  );
  return (step) => {
    // A deviation that depends on what is seen scales noise, and does not matter to the likeliest.
    const isNoise = step.inputs.some(({ kind }) => kind === 'noise');
    return operation === 'Mul' && isNoise ? [{ kind: 'noise' }] : onConstants(step);
  };
}

function onNets(operation: Arithmetic, step: Step): Traced {
  const [left, right] = step.inputs;
  if (!left || !right) return refused(step, 'it lacks an input');
  if (operation === 'Add' && left.kind === 'net' && right.kind === 'noise') return left;
  if (operation === 'Add' && left.kind === 'noise' && right.kind === 'net') return right;
  if (operation === 'Mul') {
    const swish = swishOf(left, right) ?? swishOf(right, left);
    if (swish !== null) return activated(step, swish, 'swish');
  }
  if (left.kind === 'net' && right.kind === 'constant')
    return shifted(operation, step, left.net, right.tensor);
  if (left.kind === 'constant' && right.kind === 'net') {
    if (operation === 'Div') return refused(step, 'it divides by what the net gives');
    if (operation !== 'Sub') return shifted(operation, step, right.net, left.tensor);
    const turned = shifted('Mul', step, right.net, scalar(-1));
    return turned.kind === 'net' ? shifted('Add', step, turned.net, left.tensor) : turned;
  }
  return refused(step, 'it joins two branches of the net');
}

function swishOf(whole: Traced, part: Traced): Net | null {
  return whole.kind === 'net' && part.kind === 'sigmoid' && whole.net === part.net ? whole.net : null;
}

/** A net's numbers, each with a constant. */
function shifted(operation: Arithmetic, step: Step, given: Net, tensor: Tensor): Traced {
  const each = perColumn(tensor, given.width);
  if (each === null) return refused(step, 'a constant has another shape than what it is joined with');
  step.spend(given.width * given.body.width);
  const width = given.width;
  const ones = new Float64Array(width).fill(1);
  const zeros = new Float64Array(width);
  const [scale, shift] = {
    Add: [ones, each] as const,
    Sub: [ones, each.map((value) => -value)] as const,
    Mul: [each, zeros] as const,
    Div: [each.map((value) => 1 / value), zeros] as const,
  }[operation];
  if (![...scale, ...shift].every(Number.isFinite)) return refused(step, 'a constant of it is not finite');
  if (given.choiceWidths !== null) {
    // All alike, and in the same order: the likeliest stays the likeliest.
    const isAlike =
      scale.every((value) => value === scale[0] && value > 0) && shift.every((v) => v === shift[0]);
    return isAlike ? net(given) : refused(step, 'it changes probabilities one by one');
  }
  const map = rescaled(given.map, scale, shift);
  if (given.cut === null) return net({ ...given, map });
  const [factor, added] = [scale[0]!, shift[0]!];
  if (
    !(factor > 0) ||
    !scale.every((value) => value === factor) ||
    !shift.every((value) => value === added)
  ) {
    return refused(step, 'it changes numbers that were cut one by one');
  }
  const { node, low, high } = given.cut;
  return net({ ...given, map, cut: { node, low: low * factor + added, high: high * factor + added } });
}

// ---- Layers ---------------------------------------------------------------------------------------------------------

function gemm(step: Step): Traced {
  const [input, weights, bias] = step.inputs;
  if (input?.kind !== 'net' || weights?.kind !== 'constant')
    return refused(step, 'its weights are not constants');
  if (bias !== undefined && bias.kind !== 'constant') return refused(step, 'its bias is not a constant');
  if (int(step, 'transA', 0) !== 0) return refused(step, 'it exchanges rows of what it reads');
  const kernel = int(step, 'transB', 0) === 0 ? weights.tensor : transposed(weights.tensor);
  if (kernel === null) return refused(step, 'its weights are no matrix');
  const [alpha, beta] = [float(step, 'alpha', 1), float(step, 'beta', 1)];
  return dense(step, input.net, kernel, bias?.tensor ?? scalar(0), alpha, beta);
}

function matMul(step: Step): Traced {
  const [input, weights] = step.inputs;
  if (input?.kind !== 'net' || weights?.kind !== 'constant')
    return refused(step, 'its weights are not constants');
  return dense(step, input.net, weights.tensor, scalar(0), 1, 1);
}

function dense(step: Step, given: Net, weights: Tensor, bias: Tensor, alpha: number, beta: number): Traced {
  const [inputs, outputs] = weights.dims;
  if (isAction(given)) return refused(step, 'it reads what is an action already');
  if (weights.dims.length !== 2 || inputs !== given.width || outputs === undefined || outputs < 1) {
    return refused(step, `its weights are ${weights.dims.join(' × ')}, and ${given.width} numbers come in`);
  }
  const added = perColumn(bias, outputs);
  if (added === null) return refused(step, 'its bias has another shape than its weights');
  step.spend(given.map.kind === 'dense' ? given.body.width * inputs * outputs : inputs * outputs);
  const kernel = alpha === 1 ? weights.values : weights.values.map((each) => alpha * each);
  const map = followedBy(given.map, inputs, kernel, beta === 1 ? added : added.map((each) => beta * each));
  if (map.kind === 'dense' && !(map.kernel.every(Number.isFinite) && map.bias.every(Number.isFinite))) {
    return refused(step, 'its weights are not all finite');
  }
  return net({ ...given, map, width: outputs });
}

function activated(step: Step, given: Net, activation: 'tanh' | 'relu' | 'swish'): Traced {
  if (isAction(given)) return refused(step, 'it reads what is an action already');
  const { body, map, width } = given;
  return net(netOf({ kind: 'layer', width, node: step.called, below: body, map, activation }));
}

function activation(name: 'tanh' | 'relu', onNumber: (value: number) => number): Operator {
  return folding(
    ([tensor]) => (tensor ? { ...tensor, values: tensor.values.map(onNumber) } : null),
    (step) => {
      const [input] = step.inputs;
      return input?.kind === 'net' ? activated(step, input.net, name) : notFollowed(step);
    },
  );
}

function sigmoid(step: Step): Traced {
  const [input] = step.inputs;
  return input?.kind === 'net' ? { kind: 'sigmoid', net: input.net } : notFollowed(step);
}

function clip(step: Step): Traced {
  const [input, lowest, highest] = step.inputs;
  if (input?.kind !== 'net') return notFollowed(step);
  const bound = (given: Traced | undefined, attribute: string, otherwise: number) => {
    if (given === undefined) return float(step, attribute, otherwise);
    const value = given.kind === 'constant' ? given.tensor.values[0] : undefined;
    // An input that is left out.
    return value === undefined || Number.isNaN(value) ? otherwise : value;
  };
  const low = bound(lowest, 'min', -Infinity);
  const high = bound(highest, 'max', Infinity);
  if (!(low < high)) return refused(step, 'its bounds leave nothing');
  if (isAction(input.net)) return refused(step, 'it reads what is an action already');
  return net(cutAt(input.net, { node: step.called, low, high }));
}

/** The net, cut: what is seen, scaled one by one and cut, is what layers begin from. */
function cutAt(given: Net, cut: NonNullable<Net['cut']>): Net {
  const { body, map, width } = given;
  if (body.kind !== 'observation' || map.kind !== 'diagonal') return { ...given, cut };
  const { node, low, high } = cut;
  const { scale, shift } = map;
  return netOf({ kind: 'normalised', width, node, clip: { scale, shift, low, high } });
}

/** What layers cannot go on from. */
const isAction = ({ cut, choiceWidths }: Net) => cut !== null || choiceWidths !== null;

// ---- What is chosen -------------------------------------------------------------------------------------------------

const areSeveral = ({ choiceWidths }: Net) => choiceWidths !== null && choiceWidths.length > 1;

function softmax(step: Step): Traced {
  const [input] = step.inputs;
  if (input?.kind !== 'net' || input.net.cut !== null) return notFollowed(step);
  if (!isLast(int(step, 'axis', -1))) return refused(step, 'it goes over the batch');
  return areSeveral(input.net)
    ? refused(step, 'it takes several choices for one')
    : net({ ...input.net, choiceWidths: [input.net.width] });
}

function logarithm(step: Step): Traced {
  const [input] = step.inputs;
  return input?.kind === 'net' && input.net.choiceWidths !== null ? input : notFollowed(step);
}

function argMax(step: Step): Traced {
  const [input] = step.inputs;
  if (input?.kind !== 'net' || input.net.cut !== null) return notFollowed(step);
  if (!isLast(int(step, 'axis', 0)) || int(step, 'select_last_index', 0) !== 0) {
    return refused(step, 'it does not choose among the numbers of one row');
  }
  return chosenFrom(step, input.net);
}

function multinomial(step: Step): Traced {
  const [input] = step.inputs;
  if (input?.kind !== 'net' || int(step, 'sample_size', 1) !== 1) return notFollowed(step);
  return chosenFrom(step, input.net);
}

function chosenFrom(step: Step, given: Net): Traced {
  return areSeveral(given)
    ? refused(step, 'it takes several choices for one')
    : { kind: 'choices', groups: [{ ...given, choiceWidths: null }] };
}

// ---- Shapes ---------------------------------------------------------------------------------------------------------

const unchangedNet = (step: Step): Traced => {
  const [input] = step.inputs;
  return input === undefined || input.kind === 'sigmoid' ? notFollowed(step) : input;
};

function flatten(step: Step): Traced {
  return int(step, 'axis', 1) === 1 ? unchangedNet(step) : notFollowed(step);
}

/** The batch is taken for one row, whatever it is. */
function shape(step: Step): Traced {
  const [input] = step.inputs;
  if (input?.kind === 'net') return constant(row([1, input.net.width]));
  return input?.kind === 'constant' ? constant(row(input.tensor.dims)) : notFollowed(step);
}

function reshaped({ values, dims: before }: Tensor, wanted: readonly number[]): Tensor | null {
  const dims = wanted.map((dim, axis) => (dim === 0 ? (before[axis] ?? 0) : dim));
  const open = dims.indexOf(-1);
  if (open >= 0) dims[open] = values.length / countOf(dims.filter((_, axis) => axis !== open));
  return countOf(dims) === values.length ? { dims, values } : null;
}

function reshape(step: Step): Traced {
  const [input] = step.inputs;
  const wanted = ints(step, 'shape', 1);
  if (input?.kind !== 'net' || wanted === null) return notFollowed(step);
  const [, width] = wanted;
  const keeps = wanted.length === 2 && (width === input.net.width || (width === -1 && wanted[0] !== -1));
  return keeps ? input : refused(step, 'it gives rows another shape');
}

function concat(step: Step): Traced {
  if (!isLast(int(step, 'axis', 0))) return refused(step, 'it puts rows below each other');
  const { inputs } = step;
  const [first] = inputs;
  if (first === undefined) return refused(step, 'it lacks an input');
  if (inputs.length === 1) return first;
  const chosen = inputs.flatMap((input) => (input.kind === 'choices' ? input.groups : []));
  if (inputs.every(({ kind }) => kind === 'choices')) return { kind: 'choices', groups: chosen };
  const nets = inputs.flatMap((input) => (input.kind === 'net' ? [input.net] : []));
  const [leading] = nets;
  if (
    leading === undefined ||
    nets.length < inputs.length ||
    nets.some(({ body }) => body !== leading.body)
  ) {
    return refused(step, 'it joins two branches of the net');
  }
  const { cut } = leading;
  const isOfChoices = (each: Net) => each.choiceWidths !== null;
  if (nets.some((each) => isOfChoices(each) !== isOfChoices(leading))) {
    return refused(step, 'it joins how likely choices are with other numbers');
  }
  const isAlike = (each: Net) => each.cut?.low === cut?.low && each.cut?.high === cut?.high;
  if (!nets.every(isAlike)) return refused(step, 'it joins what is cut otherwise, or not at all');
  const width = nets.reduce((sum, each) => sum + each.width, 0);
  step.spend(width * leading.body.width);
  const choiceWidths = isOfChoices(leading) ? nets.flatMap((each) => each.choiceWidths ?? []) : null;
  const joined: Net = { ...leading, map: sideBySide(nets), width, choiceWidths };
  return net(cut === null ? joined : cutAt(joined, cut));
}

function concatenated(tensors: readonly Tensor[], step: Step): Tensor | null {
  const axis = int(step, 'axis', 0);
  const [first] = tensors;
  if (first === undefined) return null;
  const rank = first.dims.length;
  const along = axis < 0 ? axis + rank : axis;
  const outer = first.dims.slice(0, along);
  // All that is joined here are rows of shapes and masks.
  const alike = tensors.every(({ dims }) => dims.length === rank && outer.every((dim, i) => dims[i] === dim));
  if (along !== rank - 1 || !alike || countOf(outer) !== 1) return null;
  const values = Float64Array.from(tensors.flatMap((tensor) => Array.from(tensor.values)));
  return { dims: [...outer, values.length], values };
}

interface SliceBounds {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly axes: readonly number[];
}

function sliceBounds(step: Step): SliceBounds | null {
  const starts = ints(step, 'starts', 1);
  const ends = ints(step, 'ends', 2);
  if (starts === null || ends === null) return null;
  const axes = ints(step, 'axes', 3) ?? starts.map((_, i) => i);
  const steps = ints(step, 'steps', 4) ?? [];
  const isSound =
    steps.every((each) => each === 1) && starts.length === axes.length && ends.length === axes.length;
  return isSound ? { starts, ends, axes } : null;
}

/** Which numbers of each row a slice takes; null where it takes rows out. @param rank of what is sliced. */
function slicedColumns(step: Step, width: number, rank: number): readonly number[] | null {
  const bounds = sliceBounds(step);
  if (bounds === null) return null;
  let columns: readonly number[] = Array.from({ length: width }, (_, i) => i);
  for (const [i, axis] of bounds.axes.entries()) {
    const [start, end] = [bounds.starts[i]!, bounds.ends[i]!];
    if (axis === rank - 1 || axis === -1) columns = slicedRange(width, start, end);
    else if (start !== 0 || end < 1) return null;
  }
  return columns.length > 0 ? columns : null;
}

function slice(step: Step): Traced {
  const [input] = step.inputs;
  if (input?.kind !== 'net') return notFollowed(step);
  const columns = slicedColumns(step, input.net.width, 2);
  if (columns === null) return refused(step, 'it does not take some numbers of each row');
  return columnsOfNet(step, input.net, columns);
}

function columnsOfNet(step: Step, given: Net, columns: readonly number[]): Traced {
  const { body, map, width, cut, choiceWidths } = given;
  if (choiceWidths !== null) return refused(step, 'it takes some of the probabilities out');
  step.spend(body.width * width);
  const picked: LinearMap = columnsOf(map, width, columns);
  return net({ body, map: picked, width: columns.length, cut, choiceWidths });
}

function split(step: Step): readonly Traced[] {
  const [input] = step.inputs;
  const rest = step.node.outputs.map(() => notFollowed(step));
  if (input?.kind === 'refused') return rest.map(() => input);
  const lengths = ints(step, 'split', 1);
  if (lengths === null || !isLast(int(step, 'axis', 0))) return rest;
  let start = 0;
  return lengths.slice(0, step.node.outputs.length).map((length): Traced => {
    const width = input?.kind === 'net' ? input.net.width : 0;
    const columns = slicedRange(width, start, start + length);
    start += length;
    if (input?.kind !== 'net' || columns.length === 0) return notFollowed(step);
    return columnsOfNet(step, input.net, columns);
  });
}

/** A part of a shape. */
function gathered([tensor, places]: readonly Tensor[], step: Step): Tensor | null {
  if (tensor?.dims.length !== 1 || places === undefined || int(step, 'axis', 0) !== 0) return null;
  const length = tensor.values.length;
  const values = places.values.map((at) => tensor.values[at < 0 ? at + length : at] ?? Number.NaN);
  return values.every(Number.isFinite) ? { dims: places.dims, values } : null;
}

function constantNode({ node }: Step): readonly Traced[] {
  const [[, attribute] = ['', undefined]] = node.attributes;
  const tensor = attributeTensor(attribute);
  if (tensor === null) {
    return [{ kind: 'refused', node: node.name, why: 'it holds no numbers' }];
  }
  return [constant(tensor)];
}

function attributeTensor(attribute: OnnxAttribute | undefined): Tensor | null {
  switch (attribute?.kind) {
    case 'tensor':
      return { dims: attribute.value.dims, values: Float64Array.from(attribute.value.values) };
    case 'float':
    case 'int':
      return scalar(attribute.value);
    case 'floats':
    case 'ints':
      return row(attribute.value);
    default:
      return null;
  }
}

const eachNumber = (onNumber: (value: number) => number) =>
  folding(([tensor]) => (tensor ? { ...tensor, values: tensor.values.map(onNumber) } : null), notFollowed);

const first = ([tensor]: readonly Tensor[]) => tensor ?? null;
const noise = (): readonly Traced[] => [{ kind: 'noise' }];

/** Every operator that is followed; whatever depends on another is refused by its node's name. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['Add', arithmetic('Add')],
  ['Sub', arithmetic('Sub')],
  ['Mul', arithmetic('Mul')],
  ['Div', arithmetic('Div')],
  ['Gemm', following(gemm)],
  ['MatMul', following(matMul)],
  ['Tanh', activation('tanh', Math.tanh)],
  ['Relu', activation('relu', (value) => Math.max(0, value))],
  ['Sigmoid', following(sigmoid)],
  [
    'Swish',
    following((step) => {
      const [input] = step.inputs;
      const isPlain = input?.kind === 'net' && float(step, 'alpha', 1) === 1;
      return isPlain ? activated(step, input.net, 'swish') : notFollowed(step);
    }),
  ],
  ['Clip', following(clip)],
  ['Softmax', following(softmax)],
  ['LogSoftmax', following(softmax)],
  [
    'Log',
    folding(([tensor]) => (tensor ? { ...tensor, values: tensor.values.map(Math.log) } : null), logarithm),
  ],
  ['Exp', eachNumber(Math.exp)],
  ['Sqrt', eachNumber(Math.sqrt)],
  ['Neg', eachNumber((value) => -value)],
  ['ArgMax', following(argMax)],
  ['Multinomial', following(multinomial)],
  ['RandomNormalLike', noise],
  ['RandomNormal', noise],
  ['Identity', following(unchangedNet)],
  ['Dropout', following(unchangedNet)],
  ['Cast', following(unchangedNet)],
  ['Flatten', folding(first, flatten)],
  ['Shape', following(shape)],
  [
    'Reshape',
    folding(([tensor, wanted]) => (tensor && wanted ? reshaped(tensor, [...wanted.values]) : null), reshape),
  ],
  [
    'Unsqueeze',
    folding(
      ([tensor]) => (tensor?.dims.length === 0 ? { ...tensor, dims: [1] } : null),
      // Choices put side by side, each made a column first.
      (step) => (step.inputs[0]?.kind === 'choices' ? step.inputs[0] : notFollowed(step)),
    ),
  ],
  ['Transpose', folding(([tensor]) => (tensor ? transposed(tensor) : null), notFollowed)],
  ['Gather', folding(gathered, notFollowed)],
  ['Concat', folding(concatenated, concat)],
  [
    'Slice',
    folding(([tensor], step) => {
      const width = tensor?.dims.at(-1);
      const columns = width === undefined ? null : slicedColumns(step, width, tensor!.dims.length);
      return columns === null ? null : lastAxis(tensor!, columns);
    }, slice),
  ],
  ['Split', split],
  ['Constant', constantNode],
]);
