/** Colours of the court in one theme, as 0xRRGGBB: night and day. */
export interface CourtPalette {
  readonly skyTop: number;
  readonly skyBottom: number;
  readonly light: number;
  readonly hillsFar: number;
  readonly hillsNear: number;
  readonly stand: number;
  readonly board: number;
  readonly boardMarks: number;
  readonly spectators: readonly number[];
  readonly sand: number;
  readonly sandFar: number;
  readonly sandNear: number;
  readonly lines: number;
  /** The net, as a tile shows it: alone before the sky. */
  readonly tileNet: number;
  readonly post: number;
  readonly postStripe: number;
  readonly tape: number;
  readonly wall: number;
  readonly dust: number;
  readonly text: number;
  readonly textEdge: number;
  /** By seat. Blue and orange differ for every kind of colour vision, and in brightness too. */
  readonly seats: readonly [number, number];
}

const night: CourtPalette = {
  skyTop: 0x0a1026,
  skyBottom: 0x3d3f78,
  light: 0xf6ecc9,
  hillsFar: 0x2a2f63,
  hillsNear: 0x1d2350,
  stand: 0x151a3c,
  board: 0x27306b,
  boardMarks: 0x6d78c4,
  spectators: [0x2c3568, 0x3a3a72, 0x26406a, 0x443866],
  sand: 0x8b7b6e,
  sandFar: 0x6d6166,
  sandNear: 0x54495a,
  lines: 0xd9d2e4,
  tileNet: 0xe9e6f2,
  post: 0xe9e6f2,
  postStripe: 0xb8467f,
  tape: 0xffffff,
  wall: 0x9aa4e0,
  dust: 0xc9b9a4,
  text: 0xffffff,
  textEdge: 0x0a1026,
  seats: [0x5cb8f2, 0xf9ac38],
};

const day: CourtPalette = {
  skyTop: 0x7cc4ee,
  skyBottom: 0xe9f6f6,
  light: 0xfff6cf,
  hillsFar: 0xa6cfdc,
  hillsNear: 0x83bda3,
  stand: 0x5f8f93,
  board: 0x2f6f86,
  boardMarks: 0x9fd0d8,
  spectators: [0x7fabab, 0x98b59c, 0x88a2b8, 0xb2a894],
  sand: 0xf3dfb2,
  sandFar: 0xe6cd98,
  sandNear: 0xdcbd80,
  lines: 0xffffff,
  tileNet: 0x8a2f5f,
  post: 0xfafafa,
  postStripe: 0xb8467f,
  tape: 0xffffff,
  wall: 0x2f6f86,
  dust: 0xcaa868,
  text: 0x14202b,
  textEdge: 0xffffff,
  seats: [0x1670b8, 0xc96a00],
};

export function courtPaletteOf(theme: 'dark' | 'light'): CourtPalette {
  return theme === 'dark' ? night : day;
}
