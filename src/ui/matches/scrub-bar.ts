import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { type RecordedPoint, type ReplayPosition, sideNames } from '../../contract';
import { replayTexts } from '../../texts/replays';
import type { Emit } from '../kit/panel';
import type { CourtState } from './play-state';

/** So many seconds lie between two presses of an arrow; with Shift it is one tick, to look closely. */
const arrowSeconds = 1;

/** Where in a replay one is, and the way to anywhere else in it: by mouse, touch and keyboard. */
export class ScrubBar {
  private readonly emit: Emit;
  /** Where the thumb is held; null while nobody holds it. */
  private held: number | null = null;

  constructor(emit: Emit) {
    this.emit = emit;
  }

  /** @param tickMs of game time. */
  template({ replay, view }: CourtState, tickMs: number): TemplateResult | typeof nothing {
    if (replay === null) {
      this.held = null;
      return nothing;
    }
    const { length, points } = replay;
    const tick = this.held ?? replay.tick;
    const clock = (ticks: number) => clockText((ticks * tickMs) / 1000);
    const text = replayTexts.place(clock(tick), clock(length), view.names, scoreAt(replay, tick));
    return html`
      <div class="scrub">
        <span class="scrub-time figure" aria-hidden="true">${clock(tick)}</span>
        <div class="scrub-track">
          ${points.map((point) => mark(point, length))}
          <input type="range" class="scrub-slider" min="0" max=${length} step="1" aria-label=${replayTexts.placeLabel}
            aria-valuetext=${text} title=${replayTexts.placeMeaning} .value=${live(String(tick))}
            @input=${(event: Event) => this.hold(tickOf(event))} @change=${(event: Event) => this.letGo(tickOf(event))}
            @blur=${() => this.drop()} @pointercancel=${() => this.drop()}
            @keydown=${(event: KeyboardEvent) => this.press(event, replay, tickMs)} />
        </div>
        <span class="scrub-time figure quiet" aria-hidden="true">${clock(length)}</span>
      </div>`;
  }

  private hold(tick: number): void {
    this.held = tick;
    this.emit({ kind: 'seekReplay', tick });
  }

  private letGo(tick: number): void {
    this.held = null;
    this.emit({ kind: 'seekReplay', tick });
  }

  /** Nobody holds it any more, and nothing is asked for. */
  private drop(): void {
    this.held = null;
  }

  /** In place of what browsers do: a tick for each arrow, and a tenth of the whole for each page. */
  private press(event: KeyboardEvent, { tick, points }: ReplayPosition, tickMs: number): void {
    const step = event.shiftKey ? 1 : Math.round((1000 * arrowSeconds) / tickMs);
    const targets: Readonly<Record<string, number | undefined>> = {
      ArrowLeft: tick - step,
      ArrowDown: tick - step,
      ArrowRight: tick + step,
      ArrowUp: tick + step,
      PageUp: points.find((point) => point.tick > tick)?.tick,
      PageDown: points.findLast((point) => point.tick < tick)?.tick ?? 0,
    };
    if (!(event.key in targets) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const target = targets[event.key];
    if (target !== undefined) this.emit({ kind: 'seekReplay', tick: target });
  }
}

/** A minute and its seconds, such as `1:05`. */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** The score after so many rally ticks, as far as the points are known. */
export function scoreAt({ points }: ReplayPosition, tick: number): readonly [number, number] {
  return points.findLast((point) => point.tick <= tick)?.score ?? [0, 0];
}

/** Where a point fell, on the side of whoever won it. */
function mark({ tick, winner }: RecordedPoint, length: number): TemplateResult {
  return html`<span class="scrub-mark" aria-hidden="true" data-side=${winner === null ? 'none' : sideNames[winner]}
      style="--at: ${tick / Math.max(1, length)}"></span>`;
}

function tickOf({ target }: Event): number {
  return Number((target as HTMLInputElement).value);
}
