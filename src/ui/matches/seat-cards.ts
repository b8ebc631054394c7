import { html, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import {
  type BindingPlace,
  isPerson,
  type MatchKind,
  matchKind,
  personSeat,
  type SeatChoice,
  type Side,
  sideNames,
} from '../../contract';
import { playTexts } from '../../texts/matches';
import { boundKeyName, type PlayKeys } from '../bindings/key-caps';
import { icons } from '../kit/icons';
import { ratingText } from './ladder';
import type { PlayState } from './play-state';
import { seatName } from './seats';

/** What a person may do at the cards. */
export interface SeatActions {
  readonly swap: () => void;
  /** Chooses the seat that the ladder casts; only where agents are watched. */
  readonly cast: (side: Side) => void;
}

/** Who sits on the left and who on the right. @param cast the seat that the ladder casts. */
export function seatCards(play: PlayState, keys: PlayKeys, cast: Side, actions: SeatActions): TemplateResult {
  return html`
    <div class="seats">
      ${seatCard(play, keys, 0, cast, actions)}
      <button type="button" class="button button-icon swap" aria-label=${playTexts.swap} title=${playTexts.swap}
        @click=${actions.swap}>${icons.swap}</button>
      ${seatCard(play, keys, 1, cast, actions)}
    </div>`;
}

/** A seat's card; where agents are watched, the choice of which seat the ladder casts. */
function seatCard(play: PlayState, keys: PlayKeys, side: Side, cast: Side, actions: SeatActions) {
  const { setup, contestants } = play;
  const kind = matchKind(setup);
  const seat = setup.seats[side];
  const content = html`
    <span class="seat-side">${sideNames[side]}</span>
    <span class="seat-name">${seatName(seat, kind, contestants)}</span>
    <span class="seat-note">${isPerson(seat) ? keysOf(kind, seat, keys) : ratingNote(play, seat)}</span>`;
  if (kind !== 'agents') return html`<div class="seat" data-side=${sideNames[side]}>${content}</div>`;
  return html`
    <label class="seat" data-side=${sideNames[side]}>
      <input type="radio" class="seat-choice" name="cast-seat" value=${sideNames[side]}
        .checked=${live(side === cast)} @change=${() => actions.cast(side)} />
      ${content}
    </label>`;
}

function ratingNote({ contestants }: PlayState, seat: SeatChoice): TemplateResult | string {
  const rating = contestants.find(({ id }) => id === seat)?.rating ?? null;
  if (rating === null) return playTexts.notRated;
  return html`${playTexts.rated} <span class="figure">${ratingText(rating)}</span>`;
}

/** Which keys somebody in a seat plays with. */
function keysOf(kind: MatchKind, seat: SeatChoice, keys: PlayKeys): string {
  const key = (place: BindingPlace) => boundKeyName(keys, place);
  const runAndJump = (person: 'first' | 'second') =>
    [key(`${person}.left`), key(`${person}.right`), key(`${person}.up`)].join(' ');
  if (kind === 'person') return `${runAndJump('second')} or ${runAndJump('first')}`;
  const person = seat === personSeat ? 'first' : 'second';
  return `${runAndJump(person)}, ${key(`${person}.primary`)}`;
}
