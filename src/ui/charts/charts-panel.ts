import { html, render } from 'lit-html';
import { type MetricPoint, type RunId, seatsOf } from '../../contract';
import { metricDefinitions, winRateDefinition } from '../../texts/metrics';
import { chartTexts } from '../../texts/page';
import { saveFile } from '../kit/download';
import { formatCount } from '../kit/format';
import { gameTitle } from '../kit/game-title';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { RedrawBeat } from '../kit/redraw-beat';
import { explanation } from '../kit/tooltip';
import type { PageState } from '../shell/page-state';
import { ChartCard, chartCardTemplate } from './chart-card';
import { type ChartTheme, forcedColours, onForcedColoursChange } from './chart-colours';
import { chartGroups, definitionsOf } from './chart-groups';
import { ChartHistories } from './chart-histories';
import { chartPicture, coloursAround } from './chart-picture';
import { chartTable, type ShowSetting } from './chart-table';
import { VisibleCards } from './visible-cards';
import { WinRateCard, winRateCardTemplate } from './win-rate-card';

const defaultSmoothing = 0.6;

/** What people can do from the charts, and how often they are drawn. */
export interface ChartPorts {
  readonly emit: Emit;
  readonly showSetting: ShowSetting;
  /** When new points are drawn; what a person changes is drawn in the next frame. */
  readonly beat: RedrawBeat;
}

/**
 * Every metric over decisions, drawn only where it can be seen. It is fed with points rather than states; from a state
 * it has which run is in front, and whom the learner may meet.
 */
export class ChartsPanel implements Panel {
  private readonly ports: ChartPorts;
  private readonly container: HTMLElement;
  private readonly histories = new ChartHistories();
  private readonly cards: VisibleCards;
  private readonly winRates: WinRateCard;
  private readonly charts: readonly ChartCard[];
  private readonly forgetForced: () => void;
  private readonly opponentsChanged = changeDetector(({ spec, play }) => [seatsOf(spec), play?.contestants]);
  private front: RunId = '';
  private isLarge = false;
  private smoothing = defaultSmoothing;
  private theme: 'dark' | 'light' = 'light';
  /** The game and the run in front, by name. */
  private subject = { game: '', title: '' };
  private forced = forcedColours();
  /** The frame that is asked for; 0 for none. */
  private frame = 0;

  constructor(container: HTMLElement, ports: ChartPorts) {
    this.container = container;
    this.ports = ports;
    const actions = {
      smooth: (weight: number) => this.smooth(weight),
      download: () => ports.emit({ kind: 'exportMetrics' }),
      toggleTable: () => this.drawTable(),
      savePicture: () => this.savePicture(),
    };
    render(panelTemplate(actions), container);
    const theme = (): ChartTheme => this.forced ?? this.theme;
    const refused = () => this.tellRefused();
    this.winRates = new WinRateCard(this.part('[data-metric="winRates"]'), theme, refused);
    this.charts = metricDefinitions.map(
      (definition) =>
        new ChartCard(this.part(`[data-metric="${definition.key}"]`), definition, theme, refused),
    );
    this.cards = new VisibleCards([this.winRates, ...this.charts], () => this.drawSoon());
    this.forgetForced = onForcedColoursChange(() => {
      this.forced = forcedColours();
      this.drawAnew();
    });
  }

  update(state: PageState): void {
    this.histories.keepOnly(state);
    const title = gameTitle(state.games, state.game);
    this.subject = { game: state.game, title: state.name === title ? title : `${title}, ${state.name}` };
    if (this.front !== state.front || this.isLarge !== state.large) {
      this.front = state.front;
      this.isLarge = state.large;
      this.drawAnew();
    }
    if (!this.opponentsChanged(state)) return;
    this.part('.win-rates').hidden = seatsOf(state.spec) === 1;
    this.part('.picture-choice [value="winRates"]').hidden = seatsOf(state.spec) === 1;
    this.winRates.names = new Map(state.play?.contestants.map(({ id, name }) => [id, name]));
    this.winRates.stale = true;
    this.drawSoon();
    this.drawTable();
  }

  /** Adds an update to a run's charts. */
  append(run: RunId, point: MetricPoint): void {
    this.histories.append(run, point);
    if (run !== this.front) return;
    this.cards.makeStale();
    this.ports.beat.request(this.drawNew);
  }

  /** Puts a run's updates in place of those that its charts show. */
  replace(run: RunId, points: readonly MetricPoint[]): void {
    this.histories.replace(run, points);
    if (run === this.front) this.drawAnew();
  }

  setTheme(theme: 'dark' | 'light'): void {
    if (this.theme === theme) return;
    this.theme = theme;
    this.drawAnew();
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.forgetForced();
    this.cards.dispose();
  }

  private part(selector: string): HTMLElement {
    return this.container.querySelector(selector) as HTMLElement;
  }

  private get points(): readonly MetricPoint[] {
    return this.histories.points(this.front);
  }

  private smooth(weight: number): void {
    this.smoothing = weight;
    this.cards.makeStale();
    this.drawSoon();
  }

  private drawAnew(): void {
    this.cards.makeStale();
    this.drawSoon();
    this.drawTable();
  }

  private readonly drawNew = () => {
    this.cards.draw(this.points, this.smoothing);
    this.drawTable();
  };

  private drawSoon(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.cards.draw(this.points, this.smoothing);
    });
  }

  /** The browser draws nothing: values, table and file are what is left. */
  private tellRefused(): void {
    this.container.classList.add('charts-undrawn');
    this.part('.charts-refused').textContent = chartTexts.refused;
  }

  /** Saves the chosen chart as it looks, with what it shows written around it. */
  private async savePicture(): Promise<void> {
    const { value: key } = this.part('.picture-choice') as HTMLSelectElement;
    const card =
      key === 'winRates'
        ? this.winRates
        : this.charts.find(({ element }) => element.dataset['metric'] === key);
    const tell = (text: string) => {
      this.part('.picture-told').textContent = text;
    };
    if (card === undefined) return;
    const { points } = this;
    // It may be out of sight, and then shows how it was when it was seen last.
    card.draw(points, this.smoothing);
    // It is on the canvas once this task is over.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const plot = card.plot.querySelector('canvas');
    const isDrawn = plot !== null && points.length > 0;
    tell(isDrawn ? '' : chartTexts.noPicture);
    if (!isDrawn) return;
    const { game, title } = this.subject;
    const texts = card.pictureTexts(
      `${title}, ${formatCount(points.at(-1)?.decisions ?? 0)} ${chartTexts.below}`,
    );
    chartPicture(plot, card.plot.clientWidth, texts, coloursAround(card.element)).toBlob((blob) => {
      if (blob !== null) saveFile(`playtrain-${game}-${key}.png`, 'image/png', blob);
    });
  }

  private drawTable(): void {
    const table = this.part('.chart-table') as HTMLDetailsElement;
    if (!table.open) return;
    const { showSetting } = this.ports;
    render(chartTable(this.points, this.winRates.names, showSetting), this.part('.chart-table-body'));
  }
}

/** The charts of which there are pictures, by `data-metric`. */
const pictures = [...metricDefinitions, { key: 'winRates', label: winRateDefinition.label }];

interface PanelActions {
  readonly smooth: (weight: number) => void;
  readonly download: () => void;
  readonly toggleTable: () => void;
  readonly savePicture: () => Promise<void>;
}

function panelTemplate({ smooth, download, toggleTable, savePicture }: PanelActions) {
  return html`
    <h2 class="visually-hidden">Charts</h2>
    <p class="charts-refused" role="status"></p>
    <section class="chart-group win-rates" data-kind="outcome" hidden>
      <h3>Against others</h3>
      <div class="chart-grid">${winRateCardTemplate()}</div>
    </section>
    ${chartGroups.map(
      ({ kind, title }) => html`
        <section class="chart-group" data-kind=${kind}>
          <h3>${title}</h3>
          <div class="chart-grid">${definitionsOf(kind).map(chartCardTemplate)}</div>
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
    <div class="chart-tools picture-tools">
      <select class="select picture-choice" aria-label=${chartTexts.pictureOf}>
        ${pictures.map(({ key, label }) => html`<option value=${key}>${label}</option>`)}
      </select>
      <button type="button" class="button" @click=${savePicture}>${icons.picture}${chartTexts.picture}</button>
      <span class="picture-told quiet" role="status"></span>
    </div>
    <details class="chart-table" @toggle=${toggleTable}>
      <summary>Chart data as a table</summary>
      <div class="chart-table-body" tabindex="0" role="region" aria-label="Chart data"></div>
    </details>`;
}
