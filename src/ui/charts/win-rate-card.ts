import { html, render, svg, type TemplateResult } from 'lit-html';
import type { MetricPoint } from '../../contract';
import { winRateDefinition } from '../../texts/metrics';
import { chartTexts } from '../../texts/page';
import { formatCount, noValue } from '../kit/format';
import { explanation } from '../kit/tooltip';
import { type ChartTheme, chartColours } from './chart-colours';
import type { PictureTexts } from './chart-picture';
import { type LineLook, lineLook } from './line-colours';
import { WinRateChart } from './win-rate-chart';
import { winRateKeys, winRateLabel } from './win-rates';

/** The win rates against everybody whom the learner has met, with a legend that holds the values. */
export class WinRateCard {
  readonly element: HTMLElement;
  readonly plot: HTMLElement;
  stale = true;
  /** Names by opponent's id. */
  names: ReadonlyMap<string, string> = new Map();
  private readonly theme: () => ChartTheme;
  private readonly legend: HTMLElement;
  private readonly at: HTMLElement;
  private readonly chart: WinRateChart;
  private shown: readonly MetricPoint[] = [];
  private keys: readonly string[] = [];
  private hoveredIndex: number | null = null;

  /** @param refused called where the browser refuses to draw. */
  constructor(element: HTMLElement, theme: () => ChartTheme, refused: () => void) {
    this.element = element;
    this.theme = theme;
    this.plot = element.querySelector('.plot') as HTMLElement;
    this.legend = element.querySelector('.chart-legend') as HTMLElement;
    this.at = element.querySelector('.chart-at') as HTMLElement;
    this.chart = new WinRateChart(this.plot, {
      colours: () => chartColours('outcome', theme()),
      hovered: (index) => {
        if (index === this.hoveredIndex) return;
        this.hoveredIndex = index;
        this.showValues();
      },
      refused,
    });
  }

  draw(points: readonly MetricPoint[]): void {
    this.stale = false;
    this.shown = points;
    this.keys = winRateKeys(points);
    this.chart.draw(
      points.map(({ decisions }) => decisions),
      this.keys.map((key, index) => ({
        key,
        look: lineLook(index, this.theme()),
        values: points.map(({ values }) => values[key] ?? null),
      })),
    );
    this.element.classList.toggle('chart-empty', this.keys.length === 0);
    const newest = points.at(-1);
    const values = this.keys.map((key) => `${winRateLabel(key, this.names)} ${rateText(newest, key)}`);
    this.plot.setAttribute(
      'aria-label',
      `Chart of win rates: ${newest === undefined || values.length === 0 ? 'no value yet' : `${values.join(', ')} after ${formatCount(newest.decisions)} decisions`}`,
    );
    this.showValues();
  }

  /** What stands around it in a picture. */
  pictureTexts(subtitle: string): PictureTexts {
    const newest = this.shown.at(-1);
    const legend = this.keys.map((key, index) => ({
      look: lineLook(index, this.theme()),
      text: `${winRateLabel(key, this.names)}  ${rateText(newest, key)}`,
    }));
    return { title: winRateDefinition.label, subtitle, below: chartTexts.below, legend };
  }

  dispose(): void {
    this.chart.dispose();
  }

  /** The values under the cursor, or the newest. */
  private showValues(): void {
    const hovered = this.hoveredIndex === null ? undefined : this.shown[this.hoveredIndex];
    const point = hovered ?? this.shown.at(-1);
    this.at.textContent = hovered === undefined ? '' : `at ${formatCount(hovered.decisions)}`;
    render(
      this.keys.map(
        (key, index) => html`
          <li>${sample(lineLook(index, this.theme()))}<span>${winRateLabel(key, this.names)}</span>
            <span class="figure">${rateText(point, key)}</span></li>`,
      ),
      this.legend,
    );
  }
}

function rateText(point: MetricPoint | undefined, key: string): string {
  const rate = point?.values[key] ?? null;
  return rate === null ? noValue : `${Math.round(100 * rate)} %`;
}

/** A piece of a line as it is drawn. */
function sample({ colour, dash }: LineLook): TemplateResult {
  return html`<svg class="line-sample" viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">${svg`
    <path d="M0 4h28" fill="none" stroke=${colour} stroke-width="2.5" stroke-dasharray=${dash.join(' ') || 'none'}/>`}</svg>`;
}

export function winRateCardTemplate(): TemplateResult {
  const { label, formula, healthy } = winRateDefinition;
  return html`
    <figure class="chart chart-large" data-metric="winRates">
      <figcaption>
        <span class="chart-name">Win rates</span>${explanation(
          'explain-metric-winRates',
          'win rates',
          html`<strong>${label}</strong>${formula} <em>Healthy:</em> ${healthy}`,
        )}
        <span class="chart-reading"><span class="chart-at"></span></span>
      </figcaption>
      <div class="plot" role="img" aria-label="Chart of win rates: no value yet"></div>
      <ul class="chart-legend"></ul>
      <p class="chart-waiting">${chartTexts.waitingForOpponents}</p>
    </figure>`;
}
