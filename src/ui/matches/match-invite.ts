import { html, nothing, render } from 'lit-html';
import { isPerson, matchKind } from '../../contract';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { seatName } from './seats';

/** On the picture itself, where anybody looks first: a match against whoever is chosen, one click away. */
export function matchInvite(container: HTMLElement, emit: Emit): Panel {
  const changed = changeDetector(({ play }) => [
    play === null || play.court !== null || play.isFetching,
    play?.setup,
    play?.contestants,
  ]);
  return {
    update(state) {
      if (!changed(state)) return;
      const { play } = state;
      const isFree = play !== null && play.court === null && !play.isFetching;
      const isOffered = isFree && matchKind(play.setup) === 'person';
      container.hidden = !isOffered;
      const opponent = play?.setup.seats.find((seat) => !isPerson(seat));
      render(
        isOffered && opponent !== undefined
          ? html`<button type="button" class="button button-primary" @click=${() => emit({ kind: 'startMatch' })}>
              ${icons.play}Challenge ${seatName(opponent, 'person', play.contestants)}</button>`
          : nothing,
        container,
      );
    },
  };
}
