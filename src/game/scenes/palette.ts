import { type Controller, controllers } from '../../contract';

/** Colours of one theme, as 0xRRGGBB. */
export interface Palette {
  /** Behind everything; the page's own sunken surface. */
  readonly ground: number;
  /** The focused arena's panel and the tiles. */
  readonly panel: number;
  /** The panel's lower part. */
  readonly panelShade: number;
  readonly line: number;
  readonly lineStrong: number;
  readonly text: number;
  readonly textSoft: number;
  readonly success: number;
  readonly failure: number;
  readonly neutral: number;
  readonly learner: number;
  readonly frozen: number;
  readonly person: number;
}

const dark: Palette = {
  ground: 0x0b0f14,
  panel: 0x1b232c,
  panelShade: 0x131920,
  line: 0x2e3a46,
  lineStrong: 0x66737f,
  text: 0xe8edf1,
  textSoft: 0x9fabb7,
  success: 0x2fd3a0,
  failure: 0xff8552,
  neutral: 0xb9c3cd,
  learner: 0x56b4e9,
  frozen: 0xcc79a7,
  person: 0xf0ac17,
};

const light: Palette = {
  ground: 0xebe9e1,
  panel: 0xfdfcf9,
  panelShade: 0xf1efe8,
  line: 0xdcd9ce,
  lineStrong: 0x85898c,
  text: 0x1b2127,
  textSoft: 0x565f68,
  success: 0x00805d,
  failure: 0xd04a00,
  neutral: 0x6b747c,
  learner: 0x0072b2,
  frozen: 0xa8558a,
  person: 0xb87a00,
};

export function paletteOf(theme: 'dark' | 'light'): Palette {
  return theme === 'dark' ? dark : light;
}

/** `#rrggbb`, as canvases and texts want it. */
export function cssColour(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}

/** Who plays an arena: a colour and the words that go with it. */
export interface PlayerSign {
  readonly colour: number;
  readonly words: string;
}

export function playerSigns(palette: Palette, controller: Controller): PlayerSign {
  if (controller === controllers.person) return { colour: palette.person, words: 'you play' };
  if (controller === controllers.frozen) return { colour: palette.frozen, words: 'frozen policy' };
  return { colour: palette.learner, words: 'learning' };
}
