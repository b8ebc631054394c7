import { html, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { isRung } from '../../contract';
import { goalTexts } from '../../texts/goals';
import { ratingTexts } from '../../texts/matches';
import { formatCount } from '../kit/format';
import { switched } from '../kit/switched';
import { explanation } from '../kit/tooltip';
import { ratingText } from './ladder';
import type { PlayState } from './play-state';

/** How the person stands who visits. */
export function ownRating(play: PlayState): TemplateResult {
  return html`
    <p class="play-standing">
      ${ratingTexts.yours} <strong class="figure">${ratingText(play.visitor.rating)}</strong>
      <span class="quiet">${standing(play)}</span>
      ${explanation('explain-rating', ratingTexts.subject, ratingTexts.explained)}
    </p>`;
}

function standing({ visitor, contestants }: PlayState): string {
  const { matches, placingLeft, streak, against } = visitor;
  if (matches === 0) return ratingTexts.toBegin;
  const rungs = contestants.filter(isRung);
  const beaten = rungs.filter(({ id }) => (against[id]?.won ?? 0) > 0).length;
  const parts = [
    placingLeft > 0 ? ratingTexts.placing(placingLeft) : ratingTexts.after(matches, formatCount(matches)),
    beaten > 0 ? goalTexts.climbed(beaten, rungs.length) : null,
    goalTexts.inARow(streak),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** Whether agents play matches for their ratings, and who plays one now. */
export function ratingMatches(
  { rates, ratingMatch }: PlayState,
  choose: (on: boolean) => void,
): TemplateResult {
  const now = ratingMatch === null ? ratingTexts.noneNow : ratingTexts.now(ratingMatch);
  return html`
    <h2>${ratingTexts.heading}</h2>
    <div class="play-switch">
      <label class="switch">
        <input type="checkbox" role="switch" .checked=${live(rates)} @change=${switched(choose)} />
        <span>${ratingTexts.inBackground}</span>
      </label>
    </div>
    <p class="quiet ratings-now">${rates ? now : ratingTexts.off}</p>`;
}
