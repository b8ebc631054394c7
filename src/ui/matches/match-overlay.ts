import { html, nothing, render, type TemplateResult } from 'lit-html';
import { type BindingPlace, type MatchKind, matchKind } from '../../contract';
import { replayTexts } from '../../texts/replays';
import { keyCaps, type PlayKeys } from '../bindings/key-caps';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { outcome, ratingChangeText, reachedTexts } from './match-texts';
import type { CourtState, RatingChange } from './play-state';

/** Over the court: a card while the match is paused, and another once it is over. */
export function matchOverlay(container: HTMLElement, emit: Emit): Panel {
  const changed = changeDetector(({ play, bindings, keyNames }) => {
    const court = play?.court ?? null;
    return [
      court === null,
      court?.kind,
      court?.paused,
      bindings,
      keyNames,
      court?.kept,
      court?.ratingChange,
      court?.setup,
      court?.view.phase === 'over',
      court?.view.winner,
    ];
  });
  ignorePressesBegunElsewhere(container);
  return {
    update(state) {
      if (!changed(state)) return;
      const court = state.play?.court ?? null;
      const shown = court === null ? nothing : card(court, state, emit);
      container.hidden = shown === nothing;
      render(shown, container);
    },
  };
}

/**
 * A card comes where thumbs are. A finger that was on the pad when the last point fell is lifted over a button, which
 * browsers take for a press of it.
 */
function ignorePressesBegunElsewhere(container: HTMLElement): void {
  let hasBegun = false;
  // Lifted from the card, it is over.
  container.addEventListener('pointerdown', () => (hasBegun = true), true);
  container.addEventListener(
    'click',
    (event) => {
      // Keys press a button without a pointer, and have no detail.
      if (event.detail > 0 && !hasBegun) event.stopPropagation();
      hasBegun = false;
    },
    true,
  );
}

function card(court: CourtState, hands: PlayKeys, emit: Emit): TemplateResult | typeof nothing {
  if (court.view.phase === 'over') return endCard(court, emit);
  // A replay is paused to be looked at, and its bar says that it is.
  return court.paused && court.kind === 'match' ? pauseCard(court, hands, emit) : nothing;
}

function pauseCard({ setup }: CourtState, hands: PlayKeys, emit: Emit): TemplateResult {
  return html`
    <section class="match-card" aria-label="Paused">
      <h2>Paused</h2>
      ${keyHints(matchKind(setup), hands)}
      <div class="match-card-buttons">
        <button type="button" class="button button-primary" aria-keyshortcuts="P"
          @click=${() => emit({ kind: 'pauseMatch', on: false })}>
          ${icons.play}Resume<kbd aria-hidden="true">P</kbd></button>
        <button type="button" class="button" @click=${() => emit({ kind: 'leaveCourt' })}>Leave</button>
      </div>
    </section>`;
}

/** Which keys play; on a screen that is touched, the pad says it itself. */
function keyHints(kind: MatchKind, hands: PlayKeys): TemplateResult | typeof nothing {
  const keys = (...places: readonly BindingPlace[]) => keyCaps(hands, ...places);
  if (kind === 'agents') return nothing;
  if (kind === 'person') {
    return html`<p class="match-keys">${keys('second.left', 'second.right')}or ${keys('first.left', 'first.right')}run, ${keys('second.up', 'first.up')}or ${keys('first.primary')}jumps</p>`;
  }
  return html`
    <p class="match-keys">Player 1: ${keys('first.left', 'first.right')}run, ${keys('first.up')}or ${keys('first.primary')}jumps</p>
    <p class="match-keys">Player 2: ${keys('second.left', 'second.right')}run, ${keys('second.up')}or ${keys('second.primary')}jumps</p>`;
}

function endCard(court: CourtState, emit: Emit): TemplateResult {
  const { kind, view, kept, ratingChange, setup, seed } = court;
  const isReplay = kind === 'replay';
  const side = (seat: 0 | 1) => html`
    <span class="match-name" ?data-won=${view.winner === seat}>${view.names[seat]}</span>`;
  return html`
    <section class="match-card" aria-label="The match is over" data-result=${resultOf(court)}>
      <h2>${outcome(view)}</h2>
      <p class="match-score">
        ${side(0)}<strong class="figure">${view.score[0]} : ${view.score[1]}</strong>${side(1)}
      </p>
      ${
        ratingChange === null
          ? nothing
          : html`<p class="match-rating">Your rating <strong class="figure">${ratingChangeText(ratingChange)}</strong></p>
              ${reachedTemplate(ratingChange)}`
      }
      ${matchKind(setup) === 'agents' && !isReplay ? html`<p class="quiet">Seed ${seed}</p>` : nothing}
      <div class="match-card-buttons">
        <button type="button" class="button button-primary" aria-keyshortcuts="R"
          @click=${() => emit({ kind: 'rematch' })}>
          ${icons.restart}${isReplay ? 'Again' : 'Rematch'}<kbd aria-hidden="true">R</kbd></button>
        ${
          !isReplay && matchKind(setup) === 'person'
            ? html`<button type="button" class="button" title="Whoever is nearest your rating"
                @click=${() => emit({ kind: 'matchMe' })}>Next opponent</button>`
            : nothing
        }
        ${
          isReplay && kept
            ? nothing
            : html`<button type="button" class="button" aria-disabled=${kept}
                @click=${kept ? nothing : () => emit({ kind: 'keepReplay' })}>${kept ? 'Replay kept' : 'Keep replay'}</button>`
        }
        ${
          isReplay
            ? html`<button type="button" class="button" title=${replayTexts.shareMeaning}
                @click=${() => emit({ kind: 'shareReplay', id: null })}>${replayTexts.share}</button>`
            : nothing
        }
        <button type="button" class="button" @click=${() => emit({ kind: 'leaveCourt' })}>Leave</button>
      </div>
    </section>`;
}

function reachedTemplate(change: RatingChange): TemplateResult | typeof nothing {
  const texts = reachedTexts(change);
  return texts.length === 0 ? nothing : html`<p class="match-reached">${texts.join(' ')}</p>`;
}

/** How it ended for the person, where there is one. */
function resultOf({ view }: CourtState): 'won' | 'lost' | 'none' {
  if (view.person === null || view.winner === null) return 'none';
  return view.winner === view.person ? 'won' : 'lost';
}
