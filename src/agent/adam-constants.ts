/** Decay of the running mean of gradients, and of their squares (Kingma and Ba 2015, §2; both references' values). */
export const adamDecays = { mean: 0.9, variance: 0.999 } as const;

/**
 * Moments that are closer to 0 than this are 0. Where no gradient comes any more, as of units that relu shut, moments
 * decay to subnormal numbers, with which processors are ten times slower, and stay there: rounded, they decay no
 * further. Next to any epsilon, they are nothing.
 */
export const smallestMoments = { mean: 1e-30, variance: 1e-37 } as const;

/** What PyTorch adds to a norm before dividing by it. */
export const normEpsilon = 1e-6;
