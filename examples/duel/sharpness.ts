/** Pixels of the canvas to one of the stage: it is shown somewhat larger than it is, on screens of whatever ratio. */
export const sharpness = Math.min(2.5, 1.25 * (globalThis.devicePixelRatio ?? 1));
