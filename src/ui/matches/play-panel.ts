import { html, nothing, render, type TemplateResult } from 'lit-html';
import { type MatchSetup, matchKind } from '../../contract';
import { playTexts } from '../../texts/matches';
import type { PlayKeys } from '../bindings/key-caps';
import type { Question } from '../kit/dialogs';
import { takeDrops } from '../kit/file-drop';
import { fileIntent } from '../kit/file-intent';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { PageState } from '../shell/page-state';
import { Casting, castingTemplate } from './casting';
import { LastSetups } from './last-setups';
import { learnsSwitch } from './learns-switch';
import { matchKinds } from './match-kinds';
import type { PlayState } from './play-state';
import { ownRating, ratingMatches } from './ratings';
import { replayList } from './replay-list';
import { resetRating } from './reset-rating';
import { seatCards } from './seat-cards';
import { withSeat, withSidesSwapped } from './seats';
import { seedField } from './seed-field';
import { trainingOffers } from './training-offers';

type Ask = (question: Question) => Promise<boolean>;

/** Who meets whom, on which side; ratings; and the matches that were kept. */
export function playPanel(container: HTMLElement, emit: Emit, ask: Ask): Panel {
  takeDrops(container, (file) => emit(fileIntent(file, 'importAgent')));
  return new PlayPanel(container, emit, ask);
}

class PlayPanel implements Panel {
  private readonly container: HTMLElement;
  private readonly emit: Emit;
  private readonly ask: Ask;
  private readonly changed = changeDetector(shownValues);
  private readonly setups = new LastSetups();
  private readonly casting = new Casting();
  private state: PageState | null = null;

  constructor(container: HTMLElement, emit: Emit, ask: Ask) {
    this.container = container;
    this.emit = emit;
    this.ask = ask;
  }

  update(state: PageState): void {
    this.state = state;
    if (state.play !== null) this.setups.note(state.play.setup);
    if (!this.container.hidden && this.changed(state)) this.render();
  }

  private render(): void {
    const { state } = this;
    const play = state?.play ?? null;
    render(state === null || play === null ? nothing : this.template(play, state), this.container);
  }

  private set(change: (setup: MatchSetup) => MatchSetup): void {
    this.emit(({ play }) => play && { kind: 'matchSetup', setup: change(play.setup) });
  }

  private template(play: PlayState, keys: PlayKeys): TemplateResult {
    const { setup, contestants } = play;
    const { casting, setups, emit } = this;
    const kind = matchKind(setup);
    const side = casting.side(setup);
    return html`
      <h2 class="visually-hidden">${playTexts.heading}</h2>
      ${matchKinds(kind, (chosen) => this.set((present) => setups.of(chosen, present, contestants)))}
      ${seatCards(play, keys, side, {
        swap: () => {
          casting.swap(setup);
          this.set(withSidesSwapped);
        },
        cast: (chosen) => {
          casting.turnTo(chosen, setup);
          this.render();
        },
      })}
      ${kind === 'agents' ? seedField(play, (seed) => this.set((present) => ({ ...present, seed }))) : nothing}
      ${kind === 'person' ? learnsSwitch(setup, (learns) => this.set((present) => ({ ...present, learns }))) : nothing}
      <div class="play-start">
        <button type="button" class="button button-primary play-button"
          @click=${() => emit({ kind: 'startMatch' })}>${icons.play}${kind === 'agents' ? playTexts.beginWatched : playTexts.begin}</button>
        <button type="button" class="button match-me" title=${playTexts.matchMeMeaning}
          @click=${() => emit({ kind: 'matchMe' })}>${playTexts.matchMe}</button>
      </div>
      ${kind === 'person' ? trainingOffers(play, emit) : nothing}
      ${ownRating(play)}
      ${resetRating(play, emit, this.ask)}
      ${
        kind === 'people'
          ? nothing
          : castingTemplate(play, casting, {
              choose: (seat) => this.set((present) => withSeat(present, side, seat)),
              moved: () => this.render(),
              emit,
            })
      }
      ${ratingMatches(play, (on) => emit({ kind: 'rates', on }))}
      ${replayList(play.replays, emit, this.ask)}`;
  }
}

/** What the panel shows, as values to compare. */
function shownValues({ play, bindings, keyNames }: PageState): readonly unknown[] {
  if (play === null) return [null];
  const { rival, court } = play;
  return [
    play.contestants,
    play.visitor,
    play.setup,
    play.generations,
    play.bestGeneration,
    play.replays,
    play.rates,
    rival === null ? null : Math.ceil(rival.leftMs / 1_000),
    play.ratingMatch,
    court?.kind,
    court?.seed,
    court?.view.phase === 'over',
    bindings,
    keyNames,
  ];
}
