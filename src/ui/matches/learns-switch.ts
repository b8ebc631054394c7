import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { type MatchSetup, mayBeLearnedFrom } from '../../contract';
import { learnsTexts } from '../../texts/matches';
import { switched } from '../kit/switched';
import { explanation } from '../kit/tooltip';

/** Whether a match against the agent in training is experience for it. */
export function learnsSwitch(setup: MatchSetup, choose: (learns: boolean) => void): TemplateResult {
  const possible = mayBeLearnedFrom(setup);
  return html`
    <div class="play-switch">
      <label class="switch">
        <input type="checkbox" role="switch" ?disabled=${!possible} .checked=${live(possible && setup.learns)}
          @change=${switched(choose)} />
        <span>${learnsTexts.label}</span>
      </label>
      ${explanation('explain-learns', learnsTexts.subject, learnsTexts.explained)}
      ${possible ? nothing : html`<span class="quiet">${learnsTexts.trainingOnly}</span>`}
    </div>`;
}
