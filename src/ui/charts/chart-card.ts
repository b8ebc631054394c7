import { html } from 'lit-html';
import type { MetricPoint } from '../../contract';
import { isMarked, markTexts } from '../../texts/marks';
import type { MetricDefinition } from '../../texts/metrics';
import { chartTexts } from '../../texts/page';
import { formatCount, formatMetric } from '../kit/format';
import { explanation } from '../kit/tooltip';
import { Chart, type ChartData } from './chart';
import { type ChartTheme, chartColours } from './chart-colours';
import { kindOf } from './chart-groups';
import type { PictureTexts } from './chart-picture';
import { smoothed } from './smoothing';

/** One chart with its name, its newest value and its explanation. */
export class ChartCard {
  readonly element: HTMLElement;
  readonly plot: HTMLElement;
  stale = true;
  private readonly definition: MetricDefinition;
  private readonly chart: Chart;
  private readonly value: HTMLElement;
  private readonly at: HTMLElement;
  private shown: readonly MetricPoint[] = [];
  private hoveredIndex: number | null = null;

  /** @param refused called where the browser refuses to draw. */
  constructor(
    element: HTMLElement,
    definition: MetricDefinition,
    theme: () => ChartTheme,
    refused: () => void,
  ) {
    this.element = element;
    this.definition = definition;
    this.plot = element.querySelector('.plot') as HTMLElement;
    this.value = element.querySelector('.chart-value') as HTMLElement;
    this.at = element.querySelector('.chart-at') as HTMLElement;
    const kind = kindOf(definition.key);
    this.chart = new Chart(this.plot, {
      kind,
      large: isLarge(definition),
      colours: () => chartColours(kind, theme()),
      hovered: (index) => {
        if (index === this.hoveredIndex) return;
        this.hoveredIndex = index;
        this.showValue();
      },
      refused,
    });
  }

  draw(points: readonly MetricPoint[], smoothing: number): void {
    this.stale = false;
    this.shown = points;
    this.chart.draw(chartData(points, this.definition.key, isSmoothed(this.definition) ? smoothing : 0));
    this.element.classList.toggle('chart-empty', points.length === 0);
    const newest = points.at(-1);
    const description =
      newest === undefined
        ? 'no value yet'
        : `${this.text(newest)} after ${formatCount(newest.decisions)} decisions`;
    this.plot.setAttribute('aria-label', `Chart of ${this.definition.label}: ${description}`);
    this.showValue();
  }

  /** What stands around it in a picture. */
  pictureTexts(subtitle: string): PictureTexts {
    const { label, unit } = this.definition;
    const title = unit === '' ? label : `${label} (${unit})`;
    return { title, subtitle, below: isLarge(this.definition) ? null : chartTexts.below, legend: [] };
  }

  dispose(): void {
    this.chart.dispose();
  }

  /** The value under the cursor, or the newest. */
  private showValue(): void {
    const hovered = this.hoveredIndex === null ? undefined : this.shown[this.hoveredIndex];
    const point = hovered ?? this.shown.at(-1);
    this.value.textContent =
      point === undefined ? '–' : formatMetric(point.values[this.definition.key] ?? null);
    this.at.textContent = hovered === undefined ? '' : `at ${formatCount(hovered.decisions)}`;
  }

  private text(point: MetricPoint): string {
    return `${formatMetric(point.values[this.definition.key] ?? null)} ${this.definition.unit}`.trim();
  }
}

const isLarge = ({ key }: MetricDefinition) => key === 'meanReturn';
/** The return is a mean already, and the learning rate has no noise to smooth away. */
const isSmoothed = ({ key }: MetricDefinition) => key !== 'meanReturn' && key !== 'learningRate';

/** What one chart draws of the points: raw values behind a smoothed line, or with a spread around it. */
function chartData(points: readonly MetricPoint[], key: string, smoothing: number): ChartData {
  const raw = points.map(({ values }) => values[key] ?? null);
  const versions = points.map(({ version }) => version);
  return {
    decisions: points.map(({ decisions }) => decisions),
    line: smoothing > 0 ? smoothed(raw, versions, smoothing) : raw,
    behind: smoothing > 0 ? raw : null,
    spread: points.map(({ returnSpread }) => returnSpread),
    marks: points
      .filter(isMarked)
      .map((point) => ({ decisions: point.decisions, label: markTexts(point).join(', ') })),
  };
}

/** What a card is drawn into, with `data-metric`. */
export function chartCardTemplate(definition: MetricDefinition) {
  const { key, label, unit, formula, healthy } = definition;
  const id = `explain-metric-${key}`;
  return html`
    <figure class="chart ${isLarge(definition) ? 'chart-large' : ''}" data-metric=${key}>
      <figcaption>
        <span class="chart-name">${label}</span>${explanation(
          id,
          label,
          html`<strong>${label}</strong>${formula} <em>Healthy:</em> ${healthy}`,
        )}
        <span class="chart-reading"><span class="chart-at"></span> <span class="chart-value">–</span>
          <span class="chart-unit">${unit}</span></span>
      </figcaption>
      <div class="plot" role="img" aria-label="Chart of ${label}: no value yet"></div>
      <p class="chart-waiting">${isLarge(definition) ? chartTexts.waiting : ''}</p>
    </figure>`;
}
