import { clipByAttributes, type ExportedActor } from './exported-actor';
import { GraphWriter } from './graph-writer';
import { policyMetadata } from './metadata';
import type { OnnxModel, OnnxValue } from './model';

const opset = 9;
/** What ML-Agents calls its interface of today: continuous and discrete actions at once, each with a likeliest one. */
const interfaceVersion = 3;
/** An axis goes from −3 to 3, is cut there and divided by 3. */
const atBound = 3;
/** Taken off forbidden choices’ logits. */
const forbidden = 1e8;

/**
 * A policy as Unity’s ML-Agents (release 4 of its package) reads it: `obs_0` and, where something is chosen,
 * `action_masks` (1 where allowed) go in; actions drawn by chance, the likeliest ones and the constants that say
 * the interface come out. Axes come as −1 to 1 from bound to bound.
 */
export function mlAgentsModel(actor: ExportedActor): OnnxModel {
  const graph = new GraphWriter();
  const { choices, axes, observationSize } = actor;
  const inputs: OnnxValue[] = [{ name: 'obs_0', type: 'float', dims: ['batch', observationSize] }];
  const outputs: OnnxValue[] = [fixed('version_number', [1]), fixed('memory_size', [1])];
  graph.fixedOutput('version_number', [1], [interfaceVersion]);
  graph.fixedOutput('memory_size', [1], [0]);
  const body = actor.writeBody(graph, 'obs_0', clipByAttributes);
  if (axes.length > 0) {
    writeContinuous(graph, actor, body);
    graph.fixedOutput('continuous_action_output_shape', [1], [axes.length]);
    outputs.push(
      { name: 'continuous_actions', type: 'float', dims: ['batch', axes.length] },
      fixed('continuous_action_output_shape', [1]),
      { name: 'deterministic_continuous_actions', type: 'float', dims: ['batch', axes.length] },
    );
  }
  if (choices.length > 0) {
    const counts = choices.map(({ count }) => count);
    const total = counts.reduce((sum, count) => sum + count, 0);
    inputs.push({ name: 'action_masks', type: 'float', dims: ['batch', total] });
    writeDiscrete(graph, actor, body);
    graph.fixedOutput('discrete_action_output_shape', [1, choices.length], counts);
    outputs.push(
      { name: 'discrete_actions', type: 'int64', dims: ['batch', choices.length] },
      fixed('discrete_action_output_shape', [1, choices.length]),
      { name: 'deterministic_discrete_actions', type: 'int64', dims: ['batch', choices.length] },
    );
  }
  const { nodes, constants } = graph;
  return { opset, graph: 'playtrain', nodes, constants, inputs, outputs, metadata: policyMetadata(actor) };
}

function writeContinuous(graph: GraphWriter, actor: ExportedActor, body: string): void {
  const { axes } = actor;
  const { kernel, bias } = actor.headColumns(axes, { atBound });
  const means = graph.node(
    'Gemm',
    [
      body,
      graph.constant('axes.kernel', [kernel.length / axes.length, axes.length], kernel),
      graph.constant('axes.bias', [axes.length], bias),
    ],
    'means',
  );
  const noise = graph.node('RandomNormalLike', [means], 'noise');
  const deviations = graph.constant('axes.deviations', [1, axes.length], actor.deviations({ atBound }));
  const apart = graph.node('Mul', [noise, deviations], 'apart');
  const drawn = graph.node('Add', [means, apart], 'drawn');
  const divisor = graph.constant('axes.divisor', [], [atBound]);
  for (const [from, to] of [
    [drawn, 'continuous_actions'],
    [means, 'deterministic_continuous_actions'],
  ] as const) {
    const cut = clipByAttributes(graph, from, `${from}.cut`, atBound);
    graph.node('Div', [cut, divisor], to);
  }
}

function writeDiscrete(graph: GraphWriter, actor: ExportedActor, body: string): void {
  const one = graph.constant('masks.one', [], [1]);
  const penalty = graph.constant('masks.penalty', [], [forbidden]);
  const allowed = graph.node('Sub', ['action_masks', one], 'masks.below');
  const penalties = graph.node('Mul', [allowed, penalty], 'masks.penalties');
  const drawn: string[] = [];
  const likeliest: string[] = [];
  let start = 0;
  for (const [branch, choice] of actor.choices.entries()) {
    const { count } = choice;
    const { kernel, bias } = actor.headColumns([choice], { atBound });
    const name = `branch.${branch}`;
    const parameters = [
      graph.constant(`${name}.kernel`, [kernel.length / count, count], kernel),
      graph.constant(`${name}.bias`, [count], bias),
    ];
    const free = graph.node('Gemm', [body, ...parameters], `${name}.free`);
    const ints = (...value: number[]) => ({ kind: 'ints', value }) as const;
    const ownPenalties = graph.node('Slice', [penalties], `${name}.penalties`, {
      axes: ints(1),
      starts: ints(start),
      ends: ints(start + count),
    });
    const logits = graph.node('Add', [free, ownPenalties], `${name}.logits`);
    const int = (value: number) => ({ kind: 'int', value }) as const;
    drawn.push(graph.node('Multinomial', [logits], `${name}.drawn`, { dtype: int(7), sample_size: int(1) }));
    likeliest.push(graph.node('ArgMax', [logits], `${name}.likeliest`, { axis: int(1), keepdims: int(1) }));
    start += count;
  }
  const axis = { axis: { kind: 'int', value: 1 } } as const;
  graph.node('Concat', drawn, 'discrete_actions', axis);
  graph.node('Concat', likeliest, 'deterministic_discrete_actions', axis);
}

function fixed(name: string, dims: readonly number[]): OnnxValue {
  return { name, type: 'float', dims };
}
