import { html, nothing, render } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { thenAndNowTexts } from '../../texts/then-and-now';
import { chosenFile } from '../kit/file-drop';
import { formatMetric } from '../kit/format';
import { icons } from '../kit/icons';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { StandingDialog } from '../kit/standing-dialog';
import { pausedToRead } from '../matches/seats';
import { seedOf } from '../matches/seed-field';
import type { PageState } from '../shell/page-state';
import type { PolicyChoiceShown, SideShown, ThenAndNowState } from './then-and-now-state';

type Side = 0 | 1;
const sides: readonly Side[] = [0, 1];

/** Two pictures of the game, each with who plays it and how that goes; on a phone one below the other. */
export class ThenAndNowDialog implements Panel {
  private readonly emit: Emit;
  private readonly changed = changeDetector(({ thenAndNow }) => [thenAndNow]);
  private readonly dialog: StandingDialog;

  /** @param neighbour what it is put behind while it is open. */
  constructor(neighbour: HTMLElement, emit: Emit) {
    this.emit = emit;
    const onClose = this.ask;
    this.dialog = new StandingDialog({ neighbour, className: 'beside', titleId: 'beside-title', onClose });
  }

  update(state: PageState): void {
    if (!this.changed(state)) return;
    const { thenAndNow } = state;
    const { element } = this.dialog;
    if (thenAndNow === null) this.dialog.close();
    else if (element === null) this.open(state, thenAndNow);
    else this.render(element, thenAndNow);
  }

  private open(state: PageState, shown: ThenAndNowState): void {
    const pause = pausedToRead(state);
    if (pause !== null) this.emit(pause);
    this.dialog.open((dialog) => this.render(dialog, shown));
    const [left, right] = this.dialog.element?.querySelectorAll<HTMLElement>('.beside-screen') ?? [];
    if (left !== undefined && right !== undefined) this.emit({ kind: 'thenAndNowIn', places: [left, right] });
  }

  private readonly ask = () => this.emit({ kind: 'thenAndNow', open: false });

  private render(dialog: HTMLDialogElement, state: ThenAndNowState): void {
    const { phase, problem, opponent, seats, bodies } = state;
    const { title, close, lead, against, bothSides } = thenAndNowTexts;
    render(
      html`
        <div class="dialog-head">
          <h2 id="beside-title">${title}</h2>
          <button type="button" class="button button-icon" aria-label=${close} @click=${this.ask}>${icons.close}</button>
        </div>
        <p class="quiet">
          ${lead}
          ${seats === 2 ? (opponent === null ? bothSides : against(opponent)) : nothing}
          ${bodies > 1 ? thenAndNowTexts.bodies(bodies) : nothing}
        </p>
        ${problem === null ? nothing : html`<p class="beside-problem" role="alert">${problem}</p>`}
        <div class="beside-sides">${sides.map((side) => picture(state, side))}</div>
        ${phase === 'playing' ? html`${this.controls(state)} <div class="beside-choosers">${sides.map((side) => this.chooser(state, side))}</div>` : nothing}`,
      dialog,
    );
  }

  private chooser({ choices, sides }: ThenAndNowState, side: Side) {
    const { who, fileFor, file, groups } = thenAndNowTexts;
    const where = thenAndNowTexts.sides[side] ?? '';
    const { choice } = sides[side];
    const choose = (event: Event) => {
      if (!(event.target instanceof HTMLSelectElement)) return;
      this.emit({ kind: 'thenAndNowPolicy', side, choice: event.target.value });
    };
    const option = ({ id, label }: PolicyChoiceShown) =>
      html`<option value=${id} .selected=${live(id === choice)}>${label}</option>`;
    const groupOf = (group: PolicyChoiceShown['group']) => {
      const own = choices.filter((each) => each.group === group);
      return own.length === 0
        ? nothing
        : html`<optgroup label=${groups[group]}>${own.map(option)}</optgroup>`;
    };
    return html`
      <div class="row beside-chooser">
        <select class="input" aria-label=${who(where)} @change=${choose}>${groupOf('run')}${groupOf('others')}</select>
        <label class="button button-compact file-button">${file}<input type="file" class="visually-hidden" accept=".safetensors,.play"
          aria-label=${fileFor(where)} @change=${chosenFile((chosen) => this.emit({ kind: 'thenAndNowFile', side, file: chosen }))} /></label>
      </div>`;
  }

  private controls({ seed, isRunning }: ThenAndNowState) {
    const { play, pause, another, begin } = thenAndNowTexts;
    // What somebody types stays, though rounds go on.
    const field = this.dialog.element?.querySelector<HTMLInputElement>('[name="seed"]') ?? null;
    const shownSeed = field !== null && field === document.activeElement ? field.value : String(seed);
    const beginFrom = (event: SubmitEvent) => {
      event.preventDefault();
      const wished = seedOf(field?.value ?? '');
      field?.setAttribute('aria-invalid', String(wished === undefined));
      if (wished !== undefined) this.emit({ kind: 'thenAndNowSeed', seed: wished });
    };
    return html`
      <form class="row beside-controls" @submit=${beginFrom}>
        <button type="button" class="button button-icon" aria-label=${isRunning ? pause : play} title=${isRunning ? pause : play}
          @click=${() => this.emit({ kind: 'thenAndNowRunning', on: !isRunning })}>${isRunning ? icons.pause : icons.play}</button>
        <label class="beside-seed">${thenAndNowTexts.seed}
          <input type="text" class="input" inputmode="numeric" name="seed" .value=${shownSeed} /></label>
        <button type="submit" class="button">${begin}</button>
        <button type="button" class="button" @click=${() => this.emit({ kind: 'thenAndNowSeed', seed: null })}>${another}</button>
      </form>`;
  }
}

function picture({ phase, sides: both }: ThenAndNowState, side: Side) {
  const shown = both[side];
  const { label, version, isOver } = shown;
  const isPlaying = phase === 'playing';
  return html`
    <figure class="beside-side">
      <figcaption>
        <strong>${isPlaying ? label : ''}</strong>
        ${version === null || version === 0 ? nothing : html`<span class="figure quiet">${thenAndNowTexts.update(version)}</span>`}
      </figcaption>
      <div class="beside-picture">
        <div class="beside-screen"></div>
        ${isPlaying && isOver ? html`<span class="beside-over">${thenAndNowTexts.over}</span>` : nothing}
        ${phase === 'loading' ? html`<p class="beside-loading quiet">${thenAndNowTexts.loading}</p>` : nothing}
      </div>
      ${isPlaying ? score(shown) : nothing}
    </figure>`;
}

/** What the present episode has come to, and those before. */
function score({ score: earned, seconds, results }: SideShown) {
  const mean = results.reduce((sum, each) => sum + each, 0) / results.length;
  return html`
    <p class="beside-score">
      ${thenAndNowTexts.score} <strong class="figure">${formatMetric(earned)}</strong>
      <span class="figure quiet">${thenAndNowTexts.after(seconds.toFixed(1))}</span>
      ${results.length === 0 ? nothing : html`<span class="figure quiet">${thenAndNowTexts.mean(formatMetric(mean), results.length)}</span>`}
    </p>`;
}
