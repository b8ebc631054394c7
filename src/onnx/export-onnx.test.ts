import { describe, expect, it } from 'vitest';
import { decodeModel } from './decode-model';
import { exportOnnx } from './export-onnx';
import type { OnnxModel, OnnxTensor } from './model';
import { madeUpPolicy, spaces } from './testing/made-up-policy';

const modelOf = (space: string, dialect: 'mlagents' | 'godot') =>
  decodeModel(exportOnnx(madeUpPolicy(spaces[space]!, { normalised: true }), dialect));

const told = (values: OnnxModel['inputs']) => values.map(({ name, type, dims }) => [name, type, ...dims]);

/** The numbers of an output that is a constant. */
function fixed({ nodes }: OnnxModel, name: string): Pick<OnnxTensor, 'dims' | 'values'> | null {
  const value = nodes.find(({ outputs }) => outputs.includes(name))?.attributes.get('value');
  return value?.kind === 'tensor' ? { dims: value.value.dims, values: Array.from(value.value.values) } : null;
}

describe('a policy for ML-Agents', () => {
  it('has the names, types and shapes that its package reads, for choices and axes at once', () => {
    const model = modelOf('product', 'mlagents');
    expect(model.opset).toBe(9);
    expect(told(model.inputs)).toEqual([
      ['obs_0', 'float', 'batch', 6],
      ['action_masks', 'float', 'batch', 6],
    ]);
    expect(told(model.outputs)).toEqual([
      ['version_number', 'float', 1],
      ['memory_size', 'float', 1],
      ['continuous_actions', 'float', 'batch', 2],
      ['continuous_action_output_shape', 'float', 1],
      ['deterministic_continuous_actions', 'float', 'batch', 2],
      ['discrete_actions', 'int64', 'batch', 2],
      ['discrete_action_output_shape', 'float', 1, 2],
      ['deterministic_discrete_actions', 'int64', 'batch', 2],
    ]);
    expect(fixed(model, 'version_number')).toEqual({ dims: [1], values: [3] });
    expect(fixed(model, 'memory_size')).toEqual({ dims: [1], values: [0] });
    expect(fixed(model, 'continuous_action_output_shape')).toEqual({ dims: [1], values: [2] });
    expect(fixed(model, 'discrete_action_output_shape')).toEqual({ dims: [1, 2], values: [2, 4] });
  });

  it('has no masks where nothing is chosen, and no axes where there are none', () => {
    expect(told(modelOf('axes', 'mlagents').inputs)).toEqual([['obs_0', 'float', 'batch', 6]]);
    const outputs = modelOf('choices', 'mlagents').outputs.map(({ name }) => name);
    expect(outputs.filter((name) => name.includes('continuous'))).toEqual([]);
  });

  it('is refused with a sentence where an axis has no bounds', () => {
    const space = { kind: 'continuous', size: 1, names: ['push'], low: [-Infinity], high: [1] } as const;
    expect(() => exportOnnx(madeUpPolicy(space), 'mlagents')).toThrow('its axis “push” has no bounds');
  });
});

describe('a policy for Godot RL Agents', () => {
  it('has the names, types and shapes of an export from Stable-Baselines3', () => {
    const model = modelOf('product', 'godot');
    expect(model.opset).toBe(17);
    expect(told(model.inputs)).toEqual([
      ['obs', 'float', 'batch_size', 6],
      ['state_ins', 'float', 'batch_size'],
    ]);
    expect(told(model.outputs)).toEqual([
      ['output', 'float', 'batch_size', 8],
      ['state_outs', 'float', 'batch_size'],
    ]);
  });
});
