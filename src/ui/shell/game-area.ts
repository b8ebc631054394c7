import { html, nothing, render } from 'lit-html';
import type { Observable } from 'rxjs';
import { formatCompact, formatCount, formatMetric } from '../kit/format';
import { changeDetector, type Panel } from '../kit/panel';
import { explanation } from '../kit/tooltip';
import { matchStrip, stripValues } from '../matches/match-strip';
import { announcement, courtSummary } from '../matches/match-texts';
import type { CourtState } from '../matches/play-state';
import { handsOn, personPlays, playsLive } from '../matches/seats';
import { Pad, type PadInput } from './pad';
import type { PageState } from './page-state';
import { newsText, phaseLabel, phaseSentence, playerLabel, summary } from './phase';

/** How often the description of the picture is brought up to date. */
const describeEveryMs = 10_000;

/** From so many on, a count is told in thousands or millions. */
const mostFigures = 100_000;

/** And how often of a match's points, which agents may score faster than they could be read out. */
const announcePointsEveryMs = 1_500;

/**
 * The game with its status line above it and, over it, what features show there, a pad for touch and a place for notices.
 */
export interface GameArea extends Panel {
  /** Where the game's canvas goes. Focusable; its label follows the game. */
  readonly gameContainer: HTMLElement;
  /** Where notices go. */
  readonly noticesContainer: HTMLElement;
  readonly pad$: Observable<readonly [PadInput, PadInput]>;
  /** A place of that class over the picture, hidden until something is shown there; later ones lie over earlier ones. */
  overGame(className: string): HTMLElement;
}

export function gameArea(container: HTMLElement): GameArea {
  container.innerHTML = `
    <div class="status-strip" translate="no"></div>
    <div class="game-frame">
      <div class="game-view">
        <div class="game" id="game" role="img" tabindex="0" aria-label="The game"></div>
        <div class="notices"></div>
      </div>
      <div class="pad"></div>
    </div>
    <p class="visually-hidden" role="status" aria-live="polite"></p>`;
  const part = (selector: string) => container.querySelector<HTMLElement>(selector) as HTMLElement;
  const gameContainer = part('.game');
  const strip = part('.status-strip');
  const liveRegion = part('[role="status"]');
  const pad = new Pad(part('.pad'));

  const stripChanged = changeDetector((state) =>
    state.play !== null && state.play.court !== null
      ? stripValues(state.play.court)
      : [
          phaseLabel(state),
          playerLabel(state),
          state.focusedArena,
          state.status.policyVersion,
          formatMetric(state.status.meanReturn),
          state.status.backend,
          state.status.decisions,
        ],
  );
  // Else arrow keys might still belong to a slider or a choice of speeds.
  const playBegan = changeDetector((state) => [personPlays(state) && state.play?.court?.paused !== true]);
  const cameOnCourt = changeDetector(({ play, liveMatch }) => [
    play?.court?.setup,
    liveMatch?.isPlayed === true,
  ]);
  const changedForListeners = changeDetector((state) => [newsText(state)]);
  let court: CourtState | null = null;
  let announcedAtMs = Number.NEGATIVE_INFINITY;
  let describedAtMs = Number.NEGATIVE_INFINITY;

  const describe = (state: PageState) => {
    const nowMs = performance.now();
    const next = state.play?.court ?? null;
    if (next !== null) {
      const sentence = announcement(court, next);
      const isLast = next.view.phase === 'over';
      if (sentence !== null && (isLast || nowMs - announcedAtMs >= announcePointsEveryMs)) {
        announcedAtMs = nowMs;
        liveRegion.textContent = sentence;
        gameContainer.setAttribute('aria-label', courtSummary(next));
      }
    } else if (court !== null || changedForListeners(state) || nowMs - describedAtMs >= describeEveryMs) {
      describedAtMs = nowMs;
      gameContainer.setAttribute('aria-label', summary(state));
      // Spoken only where something happened that a person did or has to know: learning alone is no news.
      const news = newsText(state);
      if (liveRegion.textContent !== news) liveRegion.textContent = news;
    }
    court = next;
  };

  return {
    gameContainer,
    noticesContainer: part('.notices'),
    pad$: pad.pad$,
    overGame(className) {
      const place = document.createElement('div');
      place.className = className;
      place.hidden = true;
      part('.notices').before(place);
      return place;
    },
    update(state) {
      if (stripChanged(state)) render(stripTemplate(state), strip);
      pad.update(state);
      // Who plays by keys needs them; else a screen reader would read on by them. A picture is all that it is otherwise.
      const role = handsOn(state) || playsLive(state) ? 'application' : 'img';
      if (gameContainer.role !== role) gameContainer.role = role;
      const focus = playBegan(state) && personPlays(state) && state.play?.court?.paused !== true;
      if (focus) gameContainer.focus({ preventScroll: true });
      // On a phone it may have been begun from far below.
      const isMatch = Boolean(state.play?.court) || state.liveMatch?.isPlayed === true;
      if (cameOnCourt(state) && isMatch) container.scrollIntoView({ block: 'nearest' });
      describe(state);
    },
  };
}

function stripTemplate(state: PageState) {
  const court = state.play?.court ?? null;
  return court === null ? trainingStrip(state) : matchStrip(court);
}

/** There is little room where it stands. */
function countText(count: number): string {
  return count < mostFigures ? formatCount(count) : formatCompact(count);
}

function trainingStrip(state: PageState) {
  const { phase, policyVersion, meanReturn, decisions, backend } = state.status;
  return html`
    <span class="chip chip-phase" data-phase=${state.learning || phase !== 'collecting' ? phase : 'playing'}>
      <span class="lamp" aria-hidden="true"></span>${phaseLabel(state)}</span>
    ${explanation('explain-phase', 'what the agent is doing', phaseSentence(state))}
    <span class="reading reading-policy"><span class="reading-name">update</span> ${policyVersion}</span>
    <span class="reading"><span class="reading-name"><span class="reading-mean">mean </span>return</span> ${formatMetric(meanReturn)}</span>
    <span class="reading reading-arena">${state.kind === 'live' ? nothing : html`<span class="reading-name">arena ${state.focusedArena + 1}</span> `}${playerLabel(state)}</span>
    <span class="reading reading-decisions">${countText(decisions)} <span class="reading-name">decisions</span></span>
    <span class="reading reading-backend"><span class="reading-name">backend</span> ${backend?.name ?? '–'}</span>`;
}
