import { html, noChange, nothing, render, type TemplateResult } from 'lit-html';
import type { CapturedUpdate } from '../../contract';
import { placeOf, type WhatIf } from '../../inspector/what-if';
import { inspectorTexts as texts } from '../../texts/inspector';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { typeScale } from '../kit/type-scale';
import type { PageState } from '../shell/page-state';
import { onPreferredThemeChange } from '../shell/theme';
import { hasBegun, inspectorHead } from './inspector-head';
import type { InspectorLook } from './inspector-state';
import { moment } from './moment';
import { momentBar, senses } from './moment-bar';
import { PartsInSight } from './parts-in-sight';
import { Playback } from './playback';
import { watchPrinting } from './printing';
import { type Shown, shownOf } from './shown';
import { type LitStretch, litStretches, type StemRow, stemRows } from './stem-rows';
import { StemsPainter } from './stems-canvas';
import { stemsPicture } from './stems-picture';
import { stepsTable } from './steps-table';
import { mistakeControls, settingControls } from './what-if-controls';

const playMs = 120;
/** The address follows where somebody looks once they rest there. */
const restMs = 300;
/** What is out of sight follows once nothing has been dragged for that long. */
const unseenMs = 100;
const pageSteps = 10;
/** Where the panel is narrower, at usual type, a row of the table takes two lines. */
const leastTablePx = 590;
/** Until a row has been measured. */
const firstRowPx = 26;

/** One update from the inside: rows, stems, formulas, and what would have been. */
export class InspectorView implements Panel {
  private readonly container: HTMLElement;
  private readonly emit: Emit;
  private readonly changed = changeDetector((state) => {
    const { captured, phase, look, isPictured } = state.inspector;
    // What was chosen here is drawn already. Another look is told by which it is: one that the next choice has overtaken
    // may come first, and the newest must not pass for it.
    const other = this.isShown(look) ? null : look;
    return [captured, phase, isPictured, other, state.theme, state.large, hasBegun(state)];
  });
  private readonly stopPrinting: () => void;
  private readonly stopFollowingTheme: () => void;
  /** Rows fold where there is little room. */
  private readonly resizing = new ResizeObserver(() => this.fit());
  private state: PageState | null = null;
  private shown: Shown | null = null;
  private rows: readonly StemRow[] = [];
  private lit: {
    readonly of: Shown;
    readonly step: number;
    readonly stretches: readonly LitStretch[];
  } | null = null;
  private readonly painter = new StemsPainter();
  private readonly sight = new PartsInSight(() => this.catchUp());
  /** Until what is out of sight is drawn as well; null: it is. */
  private behind: ReturnType<typeof setTimeout> | null = null;
  private step = 0;
  private hovered: number | null = null;
  private topPx = 0;
  private rowPx = firstRowPx;
  private isFolded = false;
  private isPrinting = false;
  private isSeen = true;
  private readonly playback = new Playback(
    playMs,
    () => this.goOn(),
    () => this.draw(),
  );
  private telling: ReturnType<typeof setTimeout> | undefined;

  constructor(container: HTMLElement, emit: Emit) {
    this.container = container;
    this.emit = emit;
    this.resizing.observe(container);
    this.stopFollowingTheme = onPreferredThemeChange(() => this.drawCanvas());
    this.stopPrinting = watchPrinting((isPrinting) => {
      this.isPrinting = isPrinting;
      this.draw();
    });
  }

  update(state: PageState): void {
    if (!this.changed(state)) return;
    this.state = state;
    const { captured, look } = state.inspector;
    const isNew = captured !== this.shown?.captured || !this.isShown(look);
    if (captured === null || look === null) this.close();
    else if (captured !== this.shown?.captured) this.begin(captured, look);
    else if (!this.isShown(look)) this.follow(captured, look);
    this.draw();
    this.fit();
    if (isNew) this.scrollToStep();
  }

  dispose(): void {
    this.playback.stop();
    clearTimeout(this.telling);
    this.endBehind();
    this.sight.disconnect();
    this.resizing.disconnect();
    this.stopPrinting();
    this.stopFollowingTheme();
  }

  /** Out of sight nothing plays, the game is the run's again, and the address says nothing of it. */
  setSeen(isSeen: boolean): void {
    if (isSeen === this.isSeen) return;
    this.isSeen = isSeen;
    this.playback.stop();
    if (!isSeen) this.emit({ kind: 'inspectMoment', step: null });
    this.tellPlace();
    this.draw();
  }

  private close(): void {
    this.playback.stop();
    this.shown = null;
    this.rows = [];
  }

  private begin(captured: CapturedUpdate, look: InspectorLook): void {
    this.playback.stop();
    this.topPx = 0;
    this.hovered = null;
    this.follow(captured, look);
  }

  private isShown(look: InspectorLook | null): boolean {
    return look === null || (look.step === this.step && look.whatIf === this.shown?.whatIf);
  }

  /** Somebody else chose a step or settings, such as a link or a lesson. */
  private follow(captured: CapturedUpdate, { step, whatIf }: InspectorLook): void {
    if (captured !== this.shown?.captured || whatIf !== this.shown.whatIf) this.suppose(captured, whatIf);
    this.step = step;
    this.tellPlace();
  }

  private suppose(captured: CapturedUpdate, whatIf: WhatIf): void {
    const before = this.shown;
    this.shown = shownOf(captured, whatIf, before);
    this.rows = stemRows(this.shown, this.rows);
  }

  private change(change: Partial<WhatIf>): void {
    if (this.shown === null) return;
    const whatIf = { ...this.shown.whatIf, ...change };
    this.suppose(this.shown.captured, whatIf);
    this.emit({ kind: 'suppose', whatIf });
    this.tellPlace();
    this.drawSeen();
  }

  /** As somebody drags, what they can see is drawn at once; the rest as they stop, or as it comes into sight. */
  private drawSeen(): void {
    this.endBehind();
    this.behind = setTimeout(() => this.catchUp(), unseenMs);
    this.render();
  }

  private catchUp(): void {
    if (this.behind !== null) this.draw();
  }

  private endBehind(): void {
    if (this.behind !== null) clearTimeout(this.behind);
    this.behind = null;
  }

  private choose(step: number): void {
    if (this.shown === null) return;
    this.step = Math.max(0, Math.min(this.shown.captured.shape.steps - 1, step));
    this.emit({ kind: 'inspectMoment', step: this.step });
    this.tellPlace();
    this.draw();
    this.scrollToStep();
  }

  private scrollToStep(): void {
    const table = this.container.querySelector('.steps');
    if (table === null) return;
    this.measureRow();
    const { rowPx } = this;
    const top = this.step * rowPx;
    if (top < table.scrollTop || top > table.scrollTop + table.clientHeight - 3 * rowPx) {
      table.scrollTop = Math.max(0, top - table.clientHeight / 2);
    }
  }

  /** Lays out what depends on the room there is. */
  private fit(): void {
    const width = this.container.clientWidth;
    const isFolded = width > 0 && width < leastTablePx * typeScale(this.container);
    if (isFolded !== this.isFolded) {
      this.isFolded = isFolded;
      this.draw();
    }
    this.measureRow();
    this.drawCanvas();
  }

  private measureRow(): void {
    const row = this.container.querySelector('.steps tbody tr:not(.room)');
    const rowPx = row?.getBoundingClientRect().height ?? 0;
    if (rowPx === 0 || rowPx === this.rowPx) return;
    this.rowPx = rowPx;
    this.draw();
  }

  private tellPlace(): void {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const { shown } = this;
      const place = shown === null || !this.isSeen ? null : placeOf(shown.captured, this.step, shown.whatIf);
      this.emit({ kind: 'inspectPlace', place });
    }, restMs);
  }

  private readonly keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const last = (this.shown?.captured.shape.steps ?? 1) - 1;
    const target = {
      ArrowLeft: this.step - 1,
      ArrowUp: this.step - 1,
      ArrowRight: this.step + 1,
      ArrowDown: this.step + 1,
      PageUp: this.step - pageSteps,
      PageDown: this.step + pageSteps,
      Home: 0,
      End: last,
    }[event.key];
    if (target === undefined && event.key !== ' ') return;
    event.preventDefault();
    if (target === undefined) this.toggle();
    else this.choose(target);
  };

  private toggle(): void {
    this.playback.toggle();
    this.draw();
  }

  /** @returns false at the last step. */
  private goOn(): boolean {
    const last = (this.shown?.captured.shape.steps ?? 1) - 1;
    if (this.step >= last) return false;
    this.choose(this.step + 1);
    return true;
  }

  private draw(): void {
    this.endBehind();
    this.render();
  }

  private render(): void {
    const { state, shown } = this;
    if (state === null) return;
    render(
      html`<div class="inspector">
        ${inspectorHead(state, { inspect: () => this.emit({ kind: 'inspect' }), copyLink: () => this.copyLink() })}
        ${shown === null ? nothing : this.parts(state, shown)}
      </div>`,
      this.container,
    );
    for (const selector of ['.moment', '.steps']) this.sight.watch(this.container.querySelector(selector));
    this.drawCanvas();
  }

  private drawCanvas(): void {
    const canvas = this.container.querySelector('canvas');
    const { shown, rows, step: chosen, hovered } = this;
    if (canvas !== null && shown !== null) {
      this.painter.draw(canvas, { rows, lit: this.litOf(shown, chosen), chosen, hovered });
    }
  }

  /** The same ones as long as they are the same. */
  private litOf(of: Shown, step: number): readonly LitStretch[] {
    if (this.lit?.of !== of || this.lit.step !== step) {
      this.lit = { of, step, stretches: litStretches(of, step) };
    }
    return this.lit.stretches;
  }

  /** Draws a part, unless it may follow and nobody sees it. */
  private unlessUnseen(selector: string, part: () => TemplateResult): TemplateResult | typeof noChange {
    const mayFollow = this.behind !== null && !this.isPrinting;
    return mayFollow && !this.sight.isSeen(this.container.querySelector(selector)) ? noChange : part();
  }

  private parts(state: PageState, shown: Shown): TemplateResult {
    const { captured } = shown;
    const choose = (step: number) => this.choose(step);
    const change = (changed: Partial<WhatIf>) => this.change(changed);
    const { step: chosen, topPx, rowPx, isPrinting: isWhole, isFolded, keys, hovered } = this;
    const hover = (step: number | null) => {
      if (step === this.hovered) return;
      this.hovered = step;
      this.draw();
    };
    const scroll = (px: number) => {
      this.topPx = px;
      this.draw();
    };
    return html`${settingControls(captured, shown, change, choose)}
      ${stemsPicture(shown, this.rows, { chosen, hovered, isWhole, choose, hover, keys })}
      ${momentBar(state.inspector, captured, chosen, this.playback.isPlaying, { choose, keys, toggle: () => this.toggle(), goLive: () => this.goLive() })}
      ${senses(state.spec, captured, chosen)}
      <section class="moment">${this.unlessUnseen('.moment', () => moment(captured, shown, this.step))}</section>
      ${mistakeControls(captured, shown, change)}
      <h3>${texts.table}</h3>
      ${this.unlessUnseen('.steps', () => stepsTable(captured, shown, { chosen, topPx, rowPx, isWhole, isFolded, choose, scroll, keys }))}`;
  }

  private goLive(): void {
    this.playback.stop();
    this.emit({ kind: 'inspectMoment', step: null });
  }

  private copyLink(): void {
    const { shown } = this;
    if (shown === null) return;
    this.emit({ kind: 'copyInspected', place: placeOf(shown.captured, this.step, shown.whatIf) });
  }
}
