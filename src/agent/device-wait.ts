import * as tf from '@tensorflow/tfjs-core';
import { PlaytrainError } from '../contract';

/** A device that has not caught up by then hangs. */
const longestWaitMs = 60_000;
/** When two looks lie further apart, the machine slept or the thread was busy: time that the device did not have. */
const longestStretchMs = 1_000;

/** A wait for a graphics device, which ends in an error where the device is gone or hangs. */
export class DeviceWait {
  private readonly gl: WebGL2RenderingContext;
  private lookedMs = tf.util.now();
  private waitedMs = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
  }

  /**
   * Has a look; to be called again and again while the device is waited for.
   *
   * @throws PlaytrainError `context-lost` when the context is gone, and also when the device has hung for too long,
   * since either way another one must go on from the last weights.
   */
  look(): void {
    if (this.gl.isContextLost()) throw contextLost();
    const nowMs = tf.util.now();
    this.waitedMs += Math.min(longestStretchMs, nowMs - this.lookedMs);
    this.lookedMs = nowMs;
    if (this.waitedMs > longestWaitMs) throw deviceHangs();
  }
}

/** What every wait for a graphics context that is gone ends with. */
export function contextLost(): PlaytrainError {
  return new PlaytrainError(
    'context-lost',
    'The graphics context was lost during an update; set it up again and go on from the last weights.',
  );
}

function deviceHangs(): PlaytrainError {
  return new PlaytrainError(
    'context-lost',
    'The graphics processor has stopped answering during an update; set it up again and go on from the last weights.',
  );
}
