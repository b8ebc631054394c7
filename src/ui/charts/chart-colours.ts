/** What a metric tells about; charts of one kind share a colour and a dash. */
export type MetricKind = 'outcome' | 'policy' | 'critic' | 'step' | 'speed';

export interface ChartColours {
  readonly line: string;
  /** The same colour, faint: for raw values behind a smoothed line and for the spread. */
  readonly faint: string;
  readonly text: string;
  readonly grid: string;
  readonly mark: string;
}

/**
 * Colours that stay apart for every kind of colour vision (Okabe and Ito, 2008), each with at least 3 : 1 against its
 * background.
 */
const lines = {
  dark: { outcome: '#56b4e9', policy: '#e69f00', critic: '#1fb58a', step: '#cc79a7', speed: '#b9c3cd' },
  light: { outcome: '#0072b2', policy: '#c04f00', critic: '#00805d', step: '#a8558a', speed: '#4a535c' },
} as const satisfies Record<string, Record<MetricKind, string>>;

const others = {
  dark: { text: '#9fabb7', grid: '#232c35', mark: '#d8dfe6' },
  light: { text: '#5a636c', grid: '#e6e3da', mark: '#3c444c' },
} as const;

/** Dash lengths in pixels, so that kinds differ without colour too. */
export const dashes: Readonly<Record<MetricKind, readonly number[]>> = {
  outcome: [],
  policy: [7, 3],
  critic: [2, 2],
  step: [9, 3, 2, 3],
  speed: [4, 4],
};

/** What a chart is drawn in: the page's colours for a theme, or the person's own few. */
export type ChartTheme = 'dark' | 'light' | ForcedColours;

/** The person's own colours, where they take the place of all others (Windows' contrast themes). */
export interface ForcedColours {
  readonly text: string;
  readonly faint: string;
}

const forced = () => matchMedia('(forced-colors: active)');

/** The person's own colours; null where pages choose theirs. A canvas does not follow them by itself. */
export function forcedColours(): ForcedColours | null {
  if (!forced().matches) return null;
  const probe = document.body.appendChild(document.createElement('span'));
  // Else a mixed colour would give way, too.
  probe.style.setProperty('forced-color-adjust', 'none');
  const colourOf = (colour: string) => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const text = colourOf('CanvasText');
  const colours = { text, faint: colourOf('color-mix(in srgb, CanvasText 35%, transparent)') };
  probe.remove();
  return colours;
}

/** Calls back whenever such colours begin or cease to hold; returns a function that ends it. */
export function onForcedColoursChange(listener: () => void): () => void {
  const query = forced();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

export function chartColours(kind: MetricKind, theme: ChartTheme): ChartColours {
  if (typeof theme === 'object') {
    const { text, faint } = theme;
    return { line: text, faint, text, grid: faint, mark: text };
  }
  const line = lines[theme][kind];
  return { line, faint: `${line}${theme === 'dark' ? '40' : '38'}`, ...others[theme] };
}
