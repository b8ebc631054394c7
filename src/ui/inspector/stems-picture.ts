import { html, svg, type TemplateResult } from 'lit-html';
import { inspectorTexts as texts } from '../../texts/inspector';
import { figure } from './formulas';
import type { Shown } from './shown';
import type { StemRow } from './stem-rows';
import { heightUnits, stemsPath } from './stems';

/** How the stems stand on the page. */
export interface StemsView {
  readonly chosen: number;
  /** The step under the pointer; null where there is none. */
  readonly hovered: number | null;
  /** Whether for paper. */
  readonly isWhole: boolean;
  readonly choose: (step: number) => void;
  readonly hover: (step: number | null) => void;
  readonly keys: (event: KeyboardEvent) => void;
}

/**
 * Every step's r, V, δ and A; what feeds the chosen step's A is lit. Hover or step to read the numbers. On the screen
 * `StemsPainter` draws them.
 */
export function stemsPicture(shown: Shown, rows: readonly StemRow[], view: StemsView): TemplateResult {
  const { steps } = shown.captured.shape;
  const at = view.hovered ?? view.chosen;
  const stepOf = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).querySelector('.drawn')?.getBoundingClientRect();
    if (box === undefined) return view.chosen;
    const step = Math.floor(((event.clientX - box.left) / box.width) * steps);
    return Math.max(0, Math.min(steps - 1, step));
  };
  return html`<p class="reading">${reading(shown, at)}</p>
    <div class="stems" role="slider" tabindex="0" aria-label=${texts.stems} aria-valuemin="0" aria-valuemax=${steps - 1}
      aria-valuenow=${view.chosen} aria-valuetext=${readingText(shown, view.chosen)} title=${texts.keysOf}
      @keydown=${view.keys} @pointerleave=${() => view.hover(null)}
      @pointerdown=${(event: PointerEvent) => view.choose(stepOf(event))}
      @pointermove=${(event: PointerEvent) => (event.buttons > 0 ? view.choose : view.hover)(stepOf(event))}>
      <div class="names" aria-hidden="true">${rows.map(({ name }) => html`<span data-key="stems-${name}">${name}</span>`)}</div>
      ${view.isWhole ? html`<div class="drawn">${rows.map((row) => onPaper(row, view.chosen))}</div>` : html`<canvas class="drawn"></canvas>`}
    </div>`;
}

function onPaper({ numbers, ghost, largest }: StemRow, chosen: number) {
  const path = (of: Float32Array, kind: string) =>
    svg`<path class=${kind} d=${stemsPath(of, largest)}></path>`;
  return html`<svg viewBox="0 0 ${numbers.length} ${heightUnits}" preserveAspectRatio="none">
    ${ghost === null ? '' : path(ghost, 'ghost')}${path(numbers, 'stem')}
    ${svg`<line x1=${chosen + 0.5} x2=${chosen + 0.5} y1="0" y2=${heightUnits}></line>`}</svg>`;
}

function numbersAt({ captured, residuals, advantages, returns }: Shown, step: number) {
  const cell = step * captured.shape.agents + captured.agent;
  return [
    ['r', captured.rewards[cell]!],
    ['V', captured.values[cell]!],
    ['δ', residuals[cell]!],
    ['A', advantages[cell]!],
    ['R', returns[cell]!],
  ] as const;
}

const reading = (shown: Shown, step: number) =>
  html`<b>${texts.reading(step)}</b> ${numbersAt(shown, step).map(
    ([name, number]) => html`<span><i>${name}</i> ${figure(number)}</span> `,
  )}`;

const readingText = (shown: Shown, step: number) =>
  [texts.reading(step), ...numbersAt(shown, step).map(([name, number]) => `${name} ${figure(number)}`)].join(
    ', ',
  );
