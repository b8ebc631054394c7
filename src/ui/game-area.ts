import { html, render } from 'lit-html';
import { BehaviorSubject, type Observable } from 'rxjs';
import { formatCount, formatMetric } from './format';
import { icons } from './icons';
import type { PageState } from './page-state';
import { changeDetector, type Panel } from './panel';
import { phaseLabel, phaseSentence, playerLabel, summary } from './phase';
import { explanation } from './tooltip';

/** How often those who cannot see the page are told how it goes, at most. */
const announceEveryMs = 10_000;

/** What the on-screen pad says while it is held. */
export interface PadInput {
  /** −1 (left) to 1 (right). */
  readonly horizontal: number;
  readonly primary: boolean;
}

/** The game with its status line above it and, over it, a pad for touch and a place for notices. */
export interface GameArea extends Panel {
  /** Where the game's canvas goes. Focusable; its label follows the game. */
  readonly gameContainer: HTMLElement;
  /** Where notices go. */
  readonly noticesContainer: HTMLElement;
  readonly pad$: Observable<PadInput>;
}

export function gameArea(container: HTMLElement): GameArea {
  container.innerHTML = `
    <div class="status-strip"></div>
    <div class="game-frame">
      <div class="game" id="game" role="img" tabindex="0" aria-label="The game"></div>
      <div class="pad"></div>
      <div class="notices"></div>
    </div>
    <p class="visually-hidden" role="status" aria-live="polite"></p>`;
  const part = (selector: string) => container.querySelector<HTMLElement>(selector) as HTMLElement;
  const gameContainer = part('.game');
  const strip = part('.status-strip');
  const pad = part('.pad');
  const liveRegion = part('[role="status"]');
  const pad$ = new BehaviorSubject<PadInput>({ horizontal: 0, primary: false });

  const stripChanged = changeDetector((state) => [
    phaseLabel(state),
    playerLabel(state),
    state.focusedArena,
    state.status.policyVersion,
    formatMetric(state.status.meanReturn),
    state.status.backend,
    state.status.decisions,
  ]);
  const padChanged = changeDetector(({ focusPlayer }) => [focusPlayer === 'person']);
  let announcedAtMs = Number.NEGATIVE_INFINITY;

  return {
    gameContainer,
    noticesContainer: part('.notices'),
    pad$,
    update(state) {
      if (stripChanged(state)) render(stripTemplate(state), strip);
      if (padChanged(state)) {
        pad$.next({ horizontal: 0, primary: false });
        const byPerson = state.focusPlayer === 'person';
        render(byPerson ? padTemplate(pad$) : null, pad);
        // Else arrow keys might still belong to a slider or a choice of speeds.
        if (byPerson) gameContainer.focus({ preventScroll: true });
      }
      const nowMs = performance.now();
      if (nowMs - announcedAtMs >= announceEveryMs) {
        announcedAtMs = nowMs;
        const sentence = summary(state);
        gameContainer.setAttribute('aria-label', sentence);
        liveRegion.textContent = sentence;
      }
    },
  };
}

function stripTemplate(state: PageState) {
  const { phase, policyVersion, meanReturn, decisions, backend } = state.status;
  return html`
    <span class="chip chip-phase" data-phase=${state.learning || phase !== 'collecting' ? phase : 'playing'}>
      <span class="lamp" aria-hidden="true"></span>${phaseLabel(state)}</span>
    ${explanation('explain-phase', 'what the agent is doing', phaseSentence(state))}
    <span class="reading reading-policy"><span class="reading-name">policy</span> ${policyVersion}</span>
    <span class="reading"><span class="reading-name"><span class="reading-mean">mean </span>return</span> ${formatMetric(meanReturn)}</span>
    <span class="reading reading-arena"><span class="reading-name">arena ${state.focusedArena + 1}</span> ${playerLabel(state)}</span>
    <span class="reading reading-decisions">${formatCount(decisions)} <span class="reading-name">decisions</span></span>
    <span class="reading reading-backend"><span class="reading-name">backend</span> ${backend?.name ?? '–'}</span>`;
}

function padTemplate(pad$: BehaviorSubject<PadInput>) {
  const held = (horizontal: number) => (event: PointerEvent) => {
    event.preventDefault();
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
    pad$.next({ horizontal, primary: false });
  };
  const released = () => pad$.next({ horizontal: 0, primary: false });
  const button = (horizontal: number, label: string, picture: unknown) => html`
    <button type="button" class="pad-button" tabindex="-1" aria-label=${label}
      @pointerdown=${held(horizontal)} @pointerup=${released} @pointercancel=${released}
      @lostpointercapture=${released} @contextmenu=${(event: Event) => event.preventDefault()}>${picture}</button>`;
  return html`${button(-1, 'Left', icons.left)}${button(1, 'Right', icons.right)}`;
}
