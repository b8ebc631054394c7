/** Frames of the sheet of sprites, 16 pixels wide and high. */
export const frames = {
  stand: 0,
  runWide: 1,
  runClose: 2,
  jump: 3,
  fall: 4,
  slime: 5,
  slimeFlat: 6,
  slimeSquashed: 7,
  coin: 8,
  spikes: 12,
  lanternOut: 13,
  lanternLit: 14,
  heart: 15,
} as const;
