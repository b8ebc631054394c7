import { clipByInputs, type ExportedActor } from './exported-actor';
import { GraphWriter } from './graph-writer';
import { policyMetadata } from './metadata';
import type { OnnxModel } from './model';

const opset = 17;

/**
 * A policy as Godot RL Agents reads what it exports from Stable-Baselines3: `obs` and `state_ins` go in; `output`, the
 * logits and means of all components side by side, and `state_outs`, which is `state_ins`, come out. Means are from −1
 * to 1 from bound to bound, and uncut; the likeliest choice is for the game to find, and so are forbidden ones.
 */
export function godotModel(actor: ExportedActor): OnnxModel {
  const graph = new GraphWriter();
  const { observationSize, components } = actor;
  const body = actor.writeBody(graph, 'obs', clipByInputs);
  const { kernel, bias } = actor.headColumns(components, { atBound: 1 });
  const outputs = bias.length;
  graph.node(
    'Gemm',
    [
      body,
      graph.constant('head.kernel', [kernel.length / outputs, outputs], kernel),
      graph.constant('head.bias', [outputs], bias),
    ],
    'output',
  );
  graph.node('Identity', ['state_ins'], 'state_outs');
  const batch = 'batch_size';
  return {
    opset,
    graph: 'playtrain',
    nodes: graph.nodes,
    constants: graph.constants,
    inputs: [
      { name: 'obs', type: 'float', dims: [batch, observationSize] },
      { name: 'state_ins', type: 'float', dims: [batch] },
    ],
    outputs: [
      { name: 'output', type: 'float', dims: [batch, outputs] },
      { name: 'state_outs', type: 'float', dims: [batch] },
    ],
    metadata: policyMetadata(actor),
  };
}
