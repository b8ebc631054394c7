import { describe, expect, it } from 'vitest';
import { StepGate } from './step-gate';

describe('a game that is seen', () => {
  it('goes on where it runs, and one step at a time where it is asked for', () => {
    const gate = new StepGate();
    expect(gate.mayStep()).toBe(false);
    gate.step();
    expect([gate.mayStep(), gate.mayStep()]).toEqual([true, false]);
    gate.isRunning = true;
    expect([gate.mayStep(), gate.mayStep()]).toEqual([true, true]);
  });

  it('stands still while it is covered, and then goes on as before', () => {
    const gate = new StepGate();
    gate.isRunning = true;
    gate.isCovered = true;
    expect(gate.mayStep()).toBe(false);
    gate.isCovered = false;
    expect(gate.mayStep()).toBe(true);
  });
});
