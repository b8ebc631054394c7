import { html, nothing, render, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import {
  type BindingPlace,
  type Contestant,
  generationId,
  generationOf,
  isPerson,
  isRung,
  type MatchKind,
  type MatchSetup,
  matchKind,
  mayBeLearnedFrom,
  personSeat,
  type SeatChoice,
  type Side,
  sideNames,
  usualBindings,
} from '../../contract';
import { goalTexts } from '../../texts/goals';
import { practiceTexts } from '../../texts/practice';
import { readNumber } from '../../texts/setting-notation';
import { boundKeyName, type PlayKeys } from '../bindings/key-caps';
import type { Question } from '../kit/dialogs';
import { chosenFile, takeDrops } from '../kit/file-drop';
import { fileIntent } from '../kit/file-intent';
import { formatCount } from '../kit/format';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { switched } from '../kit/switched';
import { explanation } from '../kit/tooltip';
import type { PageState } from '../shell/page-state';
import { generationSlider } from './generation-slider';
import { ladder, ratingText } from './ladder';
import { placingText } from './match-texts';
import type { PlayState } from './play-state';
import { replayList } from './replay-list';
import { resetRating } from './reset-rating';
import { rivalBox } from './rival-box';
import { seatName, withKind, withSeat, withSidesSwapped } from './seats';

const kindLabels: Readonly<Record<MatchKind, string>> = {
  person: 'You play',
  people: 'Two people',
  agents: 'Watch',
};
const mostSeed = 2_147_483_647;

/** Who meets whom, on which side; ratings; and the matches that were kept. */
export function playPanel(
  container: HTMLElement,
  emit: Emit,
  ask: (question: Question) => Promise<boolean>,
): Panel {
  return new PlayPanel(container, emit, ask);
}

class PlayPanel implements Panel {
  private readonly container: HTMLElement;
  private readonly emit: Emit;
  private readonly ask: (question: Question) => Promise<boolean>;
  private readonly changed = changeDetector(({ play, bindings, keyNames }) =>
    play === null
      ? [null]
      : [
          bindings,
          keyNames,
          play.contestants,
          play.visitor,
          play.setup,
          play.generations,
          play.bestGeneration,
          play.replays,
          play.rates,
          play.rival === null ? null : Math.ceil(play.rival.leftMs / 1_000),
          play.ratingMatch,
          play.court?.kind,
          play.court?.seed,
          play.court?.view.phase === 'over',
        ],
  );
  private play: PlayState | null = null;
  private hands: PlayKeys = { bindings: usualBindings, keyNames: {} };
  /** The last setup with an agent in it, and the last of each kind: looking at another kind changes none of them. */
  private agents: MatchSetup | null = null;
  private readonly lastOf = new Map<MatchKind, MatchSetup>();
  /** The seat that the ladder casts where agents are watched; where a person plays, it is the other one's. */
  private watchedSide: Side = 1;
  /** The generation under the slider's thumb while it moves, else the one last chosen. */
  private generation: number | null = null;

  constructor(container: HTMLElement, emit: Emit, ask: (question: Question) => Promise<boolean>) {
    this.container = container;
    this.emit = emit;
    this.ask = ask;
    takeDrops(container, (file) => emit(fileIntent(file, 'importAgent')));
  }

  update(state: PageState): void {
    this.play = state.play;
    this.hands = state;
    if (state.play !== null) {
      const { setup } = state.play;
      if (setup.seats.some((seat) => !isPerson(seat))) this.agents = setup;
      this.lastOf.set(matchKind(setup), setup);
    }
    if (!this.container.hidden && this.changed(state)) this.render();
  }

  private render(): void {
    render(this.play === null ? nothing : this.template(this.play), this.container);
  }

  private set(change: (setup: MatchSetup) => MatchSetup): void {
    this.emit(({ play }) => play && { kind: 'matchSetup', setup: change(play.setup) });
  }

  private template(play: PlayState): TemplateResult {
    const { setup, visitor } = play;
    const kind = matchKind(setup);
    const side = this.castSide(setup);
    return html`
      <h2 class="visually-hidden">Play</h2>
      ${this.kindTemplate(play, kind)}
      ${this.seatsTemplate(play, kind, side)}
      ${kind === 'agents' ? this.seedTemplate(play) : nothing}
      ${kind === 'person' ? this.learnsTemplate(setup) : nothing}
      <div class="play-start">
        <button type="button" class="button button-primary play-button"
          @click=${() => this.emit({ kind: 'startMatch' })}>${icons.play}${kind === 'agents' ? 'Watch' : 'Play'}</button>
        <button type="button" class="button match-me" title="A match against whoever is nearest your rating"
          @click=${() => this.emit({ kind: 'matchMe' })}>Match me</button>
      </div>
      ${kind === 'person' ? this.trainingTemplate(play) : nothing}
      <p class="play-standing">
        Your rating <strong class="figure">${ratingText(visitor.rating)}</strong>
        <span class="quiet">${standing(play)}</span>
        ${explanation(
          'explain-rating',
          'ratings',
          'Elo: 400 points more mean odds of ten to one. A win moves a rating by up to K points, the more the less it was expected; K is 32 for the first 30 matches and 16 after. Your first five matches place you: from the foot of the ladder wins carry you up fast. A match that you leave while losing is lost. Those that ship keep the rating that they were measured with. “Match me” picks whoever is nearest, but not whom you met last.',
        )}
      </p>
      ${resetRating(play, this.emit, this.ask)}
      ${kind === 'people' ? nothing : this.castTemplate(play, side)}
      ${this.ratesTemplate(play)}
      ${replayList(play.replays, this.emit, this.ask)}`;
  }

  /** The seat that the ladder casts. */
  private castSide({ seats }: MatchSetup): Side {
    if (isPerson(seats[0])) return 1;
    return isPerson(seats[1]) ? 0 : this.watchedSide;
  }

  private kindTemplate({ contestants }: PlayState, kind: MatchKind): TemplateResult {
    return html`
      <fieldset class="segmented play-kinds">
        <legend class="visually-hidden">Who plays</legend>
        ${kindsHere().map(
          (each) => html`
            <label>
              <input type="radio" name="match-kind" value=${each} .checked=${live(each === kind)}
                @change=${() => this.set((present) => this.setupOf(each, present, contestants))} />
              <span>${kindLabels[each]}</span>
            </label>`,
        )}
      </fieldset>`;
  }

  /** The match of that kind that was set up last, where everybody in it is still there; else one like the present. */
  private setupOf(kind: MatchKind, setup: MatchSetup, contestants: readonly Contestant[]): MatchSetup {
    const last = this.lastOf.get(kind);
    const isThere = (seat: SeatChoice) => isPerson(seat) || contestants.some(({ id }) => id === seat);
    if (last?.seats.every(isThere)) return last;
    return withKind(setup, kind, this.agents, contestants);
  }

  private seatsTemplate(play: PlayState, kind: MatchKind, cast: Side): TemplateResult {
    const seat = (side: Side) => this.seatTemplate(play, kind, side, cast);
    return html`
      <div class="seats">
        ${seat(0)}
        <button type="button" class="button button-icon swap" aria-label="Swap sides" title="Swap sides"
          @click=${() => {
            this.watchedSide = cast === 0 ? 1 : 0;
            this.set(withSidesSwapped);
          }}>${icons.swap}</button>
        ${seat(1)}
      </div>`;
  }

  /** A seat's card; where agents are watched, the choice of which seat the ladder casts. */
  private seatTemplate(play: PlayState, kind: MatchKind, side: Side, cast: Side): TemplateResult {
    const { setup, contestants, visitor } = play;
    const seat = setup.seats[side];
    const contestant = contestants.find(({ id }) => id === seat);
    const rating = seat === 'person' ? visitor.rating : (contestant?.rating ?? null);
    const content = html`
      <span class="seat-side">${sideNames[side]}</span>
      <span class="seat-name">${seatName(seat, kind, contestants)}</span>
      <span class="seat-note">${isPerson(seat) ? keysOf(kind, seat, this.hands) : rating === null ? 'not rated yet' : html`rated <span class="figure">${ratingText(rating)}</span>`}</span>`;
    if (kind !== 'agents') return html`<div class="seat" data-side=${sideNames[side]}>${content}</div>`;
    return html`
      <label class="seat" data-side=${sideNames[side]}>
        <input type="radio" class="seat-choice" name="cast-seat" value=${sideNames[side]}
          .checked=${live(side === cast)} @change=${() => {
            this.watchedSide = side;
            this.generation = generationOf(setup.seats[side]);
            this.render();
          }} />
        ${content}
      </label>`;
  }

  private castTemplate(play: PlayState, side: Side): TemplateResult {
    const { setup, contestants } = play;
    const seat = setup.seats[side];
    const chosen = contestants.find(({ id }) => id === seat);
    const choose = (id: SeatChoice) => this.set((present) => withSeat(present, side, id));
    const isWatched = matchKind(setup) === 'agents';
    const legend = isWatched ? `Who plays on the ${sideNames[side]}` : 'Opponent';
    return html`
      ${ladder(play, legend, seat, choose)}
      ${generationSlider(
        play,
        isWatched ? 'As it was at update' : 'Play it as it was at update',
        generationOf(seat) ?? this.generation,
        (version) => {
          this.generation = version;
          this.render();
        },
        (version) => {
          this.generation = version;
          choose(generationId(version));
        },
      )}
      <div class="row">
        ${exportButton(chosen, this.emit)}
        <label class="button file-button">Import agent<input type="file" class="visually-hidden" accept=".safetensors"
            @change=${chosenFile((file) => this.emit(fileIntent(file, 'importAgent')))} /></label>
      </div>
      <p class="quiet">Agents and runs are <code>.safetensors</code> files; they can also be dropped here.</p>`;
  }

  /** Whether a match against the agent in training is experience for it. */
  private learnsTemplate(setup: MatchSetup): TemplateResult {
    const possible = mayBeLearnedFrom(setup);
    return html`
      <div class="play-switch">
        <label class="switch">
          <input type="checkbox" role="switch" ?disabled=${!possible} .checked=${live(possible && setup.learns)}
            @change=${switched((learns) => this.set((present) => ({ ...present, learns })))} />
          <span>it learns while I play</span>
        </label>
        ${explanation(
          'explain-learns',
          'learning while you play',
          'Against the agent in training only. On, your match is experience: the run goes on at 1×, updates learn from you, and the page shows when a newer policy takes over. Off, it plays as it stands now.',
        )}
        ${possible ? nothing : html`<span class="quiet">agent in training only</span>`}
      </div>`;
  }

  /** What is no match yet: serves to practise, and a rival to train. */
  private trainingTemplate({ hasServes, rival, court }: PlayState): TemplateResult {
    return html`
      <div class="play-training">
        ${
          hasServes
            ? html`<button type="button" class="button" title=${practiceTexts.servesMeaning}
                @click=${() => this.emit({ kind: 'practiseServes' })}>${practiceTexts.serves}</button>`
            : nothing
        }
        ${court === null || rival !== null ? rivalBox(rival, this.emit) : nothing}
      </div>`;
  }

  private seedTemplate({ setup, court }: PlayState): TemplateResult {
    const last = court !== null && court.kind === 'match' && court.seed !== setup.seed ? court.seed : null;
    const commit = (event: Event) => {
      if (!(event.target instanceof HTMLInputElement)) return;
      const seed = seedOf(event.target.value);
      event.target.setAttribute('aria-invalid', String(seed === undefined));
      if (seed !== undefined) this.set((present) => ({ ...present, seed }));
    };
    return html`
      <div class="play-seed">
        <label for="match-seed">Seed</label>
        ${explanation(
          'explain-match-seed',
          'the seed of a match',
          'The same seed serves the same balls, so that different generations can be compared on them. Empty, every match has another.',
        )}
        <input type="text" class="input" id="match-seed" inputmode="numeric" placeholder="another each time"
          .value=${setup.seed === null ? '' : String(setup.seed)} @change=${commit} />
        ${
          last === null
            ? nothing
            : html`<button type="button" class="reset" @click=${() => this.set((present) => ({ ...present, seed: last }))}>
                the present one, ${last}</button>`
        }
      </div>`;
  }

  private ratesTemplate({ rates, ratingMatch }: PlayState): TemplateResult {
    const now = ratingMatch === null ? 'None is being played at the moment.' : `Now: ${ratingMatch}`;
    return html`
      <h2>Ratings</h2>
      <div class="play-switch">
        <label class="switch">
          <input type="checkbox" role="switch" .checked=${live(rates)}
            @change=${switched((on) => this.emit({ kind: 'rates', on }))} />
          <span>agents play rating matches in the background</span>
        </label>
      </div>
      <p class="quiet">${rates ? now : 'Off: ratings change only by what is played on the court.'}</p>`;
  }
}

/** The text of the seed field as a seed; null where it is empty, undefined where it is none. */
export function seedOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const seed = readNumber(text);
  return Number.isInteger(seed) && seed >= 0 && seed <= mostSeed ? seed : undefined;
}

/** What can be played on this device: two people need a keyboard, or a screen with room for four hands. */
function kindsHere(): readonly MatchKind[] {
  const kinds = Object.keys(kindLabels) as MatchKind[];
  const isTouchOnly = matchMedia('(hover: none) and (pointer: coarse)').matches;
  const isWide = matchMedia('(width >= 600px) and (height >= 600px)').matches;
  return isTouchOnly && !isWide ? kinds.filter((kind) => kind !== 'people') : kinds;
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

function standing({ visitor, contestants }: PlayState): string {
  const { matches, placingLeft, streak, against } = visitor;
  if (matches === 0) return 'to begin with: your first matches place you';
  const rungs = contestants.filter(isRung);
  const beaten = rungs.filter(({ id }) => (against[id]?.won ?? 0) > 0).length;
  const parts = [
    placingLeft > 0
      ? placingText(placingLeft)
      : `after ${formatCount(matches)} ${matches === 1 ? 'match' : 'matches'}`,
    beaten > 0 ? goalTexts.climbed(beaten, rungs.length) : null,
    goalTexts.inARow(streak),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function exportButton(chosen: Contestant | undefined, emit: Emit): TemplateResult | typeof nothing {
  if (chosen === undefined || chosen.kind === 'scripted') return nothing;
  return html`
    <button type="button" class="button" @click=${() => emit({ kind: 'exportAgent', contestant: chosen.id })}>
      Export ${chosen.name}</button>`;
}
