import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { mayBeLearnedFrom } from '../../contract';
import { courtTexts } from '../../texts/court';
import { practiceTexts } from '../../texts/practice';
import { explanation } from '../kit/tooltip';
import { speedLabels } from '../shell/speeds';
import { courtPhase, stakes } from './match-texts';
import type { CourtState } from './play-state';

/** What the status strip shows while a match is on the court, as values to compare. */
export function stripValues(court: CourtState | null): readonly unknown[] {
  if (court === null) return [];
  const { view, kind, version, takeovers, learning, speed, setup } = court;
  return [courtPhase(court), ...view.names, ...view.score, kind, version, takeovers, learning, speed, setup];
}

/** Names and score, who acts for the agent in training, and whether it learns from this. */
export function matchStrip(court: CourtState): TemplateResult {
  const { view, version, takeovers, learning, speed, setup, kind } = court;
  const next = stakes(view);
  return html`
    <span class="chip chip-phase" data-phase=${lampOf(court)}>
      <span class="lamp" aria-hidden="true"></span>${courtPhase(court)}</span>
    <span class="reading match-reading">
      <span class="match-side" data-side="left">${view.names[0]}</span>
      <strong class="figure">${view.score[0]} : ${view.score[1]}</strong>
      <span class="match-side" data-side="right">${view.names[1]}</span>
    </span>
    ${next === null ? nothing : html`<strong class="reading reading-stakes">${next}</strong>`}
    ${view.pointsToWin === null ? html`<strong class="reading reading-stakes">${practiceTexts.onCourt}</strong>` : nothing}
    ${speed === '1' ? nothing : html`<span class="reading reading-speed">${speedLabels[speed]} speed</span>`}
    ${
      version === null
        ? nothing
        : html`<span class="reading reading-version">${repeat(
            [takeovers],
            (count) => count,
            (count) =>
              count === 0
                ? html`<span class="reading-name">update</span> ${version}`
                : html`<span class="took-over">update ${version} took over</span>`,
          )}</span>`
    }
    ${
      kind === 'match' && mayBeLearnedFrom(setup)
        ? html`<span class="reading reading-learns" data-phase=${learning ? 'collecting' : 'off'}>
              <span class="lamp" aria-hidden="true"></span>${learning ? courtTexts.learning : courtTexts.notLearning}</span>
            ${explanation('explain-match-learning', courtTexts.learningSubject, courtTexts.learningExplained)}`
        : nothing
    }`;
}

function lampOf({ paused, view }: CourtState): string {
  if (view.phase === 'over') return 'off';
  if (paused) return 'paused';
  return view.phase === 'rally' ? 'collecting' : 'eased';
}
