import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Contestant, SeatChoice } from '../../contract';
import { contestantTexts } from '../../texts/contestants';
import { goalTexts } from '../../texts/goals';
import { formatCount, noValue } from '../kit/format';
import type { PlayState, VisitorStanding } from './play-state';

type Tally = VisitorStanding['against'][string];
/** Somebody, the person's own place, or the place that is held for the run's best generation until one is rated. */
type Rung = Contestant | 'own' | 'best';

const kindLabels: Readonly<Record<Contestant['kind'], string>> = {
  shipped: 'trained',
  scripted: 'scripted',
  training: 'in training',
  generation: 'generation',
  imported: 'imported',
};

/** A rating as it is shown; a dash for null. */
export function ratingText(rating: number | null): string {
  return rating === null ? noValue : formatCount(Math.round(rating));
}

/** How many contestants stand above somebody with that rating: those rated higher, of a list sorted by rating. */
export function rungsAbove(contestants: readonly Contestant[], rating: number): number {
  return contestants.filter((each) => each.rating !== null && each.rating > rating).length;
}

/**
 * Everybody whom one may meet as one choice, the weakest first, as one climbs; the person's own place among them is
 * marked. Who has no rating stands at the end. As high as it will be from the first, where anybody has a rating: what is
 * below it keeps its place.
 *
 * @param chosen who is chosen; nobody, where that is no contestant.
 */
export function ladder(
  { contestants, visitor, bestGeneration }: Pick<PlayState, 'contestants' | 'visitor' | 'bestGeneration'>,
  legend: string,
  chosen: SeatChoice,
  choose: (id: SeatChoice) => void,
): TemplateResult {
  // Among those who have no rating nobody has a place.
  const isRated = contestants.some(({ rating }) => rating !== null);
  const ownPlace = rungsAbove(contestants, visitor.rating);
  const rated = contestants.filter(({ rating }) => rating !== null);
  const rungs: Rung[] = [
    ...rated.slice(ownPlace).reverse(),
    ...(isRated ? (['own'] as const) : []),
    ...rated.slice(0, ownPlace).reverse(),
    ...(bestGeneration === null ? (['best'] as const) : []),
    ...contestants.filter(({ rating }) => rating === null),
  ];
  return html`
    <fieldset class="ladder">
      <legend>${legend}</legend>
      ${repeat(
        rungs,
        (rung) => (typeof rung === 'string' ? rung : rung.id),
        (rung) => {
          if (rung === 'own') return ownPlaceTemplate(visitor);
          if (rung === 'best') return bestToCome();
          return rungTemplate(rung, visitor.against[rung.id], rung.id === chosen, choose);
        },
      )}
    </fieldset>`;
}

function ownPlaceTemplate(visitor: VisitorStanding): TemplateResult {
  return html`<p class="rung-own"><span>${ownPlaceText(visitor)}</span><span class="rung-rating">${ratingText(visitor.rating)}</span></p>`;
}

function bestToCome(): TemplateResult {
  return html`
    <label class="rung" data-kind="generation">
      <input type="radio" name="ladder" value="" disabled />
      <span class="rung-name">${contestantTexts.bestToCome}</span>
      <span class="rung-kind">${contestantTexts.noneRated}</span>
      <span class="rung-rating">${noValue}</span>
      <span class="rung-summary">${contestantTexts.bestSummary}</span>
    </label>`;
}

function ownPlaceText({ matches, placingLeft }: PlayState['visitor']): string {
  if (matches === 0) return 'You begin here';
  return placingLeft > 0 ? 'You may stand here' : 'You stand here';
}

function rungTemplate(
  rung: Contestant,
  met: Tally | undefined,
  isChosen: boolean,
  choose: (id: SeatChoice) => void,
): TemplateResult {
  const { id, name, kind, summary, rating, matches, look } = rung;
  const played = `· ${formatCount(matches)} ${matches === 1 ? 'match' : 'matches'}`;
  const isBeaten = met !== undefined && met.won > 0;
  return html`
    <label class="rung" data-kind=${kind}>
      <input type="radio" name="ladder" value=${id} .checked=${live(isChosen)}
        @change=${() => choose(id)} />
      <span class="rung-name">${look === undefined ? nothing : html`<span class="rung-look" style="--look: ${look.colour}"></span>`}${name}${isBeaten ? html` <span class="rung-beaten" role="img" aria-label=${goalTexts.isBeaten} title=${goalTexts.isBeaten}>✓</span>` : nothing}</span>
      <span class="rung-kind">${kindLabels[kind]} ${
        met === undefined
          ? html`<span class="rung-played">${matches === 0 ? '' : played}</span>`
          : `· ${goalTexts.tally(met.won, met.lost)}`
      }</span>
      <span class="rung-rating"><span class="visually-hidden">rating </span>${ratingText(rating)}</span>
      <span class="rung-summary">${summary}</span>
    </label>`;
}
