import { tickLabels } from './axis-ticks';
import type { ChartColours } from './chart-colours';
import type uPlot from './uplot';

/** Charts of one page share their cursor. */
const syncKey = 'playtrain';
/** In whole pixels: uPlot reads no others. */
export const labelFont = (scale: number) =>
  `${Math.round(11 * scale)}px ui-sans-serif, system-ui, sans-serif`;

/** What every chart over decisions has: no legend of uPlot's own, the shared cursor, decisions from 0 on. */
export const plotOptions = {
  pxAlign: 0,
  legend: { show: false },
  cursor: {
    y: false,
    drag: { x: false, y: false },
    points: { size: 6 },
    sync: { key: syncKey, setSeries: false },
  },
} as const satisfies Partial<uPlot.Options>;

export const decisionsScale: uPlot.Scale = {
  time: false,
  range: (_, __, max) => [0, Number.isFinite(max) && max > 0 ? max : 1],
};

/** How an axis looks, in the theme's colours. */
export function axisLook(colours: () => Pick<ChartColours, 'text' | 'grid'>, scale: number) {
  return {
    stroke: () => colours().text,
    grid: { stroke: () => colours().grid, width: 1 },
    ticks: { show: false },
    font: labelFont(scale),
    gap: 4,
  } satisfies uPlot.Axis;
}

/** As wide as its longest name, so that no sign is cut off. */
export const axisSize = (scale: number) => (_: uPlot, values: string[] | null) => {
  const longest = Math.max(0, ...(values ?? []).map((value) => value.length));
  return Math.max(30, 12 + 6.5 * scale * longest);
};

export function shortTicks(_: uPlot, splits: number[]): string[] {
  return tickLabels(splits);
}
