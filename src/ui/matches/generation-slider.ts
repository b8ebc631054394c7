import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { generationTexts } from '../../texts/matches';
import { formatCount } from '../kit/format';
import { explanation } from '../kit/tooltip';
import { ratingText } from './ladder';
import type { PlayState } from './play-state';

/**
 * Chooses the agent as it was at an earlier update of this run.
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
  const newest = generations.at(-1);
  if (newest === undefined) {
    return html`<div class="generations">
      <h3>${generationTexts.heading}</h3>
      <p class="quiet">${generationTexts.none}</p>
    </div>`;
  }
  const version = shown ?? newest;
  const position = nearestIndex(generations, version);
  const versionAt = (event: Event) => generations[Number((event.target as HTMLInputElement).value)] ?? newest;
  const best = bestGeneration === null ? -1 : generations.indexOf(bestGeneration.version);
  const last = generations.length - 1;
  return html`
    <div class="generations">
      <div class="generations-head">
        <label for="generation">${label}
          <strong class="figure ${shown === null ? 'quiet' : ''}">${formatCount(version)}</strong></label>
        ${explanation('explain-generations', generationTexts.subject, generationTexts.explained)}
      </div>
      <div class="generations-track">
        ${
          best < 0
            ? nothing
            : html`<span class="generations-best" aria-hidden="true"
                style="--at: ${last === 0 ? 0 : best / last}"></span>`
        }
        <input type="range" id="generation" min="0" max=${last} step="1" .value=${live(String(position))}
          aria-valuetext=${generationTexts.update(version, bestGeneration?.version === version)}
          @input=${(event: Event) => slide(versionAt(event))} @change=${(event: Event) => choose(versionAt(event))} />
      </div>
      <p class="generations-foot">
        <span class="quiet figure">${formatCount(generations[0] ?? newest)}</span>
        ${
          bestGeneration === null
            ? nothing
            : html`<button type="button" class="reset" @click=${() => choose(bestGeneration.version)}>
                ${generationTexts.best(formatCount(bestGeneration.version), ratingText(bestGeneration.rating))}</button>`
        }
        <span class="quiet figure">${formatCount(newest)}</span>
      </p>
    </div>`;
}

/** Where in `generations` the version lies that is nearest to `version`. */
export function nearestIndex(generations: readonly number[], version: number): number {
  let nearest = 0;
  for (const [index, each] of generations.entries()) {
    if (Math.abs(each - version) < Math.abs((generations[nearest] ?? 0) - version)) nearest = index;
  }
  return nearest;
}
