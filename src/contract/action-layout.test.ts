import { describe, expect, it } from 'vitest';
import { type ActionComponent, actionLayout, actionSize, maskSize, policyOutputSize } from './action-layout';
import type { ActionSpace } from './spaces';

const pad: ActionSpace = {
  kind: 'product',
  parts: [
    { name: 'jump', kind: 'discrete', count: 2, labels: ['stay', 'jump'] },
    { name: 'tool', kind: 'discrete', count: 3, labels: ['none', 'rope', 'lamp'], masked: true },
    { name: 'stick', kind: 'continuous', size: 2, names: ['x', 'y'], low: [-1, -2], high: [1, 2] },
    { name: 'fire', kind: 'discrete', count: 2, labels: ['hold', 'fire'], masked: true },
  ],
};

/** As an overlay would write down what an agent does. */
function described(component: ActionComponent, value: number): string {
  return component.kind === 'axis' ? `${component.name} ${value}` : component.labels[value]!;
}

describe('the layout of actions', () => {
  it('has a place for each number of each part, one after the other', () => {
    expect([actionSize(pad), policyOutputSize(pad), maskSize(pad)]).toEqual([5, 9, 5]);
    const { parts, components, logStds } = actionLayout(pad);
    expect(parts.map(({ kind, action, output }) => [kind, action, output])).toEqual([
      ['choices', 0, 0],
      ['choices', 1, 2],
      ['axes', 2, 5],
      ['choices', 4, 7],
    ]);
    expect(components.map((each) => (each.kind === 'axis' ? each.logStd : each.mask))).toEqual([
      null,
      0,
      0,
      1,
      3,
    ]);
    expect(logStds).toBe(2);
  });

  it('tells people what each part, choice and axis is called', () => {
    const { parts } = actionLayout(pad);
    const action = [1, 2, 0.5, -2, 0];
    const told = parts.map((part) => {
      const own = part.components.map((component, i) => described(component, action[part.action + i]!));
      return `${part.name}: ${own.join(', ')}`;
    });
    expect(told).toEqual(['jump: jump', 'tool: lamp', 'stick: x 0.5, y -2', 'fire: hold']);
  });

  it('is a list of one part for a plain space', () => {
    const several: ActionSpace = {
      kind: 'multiDiscrete',
      counts: [3, 2],
      labels: [
        ['a', 'b', 'c'],
        ['d', 'e'],
      ],
      masked: true,
    };
    const { parts, ...widths } = actionLayout(several);
    expect(parts).toHaveLength(1);
    expect(widths).toMatchObject({ actions: 2, outputs: 5, masks: 5, logStds: 0 });
    expect(parts[0]!.components.map(({ output }) => output)).toEqual([0, 3]);
  });
});
