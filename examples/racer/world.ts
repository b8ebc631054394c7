/** The world's size in its own pixels; how large it is drawn is the camera's. */
export const worldWidthPx = 1_280;
export const worldHeightPx = 800;
