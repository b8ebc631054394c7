import { html, render } from 'lit-html';
import {
  type HyperparameterKey,
  type MetricPoint,
  type RunId,
  type SettingChange,
  seatsOf,
} from '../../contract';
import { isMarked, markTexts, wentBackText } from '../../texts/marks';
import { type MetricDefinition, metricDefinitions, winRateDefinition } from '../../texts/metrics';
import { chartTexts } from '../../texts/page';
import { changeText } from '../../texts/settings';
import { formatCount, formatMetric } from '../kit/format';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { RedrawBeat } from '../kit/redraw-beat';
import { explanation } from '../kit/tooltip';
import { watchVisibility } from '../kit/watch-visibility';
import type { PageState } from '../shell/page-state';
import { Chart, type ChartData } from './chart';
import {
  type ChartTheme,
  chartColours,
  forcedColours,
  type MetricKind,
  onForcedColoursChange,
} from './chart-colours';
import { ChartHistory } from './chart-history';
import { smoothed } from './smoothing';
import { WinRateCard, winRateCardTemplate } from './win-rate-card';
import { winRateKeys, winRateLabel } from './win-rates';

const defaultSmoothing = 0.6;
/** The newest points that the table shows; the file holds every update. */
const tableRows = 50;

const groups: readonly {
  readonly kind: MetricKind;
  readonly title: string;
  readonly keys: readonly string[];
}[] = [
  { kind: 'outcome', title: 'Outcome', keys: ['meanReturn', 'meanLength'] },
  { kind: 'policy', title: 'Policy', keys: ['policyLoss', 'entropy', 'approximateKl', 'clipFraction'] },
  { kind: 'critic', title: 'Critic', keys: ['valueLoss', 'explainedVariance'] },
  { kind: 'step', title: 'Step size', keys: ['gradientNorm', 'learningRate'] },
  { kind: 'speed', title: 'Speed', keys: [] },
];

/** The group a metric belongs to; those that none names are shown last. */
const kindOf = (key: string): MetricKind => groups.find(({ keys }) => keys.includes(key))?.kind ?? 'speed';
const definitionsOf = (kind: MetricKind) => metricDefinitions.filter(({ key }) => kindOf(key) === kind);

/** The charts, which are fed with points rather than states; from a state they have whom the learner may meet. */
export interface ChartsPanel extends Panel {
  append(run: RunId, point: MetricPoint): void;
  replace(run: RunId, points: readonly MetricPoint[]): void;
  setTheme(theme: 'dark' | 'light'): void;
  dispose(): void;
}

/** What people can do from the charts. */
export interface ChartActions {
  readonly emit: Emit;
  /** Shows where a setting is changed. */
  readonly showSetting: (key: HyperparameterKey) => void;
}

/**
 * Every metric over decisions, drawn only where it can be seen.
 *
 * @param beat when new points are drawn; what a person changes is drawn in the next frame.
 */
export function chartsPanel(
  container: HTMLElement,
  beat: RedrawBeat,
  { emit, showSetting }: ChartActions,
): ChartsPanel {
  /** Of every run on the page; the one in front is drawn. */
  const histories = new Map<RunId, ChartHistory>();
  const seen = new Set<RunId>();
  let front: RunId = '';
  let smoothing = defaultSmoothing;
  let theme: 'dark' | 'light' = 'light';
  let frame = 0;
  let forced = forcedColours();
  const chartTheme = (): ChartTheme => forced ?? theme;

  render(
    panelTemplate(
      (weight) => {
        smoothing = weight;
        for (const card of cards) card.stale = true;
        schedule();
      },
      () => emit({ kind: 'exportMetrics' }),
      () => drawTable(),
    ),
    container,
  );
  const winRates = new WinRateCard(
    container.querySelector('[data-metric="winRates"]') as HTMLElement,
    chartTheme,
  );
  const winRatesGroup = container.querySelector('.win-rates') as HTMLElement;
  const cards: readonly (ChartCard | WinRateCard)[] = [
    winRates,
    ...metricDefinitions.map((definition) => {
      const element = container.querySelector(`[data-metric="${definition.key}"]`);
      return new ChartCard(element as HTMLElement, definition, chartTheme);
    }),
  ];
  const table = container.querySelector('.chart-table') as HTMLDetailsElement;
  const tableBody = table.querySelector('.chart-table-body') as HTMLElement;

  const visibility = watchVisibility((element, isSeen) => {
    const card = cards.find((each) => each.element === element);
    if (card !== undefined) card.visible = isSeen;
    schedule();
  });
  const sizes = new ResizeObserver((entries) => {
    for (const entry of entries) {
      const card = cards.find(({ plot }) => plot === entry.target);
      if (card !== undefined) card.stale = true;
    }
    schedule();
  });
  for (const card of cards) {
    visibility.observe(card.element);
    sizes.observe(card.plot);
  }

  function historyOf(run: RunId): ChartHistory {
    const history = histories.get(run) ?? new ChartHistory();
    histories.set(run, history);
    return history;
  }
  function shownPoints(): readonly MetricPoint[] {
    return histories.get(front)?.points ?? [];
  }
  /** Points of a run may come before the state that shows it, so only those that were shown can be gone. */
  function forgetGone({ runs }: PageState): void {
    for (const run of seen) {
      if (runs[run] !== undefined) continue;
      seen.delete(run);
      histories.delete(run);
    }
    for (const run of Object.keys(runs)) seen.add(run);
  }
  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }
  function draw(): void {
    frame = 0;
    drawStale();
  }
  function drawStale(): void {
    for (const card of cards) if (card.stale && card.visible) card.draw(shownPoints(), smoothing);
  }
  function drawTable(): void {
    if (table.open) render(tableTemplate(shownPoints(), winRates.names, showSetting), tableBody);
  }
  function changed(): void {
    for (const card of cards) card.stale = true;
    schedule();
    drawTable();
  }
  function drawNew(): void {
    drawStale();
    drawTable();
  }

  const forgetForced = onForcedColoursChange(() => {
    forced = forcedColours();
    changed();
  });
  const opponentsChanged = changeDetector(({ spec, play }) => [seatsOf(spec), play?.contestants]);

  return {
    update(state) {
      forgetGone(state);
      if (front !== state.front) {
        front = state.front;
        changed();
      }
      if (!opponentsChanged(state)) return;
      winRatesGroup.hidden = seatsOf(state.spec) === 1;
      winRates.names = new Map(state.play?.contestants.map(({ id, name }) => [id, name]));
      winRates.stale = true;
      schedule();
      drawTable();
    },
    append(run, point) {
      historyOf(run).append(point);
      if (run !== front) return;
      for (const card of cards) card.stale = true;
      beat.request(drawNew);
    },
    replace(run, points) {
      historyOf(run).replace(points);
      if (run === front) changed();
    },
    setTheme(next) {
      if (theme === next) return;
      theme = next;
      changed();
    },
    dispose() {
      cancelAnimationFrame(frame);
      forgetForced();
      visibility.disconnect();
      sizes.disconnect();
      for (const card of cards) card.dispose();
    },
  };
}

/** One chart with its name, its newest value and its explanation. */
class ChartCard {
  readonly element: HTMLElement;
  readonly plot: HTMLElement;
  visible = false;
  stale = true;
  private readonly definition: MetricDefinition;
  private readonly chart: Chart;
  private readonly value: HTMLElement;
  private readonly at: HTMLElement;
  private shown: readonly MetricPoint[] = [];
  private hoveredIndex: number | null = null;

  constructor(element: HTMLElement, definition: MetricDefinition, theme: () => ChartTheme) {
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
export function chartData(points: readonly MetricPoint[], key: string, smoothing: number): ChartData {
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

function panelTemplate(smooth: (weight: number) => void, download: () => void, toggleTable: () => void) {
  return html`
    <h2 class="visually-hidden">Charts</h2>
    <section class="chart-group win-rates" data-kind="outcome" hidden>
      <h3>Against others</h3>
      <div class="chart-grid">${winRateCardTemplate()}</div>
    </section>
    ${groups.map(
      ({ kind, title }) => html`
        <section class="chart-group" data-kind=${kind}>
          <h3>${title}</h3>
          <div class="chart-grid">${definitionsOf(kind).map(cardTemplate)}</div>
        </section>`,
    )}
    <div class="chart-tools">
      <label class="smoothing">
        <span>Smoothing of the small charts</span>
        <input type="range" min="0" max="0.99" step="0.01" .value=${String(defaultSmoothing)}
          @input=${(event: Event) => smooth(Number((event.target as HTMLInputElement).value))} />
      </label>
      ${explanation('explain-smoothing', 'smoothing', chartTexts.smoothing)}
      <button type="button" class="button" @click=${download}>Download CSV</button>
    </div>
    <details class="chart-table" @toggle=${toggleTable}>
      <summary>Chart data as a table</summary>
      <div class="chart-table-body" tabindex="0" role="region" aria-label="Chart data"></div>
    </details>`;
}

function cardTemplate(definition: MetricDefinition) {
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

function tableTemplate(
  points: readonly MetricPoint[],
  names: ReadonlyMap<string, string>,
  showSetting: ChartActions['showSetting'],
) {
  const rates = winRateKeys(points);
  const newestFirst = points.slice(-tableRows).reverse();
  return html`
    <table>
      <caption>The newest ${newestFirst.length} of ${points.length} points, newest first</caption>
      <thead>
        <tr>
          <th scope="col">decisions</th>
          ${metricDefinitions.map(
            ({ label, unit }) => html`<th scope="col">${label}${unit === '' ? '' : ` (${unit})`}</th>`,
          )}
          ${rates.map((key) => html`<th scope="col">${winRateDefinition.label}: ${winRateLabel(key, names)}</th>`)}
          <th scope="col">settings changed</th>
        </tr>
      </thead>
      <tbody>
        ${newestFirst.map(
          ({ decisions, values, ...point }) => html`
            <tr>
              <th scope="row">${formatCount(decisions)}</th>
              ${metricDefinitions.map(({ key }) => html`<td>${formatMetric(values[key] ?? null)}</td>`)}
              ${rates.map((key) => html`<td>${formatMetric(values[key] ?? null)}</td>`)}
              <td>${wentBackText({ values })} ${point.changed.map((change) => changeButton(change, showSetting))}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

/** What became of a setting, and the way to it. */
function changeButton(change: SettingChange, showSetting: ChartActions['showSetting']) {
  return html`<button type="button" class="change-link" @click=${() => showSetting(change.key)}>${changeText(change)}</button>`;
}
