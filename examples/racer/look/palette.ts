/** Colours as CSS and Phaser both read them. */
export const colours = {
  grass: '#3f7a45',
  grassDark: '#39703f',
  tuft: '#57945a',
  earth: '#6b5a45',
  asphalt: '#3d424c',
  asphaltLight: '#474d58',
  rubber: 'rgba(18, 20, 26, 0.22)',
  line: '#f2f0e6',
  kerb: '#d9463e',
  concrete: '#c9ccd2',
  concreteEdge: '#8d939d',
  shade: 'rgba(8, 20, 14, 0.35)',
  treeDark: '#1f4f33',
  tree: '#2c6a41',
  treeLight: '#4a8f55',
  water: '#3d84a8',
  waterLight: '#6fb3cf',
  sand: '#d8c390',
  roof: '#31405a',
  roofLight: '#46597a',
} as const;

/** Of the world's edge, where the picture is wider than it. */
export const beyond = colours.grassDark;

/** The first is a person's. Neighbours in the list differ in brightness, too. */
export const liveries: readonly string[] = [
  '#f4a81d',
  '#4aa8f0',
  '#e8503f',
  '#f3ead8',
  '#7d5be0',
  '#48c774',
  '#ff7bb0',
  '#2f5fb8',
  '#c8e04a',
  '#b4552d',
  '#33c9c1',
  '#9c2f4f',
  '#ffd98a',
  '#5c6f86',
  '#d08cf0',
  '#1f8a5b',
];

export const accent = 0xf4a81d;
export const alarm = 0xff6b5e;
export const well = 0x63d68b;
