import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { generationTexts } from '../../texts/matches';
import { formatCount, noValue } from '../kit/format';
import { explanation } from '../kit/tooltip';
import { ratingText } from './ladder';
import type { PlayState } from './play-state';

/**
 * Chooses the agent as it was at an earlier update of this run. As high before one is kept as with any.
 *
 * @param label says what it is for; the version follows it.
 * @param shown the version under the thumb; null where none was chosen.
 * @param slide called while the thumb moves, `choose` once it rests.
 */
export function generationSlider(
  { generations, bestGeneration }: Pick<PlayState, 'generations' | 'bestGeneration'>,
  label: string,
  shown: number | null,
  slide: (version: number) => void,
  choose: (version: number) => void,
): TemplateResult {
  const first = generations[0] ?? 0;
  const newest = generations.at(-1) ?? first;
  const isNone = generations.length === 0;
  const version = shown ?? newest;
  const position = nearestIndex(generations, version);
  const versionAt = (event: Event) => generations[Number((event.target as HTMLInputElement).value)] ?? newest;
  return html`
    <div class="generations">
      <div class="generations-head">
        <label for="generation">${label}
          <strong class="figure ${shown === null ? 'quiet' : ''}">${isNone ? noValue : formatCount(version)}</strong></label>
        ${explanation('explain-generations', generationTexts.subject, generationTexts.explained)}
      </div>
      <div class="generations-track">
        ${bestMark(generations, bestGeneration)}
        <input type="range" id="generation" min="0" max=${Math.max(generations.length - 1, 0)} step="1"
          .value=${live(String(position))} ?disabled=${isNone}
          aria-valuetext=${isNone ? generationTexts.none : generationTexts.update(version, bestGeneration?.version === version)}
          @input=${(event: Event) => slide(versionAt(event))} @change=${(event: Event) => choose(versionAt(event))} />
      </div>
      <p class="generations-foot">${isNone ? html`<span class="quiet">${generationTexts.none}</span>` : foot(first, newest, bestGeneration, choose)}</p>
    </div>`;
}

function bestMark(
  generations: readonly number[],
  best: PlayState['bestGeneration'],
): TemplateResult | typeof nothing {
  const index = best === null ? -1 : generations.indexOf(best.version);
  if (index < 0) return nothing;
  const at = generations.length === 1 ? 0 : index / (generations.length - 1);
  return html`<span class="generations-best" aria-hidden="true" style="--at: ${at}"></span>`;
}

function foot(
  first: number,
  newest: number,
  best: PlayState['bestGeneration'],
  choose: (version: number) => void,
): TemplateResult {
  return html`
    <span class="quiet figure">${formatCount(first)}</span>
    ${
      best === null
        ? nothing
        : html`<button type="button" class="reset" @click=${() => choose(best.version)}>
            ${generationTexts.best(formatCount(best.version), ratingText(best.rating))}</button>`
    }
    <span class="quiet figure">${formatCount(newest)}</span>`;
}

/** Where in `generations` the version lies that is nearest to `version`. */
export function nearestIndex(generations: readonly number[], version: number): number {
  let nearest = 0;
  for (const [index, each] of generations.entries()) {
    if (Math.abs(each - version) < Math.abs((generations[nearest] ?? 0) - version)) nearest = index;
  }
  return nearest;
}
