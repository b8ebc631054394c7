import { createRollout, type Rollout, type RolloutShape } from '../contract';

/** Why there are two: one fills while the learner reads the other. */
const bufferCount = 2;

/**
 * Lends out the memory of two rollouts: at most two exist at a time, and a third begins only in memory that came
 * back.
 */
export class RolloutBuffers {
  private shape: RolloutShape;
  /** Of a rollout of this shape; −1 before one was begun. */
  private byteLength = -1;
  private lent = 0;
  private readonly spare: ArrayBuffer[] = [];

  constructor(shape: RolloutShape) {
    this.shape = shape;
  }

  /** Rollouts begun from now on have this shape. Those already begun keep theirs. */
  reshape(shape: RolloutShape): void {
    if (sameShape(shape, this.shape)) return;
    this.shape = shape;
    this.byteLength = -1;
    this.spare.length = 0;
  }

  /** A rollout to fill, its contents undefined; null while both are out. */
  begin(): Rollout | null {
    if (this.lent === bufferCount) return null;
    this.lent++;
    const rollout = createRollout(this.shape, this.spare.pop());
    this.byteLength = rollout.buffer.byteLength;
    return rollout;
  }

  /**
   * Takes a rollout's memory back. Memory of another size, such as a buffer that was lost and stands in as an empty
   * one, frees the place and is not used again. More returns than loans change nothing.
   */
  takeBack(buffer: ArrayBuffer): void {
    if (this.lent === 0) return;
    this.lent--;
    if (buffer.byteLength === this.byteLength) this.spare.push(buffer);
  }
}

function sameShape(left: RolloutShape, right: RolloutShape): boolean {
  return (
    left.steps === right.steps &&
    left.agents === right.agents &&
    left.observationSize === right.observationSize &&
    left.actionSize === right.actionSize &&
    left.maskSize === right.maskSize
  );
}
