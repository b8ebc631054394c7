import { describe, expect, it } from 'vitest';
import { RolloutBuffers } from './rollout-buffer';

const shape = { steps: 4, agents: 2, observationSize: 3, actionSize: 1, maskSize: 0 };

describe('RolloutBuffers', () => {
  it('lends two rollouts and no third until memory comes back', () => {
    const buffers = new RolloutBuffers(shape);
    const first = buffers.begin();
    const second = buffers.begin();
    expect(first?.buffer).not.toBe(second?.buffer);
    expect(buffers.begin()).toBeNull();
    buffers.takeBack(first!.buffer); // begun above
    expect(buffers.begin()?.buffer).toBe(first?.buffer);
    expect(buffers.begin()).toBeNull();
  });

  it('replaces memory that was lost on the way', () => {
    const buffers = new RolloutBuffers(shape);
    const first = buffers.begin();
    buffers.begin();
    structuredClone(first!.buffer, { transfer: [first!.buffer] }); // begun above; leaves an empty buffer behind
    buffers.takeBack(first!.buffer); // as above
    expect(buffers.begin()?.observations).toHaveLength(4 * 2 * 3);
    expect(buffers.begin()).toBeNull();
  });

  it('gives the new shape to rollouts begun after a change, never old memory of another size', () => {
    const buffers = new RolloutBuffers(shape);
    const first = buffers.begin();
    buffers.begin();
    buffers.reshape({ ...shape, steps: 8 });
    buffers.takeBack(first!.buffer); // begun above
    const longer = buffers.begin();
    expect(longer?.shape.steps).toBe(8);
    expect(longer?.rewards).toHaveLength(16);
  });

  it('replaces memory that was lost while the shape changed', () => {
    const buffers = new RolloutBuffers(shape);
    buffers.begin();
    buffers.begin();
    buffers.reshape({ ...shape, steps: 8 });
    buffers.takeBack(new ArrayBuffer(0));
    expect(buffers.begin()?.rewards).toHaveLength(16);
  });

  it('ignores memory that it never lent', () => {
    const buffers = new RolloutBuffers(shape);
    buffers.takeBack(new ArrayBuffer(8));
    buffers.begin();
    buffers.begin();
    expect(buffers.begin()).toBeNull();
  });
});
