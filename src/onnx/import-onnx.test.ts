import { describe, expect, it } from 'vitest';
import { networkLayers, policyLayout } from '../agent/policy';
import type { PolicyData } from '../agent/policy-file';
import { type ActionSpace, PlaytrainError } from '../contract';
import { SeededRandom } from '../random/seeded-random';
import { encodeModel } from './encode-model';
import { exportOnnx, onnxDialects } from './export-onnx';
import { GraphWriter } from './graph-writer';
import { type ImportChoices, importOnnx } from './import-onnx';
import type { OnnxModel } from './model';
import { actionsOf } from './testing/acts';
import { madeUpMasks, madeUpObservations, madeUpPolicy, madeUpSpec, spaces } from './testing/made-up-policy';

const choices: ActionSpace = { kind: 'discrete', count: 3, labels: ['a', 'b', 'c'] };
const axes: ActionSpace = { kind: 'continuous', size: 2, names: ['x', 'y'], low: [-1, -1], high: [1, 1] };
const spec = madeUpSpec(choices, 6);
const each = (value: number) => Array.from({ length: 6 }, () => value);

/** A graph as other tools write theirs. */
function foreign(
  write: (graph: GraphWriter) => void,
  names: {
    readonly inputs?: readonly string[];
    readonly outputs: readonly string[];
    /** Of inputs, where the file says them. */
    readonly widths?: Readonly<Record<string, number>>;
  },
): Uint8Array<ArrayBuffer> {
  const graph = new GraphWriter();
  write(graph);
  const value = (name: string) =>
    ({ name, type: 'float', dims: ['batch', names.widths?.[name] ?? null] }) as const;
  const model: OnnxModel = {
    opset: 17,
    graph: 'main',
    nodes: graph.nodes,
    constants: graph.constants,
    inputs: (names.inputs ?? ['x']).map(value),
    outputs: names.outputs.map(value),
    metadata: new Map(),
  };
  return encodeModel(model);
}

/** Blocks of an actor under the names that a graph gives them. */
function actorBlocks(policy: PolicyData) {
  return networkLayers(policyLayout(policy.spec, policy), 'actor').map(({ kernel, bias }) => ({
    kernel: policy.parameters.subarray(kernel.offset, kernel.offset + kernel.size),
    bias: policy.parameters.subarray(bias.offset, bias.offset + bias.size),
    shape: kernel.shape as readonly [number, number],
  }));
}

/** The policy’s layers as MatMul and Add, or as Gemm of weights that torch has the other way round. */
function writeLayers(graph: GraphWriter, policy: PolicyData, way: 'MatMul' | 'Gemm', from: string): string {
  let name = from;
  for (const [i, { kernel, bias, shape }] of actorBlocks(policy).entries()) {
    const [inputs, outputs] = shape;
    if (way === 'MatMul') {
      name = graph.node('MatMul', [name, graph.constant(`w${i}`, shape, kernel)], `matmul${i}`);
      name = graph.node('Add', [graph.constant(`b${i}`, [outputs], bias), name], `add${i}`);
    } else {
      const turned = Float32Array.from(
        kernel,
        (_, at) => kernel[(at % inputs) * outputs + Math.floor(at / inputs)]!,
      );
      const weights = graph.constant(`w${i}`, [outputs, inputs], turned);
      const attributes = { transB: { kind: 'int', value: 1 } } as const;
      name = graph.node(
        'Gemm',
        [name, weights, graph.constant(`b${i}`, [outputs], bias)],
        `gemm${i}`,
        attributes,
      );
    }
    if (i < policy.hiddenSizes.length) name = graph.node('Tanh', [name], `tanh${i}`);
  }
  return name;
}

/** Whether two policies do the same wherever they are. */
function expectSameActions(left: PolicyData, right: PolicyData, digits = 5): void {
  const rows = 1_000;
  const observations = madeUpObservations(rows, left.spec.observationSpace.size);
  const masks = madeUpMasks(rows, []);
  const [expected, actual] = [left, right].map((policy) => actionsOf(policy, observations, masks, rows));
  for (const [i, action] of expected!.entries()) expect(actual![i]).toBeCloseTo(action, digits);
}

describe('a model of another tool', () => {
  it.each(['MatMul', 'Gemm'] as const)(
    'becomes the policy that it is: layers of %s, choices by ArgMax',
    (way) => {
      const policy = madeUpPolicy(choices);
      const file = foreign(
        (graph) => {
          const flat = graph.node('Flatten', ['x'], 'flat', { axis: { kind: 'int', value: 1 } });
          const logits = writeLayers(graph, policy, way, flat);
          graph.node('ArgMax', [logits], '17', {
            axis: { kind: 'int', value: 1 },
            keepdims: { kind: 'int', value: 0 },
          });
          // A critic beside it, which is not read.
          graph.node('Gemm', [flat, graph.constant('vw', [6, 1], new Float32Array(6))], 'value');
        },
        { outputs: ['17', 'value'] },
      );
      const read = importOnnx(file, { expected: spec, name: 'From afar' });
      expect(read).toMatchObject({
        name: 'From afar',
        hiddenSizes: [16, 12],
        activation: 'tanh',
        decisions: 0,
      });
      expect(read.observations).toBeNull();
      expectSameActions(policy, read);
    },
  );

  it('is asked which output it is where several could be, and then takes that one', () => {
    const policy = madeUpPolicy(axes);
    const file = foreign(
      (graph) => {
        const mean = writeLayers(graph, policy, 'Gemm', 'x');
        graph.node('Identity', [mean], 'mean');
        graph.node('Mul', [mean, graph.constant('half', [], [0.5])], 'other');
      },
      { outputs: ['mean', 'other'] },
    );
    const expected = madeUpSpec(axes, 6);
    expect(() => importOnnx(file, { expected })).toThrow('“mean” and “other” could each be the actions');
    expectSameActions(policy, importOnnx(file, { expected, output: 'mean' }));
    expect(() => importOnnx(file, { expected, output: 'means' })).toThrow('it has no output “means”');
  });

  it('keeps a normaliser, wherever it cuts, and joins one that cuts nothing to the first layer', () => {
    const policy = madeUpPolicy(choices);
    const normalised = (clip: number) =>
      foreign(
        (graph) => {
          const centred = graph.node(
            'Sub',
            ['x', graph.constant('mean', [6], new Float32Array(6).fill(0.5))],
            'c',
          );
          const scaled = graph.node(
            'Div',
            [centred, graph.constant('std', [6], new Float32Array(6).fill(2))],
            's',
          );
          const bounds = [graph.constant('lo', [], [-clip]), graph.constant('hi', [], [clip])];
          writeLayers(graph, policy, 'Gemm', graph.node('Clip', [scaled, ...bounds], 'cut'));
        },
        { outputs: ['gemm2'] },
      );
    const kept = importOnnx(normalised(10), { expected: spec });
    expect(kept.observations?.mean).toEqual(each(0.5));
    expect(kept.observations?.variance[0]).toBeCloseTo(4, 6);
    // ±5 of what is scaled by 1/2 is half of ±10 of what is scaled by 1: a variance of 1.
    const cutSooner = importOnnx(normalised(5), { expected: spec });
    expect(cutSooner.observations?.variance[0]).toBeCloseTo(1, 6);
    const seen = madeUpObservations(1_000, 6);
    const cut = seen.map((value) => Math.max(-5, Math.min(5, (value - 0.5) / 2)));
    expect(actionsOf(cutSooner, seen, new Uint8Array(0), 1_000)).toEqual(
      actionsOf(policy, cut, new Uint8Array(0), 1_000),
    );
    // What this game shows stays within ±8, and so within the cut.
    const within = {
      ...spec,
      observationSpace: { ...spec.observationSpace, low: each(-8), high: each(8) },
    };
    const joined = importOnnx(normalised(5), { expected: within });
    expect(joined.observations).toBeNull();
    const clipped = madeUpObservations(200, 6).map((value) => Math.max(-8, Math.min(8, value)));
    const actions = [kept, joined].map((each) =>
      Array.from(actionsOf(each, clipped, new Uint8Array(0), 200)),
    );
    expect(actions[0]).toEqual(actions[1]);
  });

  it('is read from parts that are cut and put together again, and from how likely choices are, as ML-Agents once wrote', () => {
    const space: ActionSpace = {
      kind: 'multiDiscrete',
      counts: [3, 2],
      labels: [
        ['a', 'b', 'c'],
        ['d', 'e'],
      ],
    };
    const policy = madeUpPolicy(space);
    const file = foreign(
      (graph) => {
        const part = (name: string, of: string, from: number, to: number) => {
          const [starts, ends] = [graph.indices(`${name}.from`, [from]), graph.indices(`${name}.to`, [to])];
          return graph.node('Slice', [of, starts, ends, graph.indices(`${name}.axis`, [1])], name);
        };
        const axis = { axis: { kind: 'int', value: 1 } } as const;
        const cut = (name: string, from: number, to: number) => {
          const bounds = [graph.constant(`${name}.lo`, [], [-5]), graph.constant(`${name}.hi`, [], [5])];
          return graph.node('Clip', [part(`${name}.part`, 'vector_observation', from, to), ...bounds], name);
        };
        const seen = graph.node('Concat', [cut('first', 0, 4), cut('second', 4, 6)], 'seen', axis);
        const logits = writeLayers(graph, policy, 'Gemm', seen);
        const odds = (name: string, from: number, to: number) => {
          const likely = graph.node('Softmax', [part(`${name}.part`, logits, from, to)], name, axis);
          return graph.node(
            'Log',
            [graph.node('Add', [likely, graph.constant(`${name}.e`, [], [1e-7])], `${name}.more`)],
            `${name}.log`,
          );
        };
        graph.node('Concat', [odds('one', 0, 3), odds('two', 3, 5)], 'discrete_actions', axis);
        graph.fixedOutput('version_number', [1], [2]);
      },
      { inputs: ['vector_observation'], outputs: ['version_number', 'discrete_actions'] },
    );
    const read = importOnnx(file, { expected: madeUpSpec(space, 6) });
    const seen = madeUpObservations(1_000, 6);
    const cut = seen.map((value) => Math.max(-5, Math.min(5, value)));
    expect(actionsOf(read, seen, new Uint8Array(0), 1_000)).toEqual(
      actionsOf(policy, cut, new Uint8Array(0), 1_000),
    );
  });

  it('sees one after another what several sensors see, and is refused where they see more or less', () => {
    const policy = madeUpPolicy(axes);
    const fileOf = (widths: Readonly<Record<string, number>>) =>
      foreign(
        (graph) => {
          const seen = graph.node('Concat', ['obs_0', 'obs_1'], 'seen', { axis: { kind: 'int', value: -1 } });
          const means = writeLayers(graph, policy, 'Gemm', seen);
          graph.node('Identity', [means], 'deterministic_continuous_actions');
          graph.node('Identity', [means], 'continuous_actions');
          graph.fixedOutput('version_number', [1], [3]);
        },
        {
          inputs: ['obs_0', 'obs_1'],
          outputs: ['version_number', 'continuous_actions', 'deterministic_continuous_actions'],
          widths,
        },
      );
    const file = fileOf({ obs_0: 4, obs_1: 2 });
    expectSameActions(policy, importOnnx(file, { expected: madeUpSpec(axes, 6) }));
    expect(() => importOnnx(file, { expected: madeUpSpec(axes, 7) })).toThrow('it sees 4 and 2 numbers');
    const odd = fileOf({ obs_0: 8, obs_1: -2 });
    expect(() => importOnnx(odd, { expected: madeUpSpec(axes, 6) })).toThrow('it sees 8 and -2 numbers');
  });

  it('is refused where it remembers, or what a game would set is how likely something is', () => {
    const outputs = ['version_number', 'continuous_actions'];
    const write = (graph: GraphWriter) => {
      const odds = graph.node('Softmax', [writeLayers(graph, madeUpPolicy(axes), 'Gemm', 'obs_0')], 'odds');
      graph.node('Identity', [odds], 'continuous_actions');
      graph.fixedOutput('version_number', [1], [3]);
    };
    const expected = madeUpSpec(axes, 6);
    const likely = foreign(write, { inputs: ['obs_0'], outputs });
    expect(() => importOnnx(likely, { expected })).toThrow(
      /its output “continuous_actions” chooses one of \d+, and this game’s agent does not/,
    );
    const remembers = foreign(write, { inputs: ['obs_0', 'recurrent_in'], outputs });
    expect(() => importOnnx(remembers, { expected })).toThrow('it remembers from step to step');
  });

  it('is refused where several choices would be taken for one', () => {
    const of = (count: number): ActionSpace => ({
      kind: 'discrete',
      count,
      labels: Array.from({ length: count }, (_, i) => `${i}`),
    });
    const axis = { axis: { kind: 'int', value: 1 } } as const;
    // How likely three choices are, and three others, side by side.
    const fileOf = (end: 'Identity' | 'ArgMax' | 'Multinomial' | 'Softmax') =>
      foreign(
        (graph) => {
          const logits = writeLayers(graph, madeUpPolicy(of(6)), 'Gemm', 'x');
          const odds = [0, 3].map((from) => {
            const bounds = [graph.indices(`from${from}`, [from]), graph.indices(`to${from}`, [from + 3])];
            const part = graph.node(
              'Slice',
              [logits, ...bounds, graph.indices(`axis${from}`, [1])],
              `part${from}`,
            );
            return graph.node('Softmax', [part], `odds${from}`, axis);
          });
          const joined = graph.node('Concat', odds, 'joined', axis);
          graph.node(end, [joined], 'actions', end === 'Multinomial' || end === 'Identity' ? {} : axis);
        },
        { outputs: ['actions'] },
      );
    const two: ActionSpace = {
      kind: 'multiDiscrete',
      counts: [3, 3],
      labels: [
        ['a', 'b', 'c'],
        ['d', 'e', 'f'],
      ],
    };
    const read = (end: Parameters<typeof fileOf>[0], space: ActionSpace) =>
      importOnnx(fileOf(end), { expected: madeUpSpec(space, 6) });
    expect(read('Identity', two).spec.actionSpace).toEqual(two);
    expect(() => read('Identity', of(6))).toThrow(
      'its output “actions” chooses one of 3, and one of 3, and this game’s agent does not',
    );
    for (const end of ['ArgMax', 'Multinomial', 'Softmax'] as const) {
      for (const space of [two, of(6)])
        expect(() => read(end, space)).toThrow('it takes several choices for one');
    }
  });

  it('is refused with what was found where it sees, or does, something else', () => {
    const expected = madeUpSpec(choices, 6);
    const write = (graph: GraphWriter) => {
      const means = writeLayers(graph, madeUpPolicy(axes), 'Gemm', 'x');
      graph.node('Identity', [means], 'continuous_actions');
      graph.fixedOutput('version_number', [1], [3]);
    };
    const outputs = ['version_number', 'continuous_actions'];
    expect(() => importOnnx(foreign(write, { inputs: ['x', 'camera'], outputs }), { expected })).toThrow(
      'what goes into it is “x” and “camera”',
    );
    const both: ActionSpace = {
      kind: 'product',
      parts: [
        { ...choices, name: 'one' },
        { ...axes, name: 'two' },
      ],
    };
    expect(() =>
      importOnnx(foreign(write, { inputs: ['x'], outputs }), { expected: madeUpSpec(both, 6) }),
    ).toThrow('it gives no choices, by which this game’s agent acts');
    expect(() => importOnnx(foreign(write, { inputs: ['x'], outputs }), { expected })).toThrow(
      'it gives “continuous_actions”, and this game’s agent does nothing of that kind',
    );
  });

  const refused: readonly (readonly [string, string, (graph: GraphWriter, logits: string) => string])[] = [
    ['a recurrent layer', '“h/LSTM” cannot be followed (LSTM is no part', (g, x) => g.node('LSTM', [x], 'h')],
    ['a convolution', '“h/Conv” cannot be followed (Conv is no part', (g, x) => g.node('Conv', [x], 'h')],
    [
      'a branch that comes together again',
      '“h/Add” cannot be followed (it joins two branches',
      (g, x) => g.node('Add', [x, 'tanh0'], 'h'),
    ],
    ['an activation at the end', 'is not as wide', (g, x) => g.node('Softplus', [x], 'unused') && 'tanh0'],
  ];
  it.each(refused)('is refused by its node’s name: %s', (_what, sentence, extend) => {
    const file = foreign(
      (graph) =>
        graph.node('Identity', [extend(graph, writeLayers(graph, madeUpPolicy(choices), 'Gemm', 'x'))], 'o'),
      { outputs: ['o'] },
    );
    expect(() => importOnnx(file, { expected: spec })).toThrow(sentence);
  });

  it('is read with its swishes, as ML-Agents writes them', () => {
    const file = foreign(
      (graph) => {
        const kernel = graph.constant('w', [6, 8], new Float32Array(48).fill(0.1));
        const hidden = graph.node('MatMul', ['obs_0', kernel], 'h');
        const swish = graph.node('Mul', [hidden, graph.node('Sigmoid', [hidden], 'sig')], 'swish');
        const logits = graph.node('MatMul', [swish, graph.constant('v', [8, 3], new Float32Array(24))], 'l');
        graph.node('ArgMax', [logits], 'deterministic_discrete_actions', { axis: { kind: 'int', value: 1 } });
        graph.fixedOutput('version_number', [1], [3]);
      },
      {
        inputs: ['obs_0', 'action_masks'],
        outputs: ['version_number', 'discrete_actions', 'deterministic_discrete_actions'],
      },
    );
    expect(importOnnx(file, { expected: spec })).toMatchObject({ activation: 'swish', hiddenSizes: [8] });
  });
});

describe('a model that was exported here', () => {
  it.each(onnxDialects)('says its game by itself, and is refused by another: %s', (dialect) => {
    const policy = madeUpPolicy(axes, { normalised: true });
    const file = exportOnnx(policy, dialect);
    expectSameActions(policy, importOnnx(file));
    expect(() => importOnnx(file, { expected: { ...policy.spec, game: 'other' } })).toThrow('“made-up”');
    expect(() => importOnnx(file, { expected: madeUpSpec(choices, 6) })).toThrow('other actions');
  });
});

describe('a file that is no model', () => {
  it('is refused with a sentence', () => {
    for (const bytes of [
      new Uint8Array(0),
      new TextEncoder().encode('{"a": 1}'),
      new Uint8Array(100).fill(255),
    ]) {
      expect(() => importOnnx(bytes, { expected: spec })).toThrow(/^This file was not loaded: /);
    }
  });

  it('is refused or read, whatever 5,000 mutations make of it', () => {
    const files = Object.values(spaces).flatMap((space) =>
      onnxDialects.map((dialect) =>
        exportOnnx(madeUpPolicy(space, { hiddenSizes: [3], normalised: true }), dialect),
      ),
    );
    const random = SeededRandom.fromSeed(11);
    const sentences: string[] = [];
    for (let i = 0; i < 5_000; i++) {
      const sentence = refusalOf(
        mutated(files[i % files.length]!, random),
        i % 2 === 0 ? {} : { expected: spec },
      );
      if (sentence !== null) sentences.push(sentence);
    }
    const read = 5_000 - sentences.length;
    expect(sentences.filter((sentence) => !/^This file was not loaded: .+\. .+\.$/s.test(sentence))).toEqual(
      [],
    );
    // Mutations of weights leave a model that is read: not everything is refused for one reason.
    expect(read).toBeGreaterThan(50);
    expect(read).toBeLessThan(4_000);
  });
});

/** The sentence that a file is refused with; null where it is read. Throws whatever else happens. */
function refusalOf(bytes: Uint8Array, choices: ImportChoices): string | null {
  try {
    importOnnx(bytes, choices);
    return null;
  } catch (error) {
    if (error instanceof PlaytrainError && error.code === 'bad-file') return error.message;
    throw error;
  }
}

/** A file with some bytes changed, a piece left out, repeated or put elsewhere, or its end missing. */
function mutated(file: Uint8Array, random: SeededRandom): Uint8Array {
  const at = random.below(file.length);
  const length = 1 + random.below(Math.min(64, file.length - at));
  const piece = file.subarray(at, at + length);
  const joined = (...parts: readonly Uint8Array[]) =>
    Uint8Array.from(parts.flatMap((part) => Array.from(part)));
  switch (random.below(4)) {
    case 0:
      return file.slice(0, at);
    case 1:
      return joined(file.subarray(0, at), file.subarray(at + length));
    case 2: {
      const to = random.below(file.length);
      return joined(file.subarray(0, to), piece, file.subarray(to));
    }
    default: {
      const changed = file.slice();
      for (let i = 0; i < 1 + random.below(8); i++) changed[random.below(file.length)] = random.below(256);
      return changed;
    }
  }
}
