import * as tf from '@tensorflow/tfjs-core';

const pauseMs = 1;

/**
 * Between two looks at what a device has done, by tfjs's timer. One that is set by a message is not held back to 4 ms,
 * as one that is set by a timer is.
 */
export function shortPause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      // Every browser's platform has it.
      tf.env().platform.setTimeoutCustom!(resolve, pauseMs);
    };
    port2.postMessage(null);
  });
}
