import { html, nothing, render, svg, type TemplateResult } from 'lit-html';
import { type CapturedUpdate, seatsOf } from '../../contract';
import { asUsed, type Mistake, noMistakes, type WhatIf } from '../../inspector/what-if';
import { inspectorTexts as texts } from '../../texts/inspector';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { PageState } from '../shell/page-state';
import { figure } from './formulas';
import type { InspectorLook } from './inspector-state';
import { moment } from './moment';
import { type Shown, shownOf } from './shown';
import { litStretches, type StemRow, stemRows } from './stem-rows';
import { heightUnits } from './stems';
import { rowPx, stepsTable } from './steps-table';

const playMs = 120;
const mistakes = Object.keys(noMistakes) as readonly Mistake[];

/** Before that there is nobody to ask. */
const hasBegun = ({ status }: PageState) => status.phase !== 'starting' && status.phase !== 'warming';

/** One update from the inside: rows, stems, formulas, and what would have been. */
export class InspectorView implements Panel {
  private readonly container: HTMLElement;
  private readonly emit: Emit;
  private readonly changed = changeDetector((state) => [
    state.inspector.captured,
    state.inspector.phase,
    state.running,
    hasBegun(state),
    // What was chosen here is drawn already.
    this.isShown(state.inspector.look),
  ]);
  private state: PageState | null = null;
  private captured: CapturedUpdate | null = null;
  private whatIf: WhatIf | null = null;
  private shown: Shown | null = null;
  private rows: readonly StemRow[] = [];
  private step = 0;
  private topPx = 0;
  private playing: ReturnType<typeof setInterval> | null = null;

  constructor(container: HTMLElement, emit: Emit) {
    this.container = container;
    this.emit = emit;
  }

  update(state: PageState): void {
    if (!this.changed(state)) return;
    this.state = state;
    const { captured, look } = state.inspector;
    if (captured !== this.captured) {
      this.captured = captured;
      this.stop();
      this.topPx = 0;
    }
    if (look !== null && !this.isShown(look)) this.follow(look);
    this.draw();
  }

  dispose(): void {
    this.stop();
  }

  private isShown(look: InspectorLook | null): boolean {
    return look === null || (look.step === this.step && look.whatIf === this.whatIf);
  }

  /** Somebody else chose a step or settings, such as a link or a lesson. */
  private follow({ step, whatIf }: InspectorLook): void {
    if (whatIf !== this.whatIf) this.suppose(whatIf);
    this.step = step;
    this.revealRow();
  }

  private suppose(whatIf: WhatIf): void {
    if (this.captured === null) return;
    this.whatIf = whatIf;
    const before = this.shown;
    this.shown = shownOf(this.captured, whatIf, before);
    this.rows = stemRows(this.shown, before && { shown: before, rows: this.rows });
  }

  private change(change: Partial<WhatIf>): void {
    if (this.whatIf === null) return;
    const whatIf = { ...this.whatIf, ...change };
    this.suppose(whatIf);
    this.emit({ kind: 'suppose', whatIf });
    this.draw();
  }

  private choose(step: number): void {
    if (this.captured === null) return;
    this.step = Math.max(0, Math.min(this.captured.shape.steps - 1, step));
    this.emit({ kind: 'inspectMoment', step: this.step });
    this.draw();
    this.revealRow();
  }

  private revealRow(): void {
    const table = this.container.querySelector('.steps');
    const top = this.step * rowPx;
    if (table !== null && (top < table.scrollTop || top > table.scrollTop + table.clientHeight - 3 * rowPx)) {
      table.scrollTop = Math.max(0, top - table.clientHeight / 2);
    }
  }

  private toggle(): void {
    if (this.playing === null) {
      this.playing = setInterval(() => {
        const last = (this.captured?.shape.steps ?? 1) - 1;
        if (this.step >= last) this.stop();
        else this.choose(this.step + 1);
        this.draw();
      }, playMs);
    } else this.stop();
    this.draw();
  }

  private stop(): void {
    if (this.playing !== null) clearInterval(this.playing);
    this.playing = null;
  }

  private draw(): void {
    const { state, captured, shown, whatIf } = this;
    if (state === null) return;
    const isThere = captured !== null && shown !== null && whatIf !== null;
    render(
      html`<div class="inspector">
        ${this.head(state)}
        ${
          isThere
            ? html`${this.controls(captured, shown, whatIf)} ${this.pictures(captured, shown)}
              ${this.senses(state, captured)}
              <section class="moment">${moment(captured, shown, this.step)}</section>
              ${stepsTable(captured, shown, this.step, this.topPx, {
                choose: (step) => this.choose(step),
                scroll: (topPx) => {
                  this.topPx = topPx;
                  this.draw();
                },
              })}`
            : nothing
        }
      </div>`,
      this.container,
    );
  }

  private head(state: PageState): TemplateResult {
    const { captured, phase } = state.inspector;
    const arena = captured === null ? 0 : Math.floor(captured.agent / seatsOf(state.spec));
    return html`<h2>${captured === null ? texts.tab : texts.heading(captured.version, arena, captured.shape.steps)}</h2>
      ${captured === null ? html`<p class="lead">${texts.invite}</p>` : nothing}
      <p><button type="button" class="button" data-key="inspect" ?disabled=${phase === 'waiting' || !hasBegun(state)} @click=${() => this.emit({ kind: 'inspect' })}>
        ${captured === null ? texts.look : texts.another}</button>
      <span role="status">${phase === 'waiting' ? texts.waiting : phase === 'failed' ? texts.none : ''}</span></p>`;
  }

  private controls(captured: CapturedUpdate, shown: Shown, whatIf: WhatIf): TemplateResult {
    const used = asUsed(captured);
    const { spread, correlation } = shown.meter;
    return html`
      ${this.slider('lambda', whatIf.gaeLambda, used.gaeLambda, texts.lambdaEnds, (gaeLambda) => this.change({ gaeLambda }))}
      ${this.slider('gamma', whatIf.discount, used.discount, texts.gammaEnds, (discount) => this.change({ discount }))}
      <dl class="meter" data-key="meter">
        <dt>${texts.spread}</dt><dd title=${texts.spreadMeaning}>${spread === null ? '–' : figure(spread)}</dd>
        <dt>${texts.truth}</dt><dd title=${texts.truthMeaning}>${correlation === null ? texts.unknown : figure(correlation)}</dd>
      </dl>
      <fieldset data-key="mistakes"><legend>${texts.mistakes}</legend>
        ${mistakes.map(
          (
            mistake,
          ) => html`<label data-key=${mistake}><input type="checkbox" .checked=${whatIf.mistakes[mistake]}
            @change=${(event: Event) =>
              this.change({
                mistakes: { ...whatIf.mistakes, [mistake]: (event.target as HTMLInputElement).checked },
              })}> ${texts.mistake[mistake]}</label>`,
        )}
        <button type="button" class="button" data-key="asUsed" @click=${() => this.change(used)}>${texts.back}</button>
      </fieldset>
      <p data-key="surprises">${texts.surprises}: ${shown.surprises.map((step) => {
        const advantage = shown.advantages[step * captured.shape.agents + captured.agent]!;
        return html`<button type="button" class="button" @click=${() => this.choose(step)}>${texts.surprise(step, figure(advantage))}</button> `;
      })}</p>`;
  }

  private slider(
    key: 'lambda' | 'gamma',
    value: number,
    used: number,
    ends: readonly [string, string],
    change: (value: number) => void,
  ): TemplateResult {
    return html`<label class="what-if" data-key=${key}><span>${texts[key]} = ${value.toFixed(3)} <small>${texts.used(String(used))}</small></span>
      <span class="track" style="--used:${used}"><input type="range" min="0" max="1" step="0.005" .value=${String(value)}
        @input=${(event: Event) => change(Number((event.target as HTMLInputElement).value))}></span>
      <small class="ends"><span>${ends[0]}</span><span>${ends[1]}</span></small></label>`;
  }

  private pictures(captured: CapturedUpdate, shown: Shown): TemplateResult {
    const { steps } = captured.shape;
    const lit = litStretches(shown, this.step).map(
      ({ first, count, weight }) =>
        svg`<rect x=${first} y="0" width=${count} height=${heightUnits} opacity=${weight}></rect>`,
    );
    return html`<figure class="stems" aria-label=${texts.stems}>
        ${this.rows.map(
          ({
            name,
            path,
            ghost,
          }) => html`<div data-key="stems-${name}"><span>${name}</span><svg viewBox="0 0 ${steps} ${heightUnits}" preserveAspectRatio="none" aria-hidden="true"
            @pointerdown=${(event: PointerEvent) => this.choosePointed(event)}
            @pointermove=${(event: PointerEvent) => event.buttons > 0 && this.choosePointed(event)}>
            ${ghost === null ? nothing : svg`<path class="ghost" d=${ghost}></path>`}
            ${name === 'δ' ? lit : nothing}
            <path class="stem" d=${path}></path>
            <line x1=${this.step + 0.5} x2=${this.step + 0.5} y1="0" y2=${heightUnits}></line>
          </svg></div>`,
        )}
      </figure>
      <div class="moment-bar" data-key="moment">
        <button type="button" class="button" aria-label=${texts.previous} @click=${() => this.choose(this.step - 1)}>‹</button>
        <button type="button" class="button" @click=${() => this.toggle()}>${this.playing === null ? texts.play : texts.stop}</button>
        <button type="button" class="button" aria-label=${texts.next} @click=${() => this.choose(this.step + 1)}>›</button>
        <label>${texts.moment} ${this.step}<input type="range" min="0" max=${steps - 1} .value=${String(this.step)}
          @input=${(event: Event) => this.choose(Number((event.target as HTMLInputElement).value))}></label>
      </div>`;
  }

  private choosePointed(event: PointerEvent): void {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    this.choose(Math.floor(((event.clientX - left) / width) * (this.captured?.shape.steps ?? 0)));
  }

  /** Of a game without states to draw: what the agent went by. */
  private senses({ spec }: PageState, captured: CapturedUpdate): TemplateResult | typeof nothing {
    if (captured.states.length > 0) return nothing;
    const { observationSize } = captured.shape;
    return html`<details><summary>${texts.senses}</summary><dl class="senses">
      ${spec.observationSpace.names.map(
        (name, index) => html`<dt>${name}</dt>
        <dd>${figure(captured.observations[this.step * observationSize + index]!)}</dd>`,
      )}</dl></details>`;
  }
}
