import { html, nothing, render, svg } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { type ComparedPoint, updateSlot } from '../../contract';
import { comparisonTexts, differenceText } from '../../texts/compare';
import { formatMetric } from '../kit/format';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { PageState } from '../shell/page-state';
import type { ComparedFrom, ComparisonShown, WayShown } from './compare-state';
import { builtInComparisons } from './comparisons';

const size = { width: 320, height: 150 };

/** What is compared, the curves over each other, and what may be said of them. */
export class ComparePanel implements Panel {
  private readonly place: HTMLElement;
  private readonly emit: Emit;
  private readonly changed = changeDetector(({ comparison, front, hyperparameters, best, kept }) => [
    comparison,
    front,
    hyperparameters,
    best,
    kept,
  ]);

  constructor(container: HTMLElement, emit: Emit) {
    this.place = container.appendChild(document.createElement('div'));
    this.emit = emit;
  }

  update(state: PageState): void {
    if (!this.changed(state)) return;
    const { comparison } = state;
    render(html`${this.form(state)} ${comparison === null ? nothing : shown(comparison)}`, this.place);
  }

  private form(state: PageState) {
    const { comparison, hyperparameters } = state;
    const origins = originsOf(state);
    const isUnderWay = comparison !== null && !comparison.isOver;
    const comparisons = builtInComparisons(hyperparameters);
    const begin = (event: SubmitEvent) => {
      event.preventDefault();
      if (!(event.currentTarget instanceof HTMLFormElement)) return;
      const chosen = new FormData(event.currentTarget);
      const what = comparisons.find(({ id }) => id === chosen.get('what'));
      const from = origins.find(({ origin }) => origin === chosen.get('from'))?.origin;
      if (what === undefined || from === undefined) return;
      this.emit({ kind: 'compare', ways: what.ways, beside: what.beside, from });
    };
    return html`
      <p>${comparisonTexts.lead}</p>
      <form class="compare-form" @submit=${begin}>
        <label>${comparisonTexts.what}
          <select name="what">${comparisons.map(({ id, label }) => html`<option value=${id}>${label}</option>`)}</select>
        </label>
        <label>${comparisonTexts.from}
          <select name="from">${repeat(
            origins,
            // What is chosen stays so while others come.
            ({ origin }) => origin,
            ({ origin, label }) => html`<option value=${origin}>${label}</option>`,
          )}</select>
        </label>
        ${
          isUnderWay
            ? html`<button type="button" class="button" @click=${() => this.emit({ kind: 'stopComparing' })}>${comparisonTexts.stop}</button>`
            : html`<button type="submit" class="button button-primary">${comparisonTexts.begin}</button>`
        }
      </form>`;
  }
}

/** What runs may begin from, with what each is called. */
function originsOf({ best, kept, front }: PageState): readonly {
  readonly origin: ComparedFrom;
  readonly label: string;
}[] {
  const { origins, update } = comparisonTexts;
  const updates = kept?.runs.find(({ record }) => record.id === front)?.record.updates ?? [];
  return [
    { origin: 'nothing', label: origins.nothing },
    { origin: 'here', label: origins.here },
    ...(best === null ? [] : [{ origin: 'best' as const, label: origins.best }]),
    // The first is nothing learned.
    ...updates
      .filter(({ version }) => version > 0)
      .toReversed()
      .map(({ version }) => ({ origin: updateSlot(version), label: update(version) })),
  ];
}

function shown(comparison: ComparisonShown) {
  const { ways, beside, finished, runs } = comparison;
  const other = ways[beside]?.label ?? '';
  return html`
    ${plot(ways)}
    <p role="status">${comparisonTexts.progress(finished, runs)}</p>
    <table class="compare-table">
      <thead><tr>
        <th scope="col">${comparisonTexts.way}</th>
        <th scope="col">${comparisonTexts.outcome}</th>
        <th scope="col">${comparisonTexts.difference(other)}</th>
      </tr></thead>
      <tbody>${ways.map(
        ({ label, outcomes, difference }, index) => html`<tr>
          <th scope="row"><span class="way-key way-${index}" aria-hidden="true"></span>${label}</th>
          <td>${outcomes.map(formatMetric).join(', ')}</td>
          <td>${difference === null ? '' : differenceText(difference, formatMetric)}</td>
        </tr>`,
      )}</tbody>
    </table>`;
}

/** A line a seed, in its way's colour and dash. */
function plot(ways: readonly WayShown[]) {
  const all = ways.flatMap(({ curves }) => curves.flat());
  if (all.length === 0) return nothing;
  const most = Math.max(...all.map(({ decisions }) => decisions));
  const returns = all.map(({ meanReturn }) => meanReturn);
  const [low, high] = [Math.min(...returns), Math.max(...returns)];
  const path = (curve: readonly ComparedPoint[]) =>
    curve
      .map(({ decisions, meanReturn }) => {
        const x = (decisions / most) * size.width;
        const y = size.height - ((meanReturn - low) / Math.max(1e-9, high - low)) * size.height;
        return `${x.toFixed(1)},${y.toFixed(1)}`;
      })
      .join(' ');
  return html`<figure class="compare-plot">
    <svg viewBox="-4 -4 ${size.width + 8} ${size.height + 8}" role="img" aria-label=${comparisonTexts.chart}>
      ${ways.map(({ curves }, index) => curves.map((curve) => svg`<polyline class="way-${index}" points=${path(curve)} />`))}
    </svg>
    <figcaption>${comparisonTexts.chart}: ${formatMetric(low)} – ${formatMetric(high)}</figcaption>
  </figure>`;
}
