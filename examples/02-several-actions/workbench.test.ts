import { actionLayout, checkEnvironment } from 'playtrain';
import { describe, expect, it } from 'vitest';
import { workbench } from './workbench';

describe('example 2: several actions at once', () => {
  it('fits the contract', () => {
    expect(checkEnvironment(workbench)).toEqual([]);
  });

  it('tells by name what each number of an action stands for', () => {
    const { parts } = actionLayout(workbench.actionSpace);
    const told = parts.map(({ name, components }) => [
      name,
      ...components.map((each) => (each.kind === 'axis' ? each.name : each.labels.join(' or '))),
    ]);
    expect(told).toEqual([
      ['button a', 'up or down'],
      ['tool', 'hammer or saw or drill'],
      ['stick', 'x', 'y'],
      ['button b', 'up or down'],
    ]);
  });
});
