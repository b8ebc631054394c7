import type { ChartTheme } from './chart-colours';

/** How one of several lines is told from the others, by colour and by dash. */
export interface LineLook {
  readonly colour: string;
  /** Dash lengths in pixels. */
  readonly dash: readonly number[];
}

/**
 * Colours that stay apart for every kind of colour vision (Okabe and Ito, 2008), darkened on light ground so that each
 * has at least 3 : 1 against its background. The first is for what is no fixed opponent.
 */
const colours = {
  dark: ['#b9c3cd', '#56b4e9', '#e69f00', '#1fb58a', '#cc79a7', '#f0e442', '#d55e00'],
  light: ['#4a535c', '#0072b2', '#c04f00', '#00805d', '#a8558a', '#7a6a00', '#8a3b12'],
} as const;
const dashes: readonly (readonly number[])[] = [
  [4, 4],
  [],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [12, 4],
  [5, 2, 1, 2],
];

/** Looks repeat after seven lines. */
export function lineLook(index: number, theme: ChartTheme): LineLook {
  const place = index % dashes.length;
  const dash = dashes[place] ?? [];
  // Dashes alone tell lines apart where the person's own colours hold.
  if (typeof theme === 'object') return { colour: theme.text, dash };
  return { colour: colours[theme][place] ?? colours[theme][0], dash };
}
