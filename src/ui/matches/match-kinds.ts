import { html, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { MatchKind } from '../../contract';
import { matchKindLabels, playTexts } from '../../texts/matches';

/** The choice of who plays: one person, two people, or agents alone. */
export function matchKinds(chosen: MatchKind, choose: (kind: MatchKind) => void): TemplateResult {
  return html`
    <fieldset class="segmented play-kinds">
      <legend class="visually-hidden">${playTexts.whoPlays}</legend>
      ${kindsHere().map(
        (kind) => html`
          <label>
            <input type="radio" name="match-kind" value=${kind} .checked=${live(kind === chosen)}
              @change=${() => choose(kind)} />
            <span>${matchKindLabels[kind]}</span>
          </label>`,
      )}
    </fieldset>`;
}

/** What can be played on this device: two people need a keyboard, or a screen with room for four hands. */
function kindsHere(): readonly MatchKind[] {
  const kinds = Object.keys(matchKindLabels) as MatchKind[];
  const isTouchOnly = matchMedia('(hover: none) and (pointer: coarse)').matches;
  const isWide = matchMedia('(width >= 600px) and (height >= 600px)').matches;
  return isTouchOnly && !isWide ? kinds.filter((kind) => kind !== 'people') : kinds;
}
