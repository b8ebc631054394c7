/**
 * `npm run models -- DIR`: reads every `.onnx` file of a folder as a policy, and tells how far what it does is from what
 * ONNX's own runtime makes of the file, without chance, on 1,000 observations.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { type ActionSpace, actionLayout, type EnvironmentSpec, sentenceOf } from '../src/contract';
import { decodeModel } from '../src/onnx/decode-model';
import { encodeModel } from '../src/onnx/encode-model';
import { importOnnx } from '../src/onnx/import-onnx';
import type { OnnxModel, OnnxValue } from '../src/onnx/model';
import { actionsOf } from '../src/onnx/testing/acts';

const rows = 1_000;
env.wasm.numThreads = 1;

async function told(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const model = decodeModel(bytes);
    const sensors = model.inputs.filter(({ name }) => /^(obs(_\d+)?|vector_observation)$/.test(name));
    const space = spaceOf(model);
    const policy = importOnnx(bytes, { expected: specOf(sensors, space) });
    const seen = Float32Array.from(
      { length: rows * policy.spec.observationSpace.size },
      (_, i) => 3 * Math.sin(1.7 * i),
    );
    const acted = actionsOf(policy, seen, new Uint8Array(0), rows);
    const expected = await actionsInRuntime(model, sensors, seen, space);
    const { components } = actionLayout(space);
    let largest = 0;
    acted.forEach((action, at) => {
      const component = components[at % components.length];
      const acts = component?.kind === 'axis' ? Math.max(-1, Math.min(1, action)) : action;
      largest = Math.max(largest, Math.abs(acts - (expected[at] ?? Number.NaN)));
    });
    return `read (${policy.hiddenSizes.join(', ')}; ${policy.activation}), at most ${largest.toExponential(1)} away`;
  } catch (error) {
    return sentenceOf(error);
  }
}

/** 1 where the file does not say it. */
function widthOf({ dims }: OnnxValue): number {
  const width = dims.at(-1);
  return typeof width === 'number' ? width : 1;
}

/** Of a game that nobody plays, whose agent fits the model. */
function specOf(sensors: readonly OnnxValue[], actionSpace: ActionSpace): EnvironmentSpec {
  const size = sensors.reduce((sum, sensor) => sum + widthOf(sensor), 0);
  const each = <Value>(value: Value) => Array.from({ length: size }, () => value);
  return {
    game: 'published',
    observationSpace: { size, names: each('x'), low: each(-Infinity), high: each(Infinity) },
    actionSpace,
    rewardTerms: [{ name: 'gain', description: 'A gain.', defaultWeight: 1 }],
    tickMs: 20,
    timeLimitTicks: 100,
  };
}

type Parts = Extract<ActionSpace, { kind: 'product' }>['parts'];

/** Choices by the widths of what ML-Agents calls branches, then axes from −1 to 1. */
function spaceOf({ constants, outputs }: OnnxModel): ActionSpace {
  const branches: Parts = constants
    .filter(({ name }) => /branches\.\d+\.weight$/.test(name))
    .map(({ dims: [count = 0] }, index) => ({
      kind: 'discrete',
      name: `branch ${index}`,
      count,
      labels: numbered(count),
    }));
  const output = outputs.find(({ name }) => name === 'continuous_actions' || name === 'output');
  if (output === undefined) return { kind: 'product', parts: branches };
  const size = widthOf(output);
  const at = (bound: number) => Array.from({ length: size }, () => bound);
  const axes: Parts = [
    { kind: 'continuous', name: 'axes', size, names: numbered(size), low: at(-1), high: at(1) },
  ];
  return { kind: 'product', parts: [...branches, ...axes] };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index));

/** What the runtime makes of the model once nothing in it is drawn: the axes cut, of choices the likeliest. */
async function actionsInRuntime(
  model: OnnxModel,
  sensors: readonly OnnxValue[],
  seen: Float32Array,
  space: ActionSpace,
): Promise<number[]> {
  const session = await InferenceSession.create(encodeModel(withoutChance(model)));
  const size = sensors.reduce((sum, sensor) => sum + widthOf(sensor), 0);
  let from = 0;
  const feeds: Record<string, Tensor> = {};
  for (const sensor of sensors) {
    const [start, width] = [from, widthOf(sensor)];
    const part = Float32Array.from(
      { length: rows * width },
      (_, i) => seen[Math.floor(i / width) * size + start + (i % width)]!,
    ); // within the row
    feeds[sensor.name] = new Tensor('float32', part, [rows, width]);
    from += width;
  }
  const masks = model.inputs.find(({ name }) => name === 'action_masks');
  if (masks !== undefined) {
    const width = widthOf(masks);
    feeds['action_masks'] = new Tensor('float32', new Float32Array(rows * width).fill(1), [rows, width]);
  }
  if (model.inputs.some(({ name }) => name === 'state_ins')) {
    feeds['state_ins'] = new Tensor('float32', new Float32Array(rows), [rows]);
  }
  const results = await session.run(feeds);
  const numbers = (...names: readonly string[]) =>
    Array.from(results[names.find((name) => name in results) ?? '']?.data ?? [], Number);
  const continuous = numbers('deterministic_continuous_actions', 'continuous_actions', 'output');
  const discrete = numbers('deterministic_discrete_actions', 'discrete_actions');
  const { components } = actionLayout(space);
  const choices = components.filter((each) => each.kind === 'choice');
  const axes = components.length - choices.length;
  const total = choices.reduce((sum, { count }) => sum + count, 0);
  await session.release();
  return Array.from({ length: rows }, (_, row) => {
    let start = row * total;
    const chosen = choices.map(({ count }, index) => {
      // Older models tell how likely each choice is; newer ones which is the likeliest.
      if (discrete.length !== rows * total) return discrete[row * choices.length + index]!; // one for each branch
      const odds = discrete.slice(start, start + count);
      start += count;
      return odds.indexOf(Math.max(...odds));
    });
    const amounts = continuous.slice(row * axes, (row + 1) * axes);
    return [...chosen, ...amounts.map((amount) => Math.max(-1, Math.min(1, amount)))];
  }).flat();
}

/** The model with all noise times 0. */
function withoutChance(model: OnnxModel): OnnxModel {
  const nodes = model.nodes.map((node) =>
    node.operator === 'RandomNormalLike'
      ? { ...node, operator: 'Mul', inputs: [...node.inputs, 'no.noise'], attributes: new Map() }
      : node,
  );
  if (nodes.every((node, index) => node === model.nodes[index])) return model;
  const none = { name: 'no.noise', type: 'float', dims: [1], values: [0] } as const;
  return { ...model, nodes, constants: [...model.constants, none] };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say in which folder the models are: npm run models -- DIR');
const names = readdirSync(folder).filter((each) => each.endsWith('.onnx'));
if (names.length === 0) throw new Error(`There is no .onnx file in ${folder} itself.`);
for (const name of names) {
  console.log(`${name}: ${await told(new Uint8Array(readFileSync(join(folder, name))))}`);
}
