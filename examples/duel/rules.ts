/** 0 is on the left, 1 on the right. */
export type Seat = 0 | 1;

/** The stage, in its own pixels, of which there are as many on every screen. */
export const stage = { width: 720, height: 450 } as const;
/** Where orbs and wizards may be. */
export const field = { left: 24, top: 70, right: 696, bottom: 426 } as const;
export const middle = { x: (field.left + field.right) / 2, y: (field.top + field.bottom) / 2 } as const;

export const wizardRules = {
  radius: 17,
  speed: 215,
  /** While it holds up its ward. */
  wardSpeed: 90,
  wardRadius: 40,
  wardMs: 280,
  /** From a ward's end until it can have another. */
  restMs: 560,
  /** An orb in the hand for longer than this leaves by itself. */
  fuseMs: 1_600,
  /** How far from the middle line it must keep. */
  gap: 30,
} as const;

export const orbRules = {
  radius: 10,
  speed: 480,
  /** How much of its speed it keeps where it rebounds. */
  keeps: 0.95,
  slowest: 270,
  /** After so many rebounds it is tame: slow, and anybody's who takes it. */
  wildRebounds: 4,
  tameSpeed: 150,
  /** Once a round has lasted for so long, orbs keep their speed, and every throw is faster than the one before. */
  calmMs: 4_000,
  hurryPerSecond: 60,
  fastest: 900,
  /** Of a throw that is aimed up or down. */
  slant: Math.PI / 5,
  /** It cannot be taken back before it has rebounded or flown for so long. */
  freshMs: 300,
} as const;

export const matchRules = {
  goal: 5,
  /** Before anybody can throw. */
  readyMs: 500,
  /** From a hit to the next round, or to the end of the match. */
  hitMs: 1_100,
  cheerMs: 2_800,
} as const;
