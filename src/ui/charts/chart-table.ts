import { html, type TemplateResult } from 'lit-html';
import type { HyperparameterKey, MetricPoint, SettingChange } from '../../contract';
import { wentBackText } from '../../texts/marks';
import { metricDefinitions, winRateDefinition } from '../../texts/metrics';
import { changeText } from '../../texts/settings';
import { formatCount, formatMetric } from '../kit/format';
import { winRateKeys, winRateLabel } from './win-rates';

/** The newest points that the table shows; the file holds every update. */
const tableRows = 50;

/** Shows where a setting is changed. */
export type ShowSetting = (key: HyperparameterKey) => void;

/** The newest points of all charts as a table. @param names of opponents, by id. */
export function chartTable(
  points: readonly MetricPoint[],
  names: ReadonlyMap<string, string>,
  showSetting: ShowSetting,
): TemplateResult {
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
function changeButton(change: SettingChange, showSetting: ShowSetting) {
  return html`<button type="button" class="change-link" @click=${() => showSetting(change.key)}>${changeText(change)}</button>`;
}
