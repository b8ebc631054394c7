import { html, nothing, svg } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { RunId } from '../../contract';
import { forkTexts, keptTexts } from '../../texts/runs';
import { changeText } from '../../texts/settings';
import { formatBytes, formatCount, formatMetric, formatMoment } from '../kit/format';
import { gameTitle } from '../kit/game-title';
import type { Emit } from '../kit/panel';
import type { PageState } from '../shell/page-state';
import { forkForm } from './fork-form';
import type { KeptRun, KeptSpace } from './kept-state';

const curveWidth = 64;
const curveHeight = 24;
/** More would make a row taller than what it says is worth. */
const mostDiffering = 3;

/** Every kept run, and the room that they take. */
export function keptList({ kept, front, games }: PageState, emit: Emit) {
  if (kept === null) return html`<p class="quiet">${keptTexts.closed}</p>`;
  const { runs, removed, space } = kept;
  const title = (game: string) => gameTitle(games, game);
  const nameOf = (id: RunId) => runs.find(({ record }) => record.id === id)?.record.name ?? null;
  return html`
    ${
      runs.length === 0
        ? html`<p>${keptTexts.none}</p>`
        : html`<ul class="kept-runs">
            ${repeat(
              runs,
              ({ record }) => record.id,
              (run) =>
                row(run, {
                  game: title(run.record.game),
                  parent: run.record.forkOf === null ? null : nameOf(run.record.forkOf.id),
                  isFront: run.record.id === front,
                  emit,
                }),
            )}
          </ul>`
    }
    ${
      removed.length === 0
        ? nothing
        : html`<details class="removed-runs">
            <summary>${removed.length === 1 ? 'One deleted run' : `${removed.length} deleted runs`}</summary>
            <ul>
              ${removed.map(
                ({ id, name, game }) => html`<li>
                  <span>${name} <span class="quiet">${title(game)}</span></span>
                  <button type="button" class="button button-compact" @click=${() => emit({ kind: 'restoreRun', run: id })}>Undo</button>
                </li>`,
              )}
            </ul>
            <button type="button" class="button button-compact" @click=${() => emit({ kind: 'purgeRuns' })}>Delete them for good</button>
          </details>`
    }
    <div class="row">
      <button type="button" class="button" @click=${() => emit({ kind: 'exportEverything' })}>Export everything</button>
    </div>
    ${space === null ? nothing : spaceTemplate(space)}`;
}

interface RowParts {
  /** The game’s title. */
  readonly game: string;
  /** The name of the run that it began from; null where that is none, or gone. */
  readonly parent: string | null;
  readonly isFront: boolean;
  readonly emit: Emit;
}

function row({ record, differing }: KeptRun, { game, parent, isFront, emit }: RowParts) {
  const { id, name, version, meanReturn, openedAtMs, bytes, thumbnail, forkOf } = record;
  const shown = differing.slice(0, mostDiffering).map(changeText);
  const more = differing.length - shown.length;
  const settings = [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return html`
    <li class="kept-run" data-front=${isFront}>
      <div class="kept-head">
        <input class="kept-name" type="text" maxlength="80" aria-label="Name of the run" .value=${live(name)}
          @change=${(event: Event) => emit({ kind: 'renameRun', run: id, name: (event.target as HTMLInputElement).value })} />
        ${curve(thumbnail)}
      </div>
      <p class="kept-facts">
        ${game}, update ${formatCount(version)}${meanReturn === null ? nothing : html`, mean return ${formatMetric(meanReturn)}`}
        <span class="quiet">· ${formatMoment(openedAtMs)} · ${formatBytes(bytes)}${forkOf === null ? nothing : ` · ${forkTexts.origin(parent, forkOf.version)}`}</span>
      </p>
      ${settings === '' ? nothing : html`<p class="kept-settings quiet">${settings}</p>`}
      <div class="kept-actions">
        ${
          isFront
            ? html`<span class="badge">open</span>`
            : html`<button type="button" class="button button-compact" aria-label="Open ${name}"
                @click=${() => emit({ kind: 'openRun', run: id })}>Open</button>`
        }
        <button type="button" class="button button-compact" aria-label="Export ${name}"
          @click=${() => emit({ kind: 'exportKeptRun', run: id })}>Export</button>
        <button type="button" class="button button-compact" aria-label="Delete ${name}"
          @click=${() => emit({ kind: 'removeRun', run: id })}>Delete</button>
      </div>
      ${forkForm(record, emit)}
    </li>`;
}

/** A small picture of the curve of the mean return; nothing before there are two values. */
function curve(values: readonly number[]) {
  if (values.length < 2) return nothing;
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values
    .map((value, index) => {
      const x = (index / (values.length - 1)) * curveWidth;
      const y = curveHeight - 2 - ((value - low) / span) * (curveHeight - 4);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
  return html`<svg class="kept-curve" viewBox="0 0 ${curveWidth} ${curveHeight}" aria-hidden="true">
    ${svg`<polyline points=${points} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" />`}
  </svg>`;
}

function spaceTemplate({ runBytes, usedBytes, quotaBytes, isPersisted }: KeptSpace) {
  const isTold = usedBytes !== null && quotaBytes !== null;
  return html`<p class="quiet">
    ${keptTexts.space(formatBytes(runBytes), isTold ? formatBytes(quotaBytes) : null)}
    ${isPersisted === false ? keptTexts.mayBeDeleted : nothing}
  </p>`;
}
