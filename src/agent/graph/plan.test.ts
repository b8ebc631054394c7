import { describe, expect, it } from 'vitest';
import type { ActivationNode } from './activation-layer';
import type { DenseNode } from './dense-layer';
import type { GraphNode, PolicyGraph } from './graph';
import { mlpGraph, mlpShapeOf } from './mlp';
import { type Call, compile } from './plan';

const shape = {
  observationSize: 3,
  hiddenSizes: [8],
  activation: 'tanh',
  policyOutputs: 2,
  vectors: [{ name: 'actor.logStd', size: 2 }],
} as const;

const asText = (calls: readonly Call[]) => calls.map(({ node, kernel }) => `${node}: ${kernel}`);

describe('a plan', () => {
  it('of two plain nets is these calls', () => {
    const plan = compile(mlpGraph(shape));
    expect(asText(plan.forward)).toEqual([
      'actor.0: dense',
      'actor.0.tanh: activate',
      'actor.head: dense',
      'critic.0: dense',
      'critic.0.tanh: activate',
      'critic.head: dense',
    ]);
    expect(asText(plan.refresh)).toEqual(['actor.head: transpose', 'critic.head: transpose']);
    expect(asText(plan.backward)).toEqual([
      'critic.head: clear',
      'critic.head: denseInputSlopes',
      'critic.0.tanh: activationSlopes',
      'actor.head: clear',
      'actor.head: denseInputSlopes',
      'actor.0.tanh: activationSlopes',
    ]);
    expect(asText(plan.accumulate)).toEqual(
      ['critic.head', 'critic.0', 'actor.head', 'actor.0'].flatMap((node) => [
        `${node}: denseWeightSlopes`,
        `${node}: addRows`,
      ]),
    );
  });

  it('adds to each number of the gradient in one call, however large the kernels', () => {
    for (const hidden of [1, 20, 70, 513]) {
      const plan = compile(mlpGraph({ ...shape, observationSize: hidden, hiddenSizes: [hidden, 33] }));
      const times = new Uint8Array(plan.counts.gradient);
      for (const { operands } of plan.accumulate) {
        const { memory, offset, count } = operands.at(-1)!;
        expect(memory).toBe('gradient');
        for (let i = offset; i < offset + count; i++) times[i]! += 1;
      }
      for (const { block, offset, size } of plan.parameters.blocks) {
        const expected = block.name === 'actor.logStd' ? 0 : 1;
        expect(new Set(times.subarray(offset, offset + size))).toEqual(new Set([expected]));
      }
    }
  });

  it('is plain data', () => {
    const plan = compile(mlpGraph(shape));
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it('clears the slopes at what several read once, before the first of them adds to it', () => {
    const dense = (name: string, input: string): DenseNode => ({
      kind: 'dense',
      name,
      inputs: [input],
      size: 1,
    });
    const graph: PolicyGraph = {
      nodes: [
        ...mlpGraph(shape).nodes.slice(0, 1),
        dense('trunk', 'observation'),
        dense('policy', 'trunk'),
        dense('value', 'trunk'),
      ],
      vectors: [],
      outputs: { policy: 'policy', value: 'value' },
    };
    expect(asText(compile(graph).backward)).toEqual([
      'value: clear',
      'value: denseInputSlopes',
      'policy: denseInputSlopes',
    ]);
  });

  it('is not made where something would be changed that others read', () => {
    const { nodes, ...rest } = mlpGraph(shape);
    const second: ActivationNode = {
      kind: 'activation',
      name: 'second',
      inputs: ['actor.0'],
      function: 'relu',
    };
    const extra: GraphNode[] = [second, { ...nodes.at(-1)!, name: 'other', inputs: ['second'] }];
    const graph = { ...rest, nodes: [...nodes, ...extra], outputs: { policy: 'actor.head', value: 'other' } };
    expect(() => compile(graph)).toThrow(/“actor.0”, which others read/);
  });
});

describe('the shape of two plain nets', () => {
  it('is found in their graph, and in no other', () => {
    const graph = mlpGraph(shape);
    expect(mlpShapeOf(graph)).toEqual(shape);
    expect(mlpShapeOf(JSON.parse(JSON.stringify(graph)) as PolicyGraph)).toEqual(shape);
    const [input, first, ...others] = graph.nodes;
    const wider = { ...first, size: 9 } as GraphNode;
    expect(mlpShapeOf({ ...graph, nodes: [input!, wider, ...others] })).toBeNull();
    expect(mlpShapeOf({ ...graph, outputs: { policy: 'critic.head', value: 'critic.head' } })).toBeNull();
    expect(mlpShapeOf({ ...graph, nodes: [] })).toBeNull();
  });
});
