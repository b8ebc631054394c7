import { html, type TemplateResult } from 'lit-html';
import type { CapturedUpdate } from '../../contract';
import { inspectorTexts as texts } from '../../texts/inspector';
import { figure } from './formulas';
import type { Shown } from './shown';

/** Rows above and below what can be seen. */
const spareRows = 6;
export const rowPx = 26;
const seenRows = 14;
/** Of the columns, in their order; what points at one goes by it. */
const columnKeys = [
  't',
  'action',
  'r',
  'V',
  'V′',
  'δ',
  'A',
  'R',
  'end',
  'normalised',
  'ratio',
  'clip',
] as const;

/** The rows of the table that a scroll position shows, and room for the others. */
export function stepsTable(
  captured: CapturedUpdate,
  shown: Shown,
  chosen: number,
  topPx: number,
  on: { readonly choose: (step: number) => void; readonly scroll: (topPx: number) => void },
): TemplateResult {
  const { steps } = captured.shape;
  const first = Math.max(0, Math.floor(topPx / rowPx) - spareRows);
  const last = Math.min(steps, first + seenRows + 2 * spareRows);
  return html`<div class="steps" data-key="steps" tabindex="0" role="region" aria-label=${texts.table}
      @keydown=${(event: KeyboardEvent) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        on.choose(chosen + by);
      }}
      @scroll=${(event: Event) => on.scroll((event.target as HTMLElement).scrollTop)}>
    <table aria-rowcount=${steps + 1}>
      <thead><tr>${texts.columns.map((column, index) => html`<th scope="col" data-key="column-${columnKeys[index]}">${column}</th>`)}</tr></thead>
      <tbody>
        <tr aria-hidden="true" style="height:${first * rowPx}px"></tr>
        ${Array.from({ length: last - first }, (_, index) => row(captured, shown, first + index, chosen, on.choose))}
        <tr aria-hidden="true" style="height:${(steps - last) * rowPx}px"></tr>
      </tbody>
    </table>
  </div>`;
}

function row(
  captured: CapturedUpdate,
  shown: Shown,
  step: number,
  chosen: number,
  choose: (step: number) => void,
) {
  const { shape, settings } = captured;
  const cell = step * shape.agents + captured.agent;
  const actions = captured.actions.subarray(step * shape.actionSize, (step + 1) * shape.actionSize);
  const ratio = captured.ratios[step]!;
  const advantage = shown.advantages[cell]!;
  const ending = captured.terminated[cell] ? texts.ended : captured.truncated[cell] ? texts.cut : '';
  // Where the clip takes the gradient away: the ratio has gone as far as it may in the direction that A pulls, as the
  // minibatch had centred it.
  const pull = captured.normalised[step]!;
  const isClipped =
    (pull > 0 && ratio > 1 + settings.clipRange) || (pull < 0 && ratio < 1 - settings.clipRange);
  const changed = advantage !== captured.advantages[cell];
  return html`<tr aria-rowindex=${step + 2} class=${`${step === chosen ? 'chosen' : ''} ${changed ? 'changed' : ''}`}
      @click=${() => choose(step)}>
    <td>${step}</td>
    <td>${Array.from(actions, (action) => Number(action.toFixed(2))).join(' ')}</td>
    ${[
      captured.rewards[cell]!,
      shown.supposed.input.values[cell]!,
      shown.nextValue(step),
      shown.residuals[cell]!,
      advantage,
      shown.returns[cell]!,
    ].map((number) => html`<td title=${number}>${figure(number)}</td>`)}
    <td>${ending}</td>
    <td>${figure(shown.normalised(step))}</td>
    <td>${figure(ratio)}</td>
    <td>${isClipped ? texts.clipped : ''}${changed ? ` ${texts.changed}` : ''}</td>
  </tr>`;
}
