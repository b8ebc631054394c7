import 'uplot/dist/uPlot.min.css';
import { typeScale } from '../kit/type-scale';
import { airyRange, shownRange } from './axis-ticks';
import { type ChartColours, dashes, type MetricKind } from './chart-colours';
import { createPlot } from './create-plot';
import { axisLook, axisSize, decisionsScale, labelFont, plotOptions, shortTicks } from './plot-options';
import uPlot from './uplot';

/** Rows above the plot for the labels of marks; a label that fits into none of them is left out. */
const markRows = 3;
const markRowPx = 13;

/** A moment at which settings changed. */
export interface Mark {
  readonly decisions: number;
  readonly label: string;
}

/** What one chart draws; every list has one entry a point `[n]`. */
export interface ChartData {
  readonly decisions: readonly number[];
  readonly line: readonly (number | null)[];
  /** Drawn faint behind the line; null where there is nothing behind. */
  readonly behind: readonly (number | null)[] | null;
  /** Half the height of the band around the line; null where there is none. */
  readonly spread: readonly (number | null)[] | null;
  readonly marks: readonly Mark[];
}

export interface ChartOptions {
  readonly kind: MetricKind;
  /** A large chart has labels on its lines and on its marks. */
  readonly large: boolean;
  readonly colours: () => ChartColours;
  /** Called with the index of the point under the cursor, null when there is none. */
  readonly hovered: (index: number | null) => void;
  /** Called where the browser refuses to draw. */
  readonly refused: () => void;
}

/** One line over decisions, drawn on a canvas that follows the size of its container. */
export class Chart {
  private readonly container: HTMLElement;
  private readonly options: ChartOptions;
  private plot: uPlot | null = null;
  private marks: readonly Mark[] = [];
  private range: [number, number] = [0, 1];
  /** Of type and strokes, as the plot was made. */
  private scale = 1;

  constructor(container: HTMLElement, options: ChartOptions) {
    this.container = container;
    this.options = options;
  }

  /** Draws, unless the container has no size. */
  draw(data: ChartData): void {
    const width = this.container.clientWidth;
    const height = this.container.clientHeight;
    if (width === 0 || height === 0) return;
    const scale = typeScale(this.container);
    if (scale !== this.scale) this.dispose();
    this.scale = scale;
    const roomChanges = (this.marks.length === 0) !== (data.marks.length === 0);
    this.marks = data.marks;
    const columns = alignedData(data, this.options.large);
    this.range = airyRange(
      shownRange(columns.slice(1).flatMap((column) => [...(column ?? [])].map((value) => value ?? null))),
    );
    if (this.plot === null) {
      this.plot = createPlot(this.plotOptions(width, height), columns, this.container);
      if (this.plot === null) this.options.refused();
    } else {
      this.plot.setData(columns);
      // Setting the size makes room for the labels of marks as well; new data alone would not.
      const resized = this.plot.width !== width || this.plot.height !== height;
      if (resized || roomChanges) this.plot.setSize({ width, height });
    }
  }

  dispose(): void {
    this.plot?.destroy();
    this.plot = null;
  }

  private plotOptions(width: number, height: number): uPlot.Options {
    const { kind, large, colours, hovered } = this.options;
    const { scale } = this;
    const axis = axisLook(colours, scale);
    const line: uPlot.Series = {
      stroke: () => colours().line,
      width: (large ? 2 : 1.5) * scale,
      dash: [...dashes[kind]],
      points: { show: (plot) => plot.data[0].length < 3, size: 4 },
    };
    const faint: uPlot.Series = { stroke: () => colours().faint, width: 1, points: { show: false } };
    return {
      ...plotOptions,
      width,
      height,
      padding: large
        ? [() => (this.marks.length === 0 ? 10 : 6 + markRows * markRowPx * scale), 42 * scale, 0, 0]
        : [8, 18, 0, 0],
      scales: {
        x: decisionsScale,
        y: { range: () => this.range },
      },
      axes: [
        {
          ...axis,
          size: (large ? 20 : 18) * scale,
          space: (large ? 70 : 60) * scale,
          values: shortTicks,
          ...(large
            ? { label: 'decisions', labelSize: 16 * scale, labelGap: 0, labelFont: labelFont(scale) }
            : {}),
        },
        { ...axis, size: axisSize(scale), space: (large ? 32 : 20) * scale, values: shortTicks },
      ],
      series: large ? [{}, faint, faint, line] : [{}, faint, line],
      ...(large ? { bands: [{ series: [1, 2] as [number, number], fill: () => colours().faint }] } : {}),
      hooks: {
        draw: [(plot) => this.drawLabels(plot)],
        setCursor: [(plot) => hovered(plot.cursor.idx ?? null)],
      },
    };
  }

  /** Marks where settings changed and, on large charts, names what the lines are. */
  private drawLabels(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const ratio = uPlot.pxRatio * this.scale;
    const colours = this.options.colours();
    const { large } = this.options;
    ctx.save();
    ctx.font = labelFont(ratio);
    ctx.fillStyle = colours.mark;
    ctx.strokeStyle = colours.mark;
    ctx.globalAlpha = large ? 1 : 0.5;
    ctx.lineWidth = ratio;
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    const right = bbox.left + bbox.width;
    const rowEnds = Array.from({ length: markRows }, () => Number.NEGATIVE_INFINITY);
    for (const { decisions, label } of this.marks) {
      const x = Math.round(plot.valToPos(decisions, 'x', true));
      if (x < bbox.left || x > right) continue;
      let top = bbox.top;
      if (large) {
        const width = ctx.measureText(label).width;
        const start = Math.max(bbox.left, Math.min(x, right + 40 * ratio - width));
        const row = rowEnds.findIndex((end) => end < start);
        if (row >= 0) {
          rowEnds[row] = start + width + 6 * ratio;
          top -= (markRows - row) * markRowPx * ratio - 4 * ratio;
          ctx.fillText(label, start + (start === x ? 4 * ratio : 0), top);
        }
      }
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    if (this.options.large) this.nameLines(plot, ratio, colours);
    ctx.restore();
  }

  private nameLines(plot: uPlot, ratio: number, colours: ChartColours): void {
    const { ctx, bbox } = plot;
    const [, upper, , mean] = plot.data;
    const lastMean = mean?.at(-1) ?? null;
    const lastUpper = upper?.at(-1) ?? null;
    if (lastMean === null) return;
    const x = bbox.left + bbox.width + 5 * ratio;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = colours.line;
    const meanY = plot.valToPos(lastMean, 'y', true);
    ctx.fillText('mean', x, meanY);
    if (lastUpper === null) return;
    ctx.fillStyle = colours.text;
    const upperY = plot.valToPos(lastUpper, 'y', true);
    ctx.fillText('+1 sd', x, Math.min(upperY, meanY - 13 * ratio));
  }
}

/** Columns in the order of the plot's series. */
function alignedData(data: ChartData, large: boolean): uPlot.AlignedData {
  const x = [...data.decisions];
  const line = [...data.line];
  if (!large) return [x, [...(data.behind ?? line)], line];
  const edge = (sign: number) =>
    line.map((value, index) => {
      const spread = data.spread?.[index] ?? null;
      return value === null || spread === null ? null : value + sign * spread;
    });
  return [x, edge(1), edge(-1), line];
}
