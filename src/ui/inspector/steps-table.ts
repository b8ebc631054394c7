import { html, type TemplateResult } from 'lit-html';
import type { CapturedUpdate } from '../../contract';
import { inspectorTexts as texts } from '../../texts/inspector';
import { shortFigure } from './formulas';
import type { Shown } from './shown';

/** Rows above and below what can be seen. */
const spareRows = 6;
const seenRows = 16;

type Column = keyof typeof texts.columns;
const columns = Object.keys(texts.columns) as readonly Column[];

/** By these names something else can point at a column. */
const names: Readonly<Record<Column, string>> = {
  step: 't',
  action: 'action',
  reward: 'r',
  value: 'V',
  next: 'V′',
  residual: 'δ',
  advantage: 'A',
  return: 'R',
  ending: 'end',
  normalised: 'normalised',
  ratio: 'ratio',
  clip: 'clip',
};

/** How a table of steps stands on the page. */
export interface TableView {
  readonly chosen: number;
  /** How far it is scrolled. */
  readonly topPx: number;
  readonly rowPx: number;
  /** Whether every row is there, as on paper, or those that can be seen. */
  readonly isWhole: boolean;
  /** Whether a row takes two lines. */
  readonly isFolded: boolean;
  readonly choose: (step: number) => void;
  readonly scroll: (topPx: number) => void;
  readonly keys: (event: KeyboardEvent) => void;
}

/** The rows of the table that a scroll position shows, and room for the others. */
export function stepsTable(captured: CapturedUpdate, shown: Shown, view: TableView): TemplateResult {
  const { steps } = captured.shape;
  const { rowPx, topPx, isWhole } = view;
  const first = isWhole ? 0 : Math.max(0, Math.floor(topPx / rowPx) - spareRows);
  const last = isWhole ? steps : Math.min(steps, first + seenRows + 2 * spareRows);
  // Where rows fold their cells stand in a grid, which takes the table's roles away unless they are named.
  return html`<div class="steps ${view.isFolded ? 'folded' : ''}" data-key="steps" tabindex="0" role="region" aria-label=${texts.table} title=${texts.keysOf}
      @keydown=${view.keys}
      @scroll=${(event: Event) => view.scroll((event.target as HTMLElement).scrollTop)}>
    <table role="table" aria-label=${texts.table} aria-rowcount=${steps + 1}>
      <thead role="rowgroup"><tr role="row" aria-rowindex="1">${columns.map((column) => {
        const [sign, meaning] = texts.columns[column];
        return html`<th role="columnheader" scope="col" class=${column} data-key="column-${names[column]}" title=${meaning}>${sign}</th>`;
      })}</tr></thead>
      <tbody role="rowgroup">
        <tr class="room" aria-hidden="true" style="height:${first * rowPx}px"></tr>
        ${Array.from({ length: last - first }, (_, index) => row(captured, shown, first + index, view))}
        <tr class="room" aria-hidden="true" style="height:${(steps - last) * rowPx}px"></tr>
      </tbody>
    </table>
  </div>`;
}

function row(captured: CapturedUpdate, shown: Shown, step: number, { chosen, choose }: TableView) {
  const cell = step * captured.shape.agents + captured.agent;
  const isChanged = shown.advantages[cell] !== captured.advantages[cell];
  const classes = `${step === chosen ? 'chosen' : ''} ${isChanged ? 'changed' : ''}`;
  return html`<tr role="row" aria-rowindex=${step + 2} class=${classes} title=${isChanged ? texts.changed : ''}
      @click=${() => choose(step)}>
    ${columns.map((column) => {
      const content = contents[column](captured, shown, step, cell);
      const [text, full] =
        typeof content === 'number' ? [shortFigure(content), String(content)] : [content, ''];
      return html`<td role="cell" class=${column} title=${full}>${text}</td>`;
    })}
  </tr>`;
}

/** What stands in a column: a text, or a number that is written short and told in full. */
type Content = (captured: CapturedUpdate, shown: Shown, step: number, cell: number) => string | number;

const contents: Readonly<Record<Column, Content>> = {
  step: (_, __, step) => String(step),
  action: ({ actions, shape }, _, step) =>
    Array.from(actions.subarray(step * shape.actionSize, (step + 1) * shape.actionSize), (action) =>
      String(Number(action.toFixed(2))).replace('-', '−'),
    ).join(' '),
  reward: ({ rewards }, _, __, cell) => rewards[cell]!,
  value: (_, { supposed }, __, cell) => supposed.input.values[cell]!,
  next: (_, shown, step) => shown.nextValue(step),
  residual: (_, { residuals }, __, cell) => residuals[cell]!,
  advantage: (_, { advantages }, __, cell) => advantages[cell]!,
  return: (_, { returns }, __, cell) => returns[cell]!,
  ending: ({ terminated, truncated }, _, __, cell) =>
    terminated[cell] ? texts.ended : truncated[cell] ? texts.cut : '',
  normalised: (_, shown, step) => shown.normalised(step),
  ratio: ({ ratios }, _, step) => ratios[step]!,
  clip: (captured, _, step) => (isClipped(captured, step) ? texts.clipped : ''),
};

/**
 * Whether the clip took the gradient away: the ratio had gone as far as it may in the direction that the advantage pulls,
 * as its minibatch had centred it.
 */
export function isClipped({ normalised, ratios, settings }: CapturedUpdate, step: number): boolean {
  const [pull, ratio] = [normalised[step]!, ratios[step]!];
  return (pull > 0 && ratio > 1 + settings.clipRange) || (pull < 0 && ratio < 1 - settings.clipRange);
}
