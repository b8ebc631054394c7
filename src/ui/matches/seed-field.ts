import { html, nothing, type TemplateResult } from 'lit-html';
import { matchSeedTexts } from '../../texts/matches';
import { readNumber } from '../../texts/setting-notation';
import { explanation } from '../kit/tooltip';
import type { PlayState } from './play-state';

const mostSeed = 2_147_483_647;

/** The seed of the next match that is watched. @param choose null for another one each time. */
export function seedField(
  { setup, court }: PlayState,
  choose: (seed: number | null) => void,
): TemplateResult {
  const last = court !== null && court.kind === 'match' && court.seed !== setup.seed ? court.seed : null;
  const commit = (event: Event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const seed = seedOf(event.target.value);
    event.target.setAttribute('aria-invalid', String(seed === undefined));
    if (seed !== undefined) choose(seed);
  };
  return html`
    <div class="play-seed">
      <label for="match-seed">${matchSeedTexts.label}</label>
      ${explanation('explain-match-seed', matchSeedTexts.subject, matchSeedTexts.explained)}
      <input type="text" class="input" id="match-seed" inputmode="numeric" placeholder=${matchSeedTexts.none}
        .value=${setup.seed === null ? '' : String(setup.seed)} @change=${commit} />
      ${
        last === null
          ? nothing
          : html`<button type="button" class="reset" @click=${() => choose(last)}>${matchSeedTexts.present(last)}</button>`
      }
    </div>`;
}

/** The text of the seed field as a seed; null where it is empty, undefined where it is none. */
export function seedOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const seed = readNumber(text);
  return Number.isInteger(seed) && seed >= 0 && seed <= mostSeed ? seed : undefined;
}
