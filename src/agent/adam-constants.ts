/** Decay of the running mean of gradients, and of their squares (Kingma and Ba 2015, §2; both references' values). */
export const adamDecays = { mean: 0.9, variance: 0.999 } as const;

/** What PyTorch adds to a norm before dividing by it. */
export const normEpsilon = 1e-6;
