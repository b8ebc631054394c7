import { typeScale } from '../kit/type-scale';
import { createPlot } from './create-plot';
import type { LineLook } from './line-colours';
import { axisLook, decisionsScale, plotOptions, shortTicks } from './plot-options';
import uPlot from './uplot';

/** One opponent's win rates, `[n]`, one entry a point; null where it had not been met yet. */
export interface WinRateLine {
  readonly key: string;
  readonly look: LineLook;
  readonly values: readonly (number | null)[];
}

export interface WinRateChartOptions {
  readonly colours: () => { readonly text: string; readonly grid: string; readonly mark: string };
  /** Called with the index of the point under the cursor, null when there is none. */
  readonly hovered: (index: number | null) => void;
  /** Called where the browser refuses to draw. */
  readonly refused: () => void;
}

/** Win rates over decisions, a line an opponent, between never and always; half is drawn through. */
export class WinRateChart {
  private readonly container: HTMLElement;
  private readonly options: WinRateChartOptions;
  private plot: uPlot | null = null;
  /** What the lines of `plot` look like. */
  private looks = '';
  /** Of type and strokes. */
  private scale = 1;

  constructor(container: HTMLElement, options: WinRateChartOptions) {
    this.container = container;
    this.options = options;
  }

  /** Draws, unless the container has no size. */
  draw(decisions: readonly number[], lines: readonly WinRateLine[]): void {
    const { clientWidth: width, clientHeight: height } = this.container;
    if (width === 0 || height === 0) return;
    const columns = [[...decisions], ...lines.map(({ values }) => [...values])] as uPlot.AlignedData;
    this.scale = typeScale(this.container);
    const looks = JSON.stringify([this.scale, lines.map(({ key, look }) => [key, look])]);
    if (this.plot !== null && looks === this.looks) {
      this.plot.setData(columns);
      if (this.plot.width !== width || this.plot.height !== height) this.plot.setSize({ width, height });
      return;
    }
    this.dispose();
    this.looks = looks;
    this.plot = createPlot(this.plotOptions(width, height, lines), columns, this.container);
    if (this.plot === null) this.options.refused();
  }

  dispose(): void {
    this.plot?.destroy();
    this.plot = null;
  }

  private plotOptions(width: number, height: number, lines: readonly WinRateLine[]): uPlot.Options {
    const { colours, hovered } = this.options;
    const { scale } = this;
    const axis = axisLook(colours, scale);
    return {
      ...plotOptions,
      width,
      height,
      padding: [8, 8, 0, 0],
      scales: {
        x: decisionsScale,
        y: { range: [0, 1] },
      },
      axes: [
        { ...axis, size: 20 * scale, space: 70 * scale, values: shortTicks },
        {
          ...axis,
          size: 44 * scale,
          splits: [0, 0.25, 0.5, 0.75, 1],
          values: (_, splits) => splits.map((value) => `${100 * value} %`),
        },
      ],
      series: [
        {},
        ...lines.map(
          ({ look }): uPlot.Series => ({
            stroke: look.colour,
            width: 2 * scale,
            dash: [...look.dash],
            points: { show: (plot) => plot.data[0].length < 3, size: 4 },
          }),
        ),
      ],
      hooks: {
        drawAxes: [(plot) => drawHalf(plot, colours().mark)],
        setCursor: [(plot) => hovered(plot.cursor.idx ?? null)],
      },
    };
  }
}

/** Where both win as often. */
function drawHalf(plot: uPlot, colour: string): void {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(0.5, 'y', true);
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.globalAlpha = 0.5;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
