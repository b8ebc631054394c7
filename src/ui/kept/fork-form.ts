import { html } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { type RunRecord, type RunSlot, updateSlot } from '../../contract';
import { forkTexts } from '../../texts/runs';
import type { Emit } from '../kit/panel';

/** Where a run can be forked, and what lets it be. */
export function forkForm(record: RunRecord, emit: Emit) {
  const { id, name } = record;
  const places = forkPlaces(record);
  const fork = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const chosen = new FormData(event.currentTarget).get('slot');
    const place = places.find(({ slot }) => slot === chosen);
    if (place !== undefined) emit({ kind: 'forkRun', run: id, slot: place.slot });
  };
  return html`
    <form class="kept-fork" @submit=${fork}>
      <button type="submit" class="button button-compact" aria-label=${forkTexts.fork(name)}>${forkTexts.button}</button>
      <select name="slot" class="input" aria-label=${forkTexts.where(name)}>
        ${repeat(
          places,
          // What is chosen stays so while others come.
          ({ slot }) => slot,
          ({ slot, label }) => html`<option value=${slot}>${label}</option>`,
        )}
      </select>
    </form>`;
}

/** The present update first, then the best, then what else is kept, newest first. */
export function forkPlaces({
  version,
  best,
  updates,
}: Pick<RunRecord, 'version' | 'best' | 'updates'>): readonly {
  readonly slot: RunSlot;
  readonly label: string;
}[] {
  return [
    { slot: 'latest', label: forkTexts.present(version) },
    ...(best === null ? [] : [{ slot: 'best' as const, label: forkTexts.best(best.version) }]),
    ...updates.toReversed().map((update) => ({
      slot: updateSlot(update.version),
      label: update.version === 0 ? forkTexts.first : forkTexts.update(update.version),
    })),
  ];
}
