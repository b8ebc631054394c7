import { html, nothing, type TemplateResult } from 'lit-html';
import { seatsOf } from '../../contract';
import { inspectorTexts as texts } from '../../texts/inspector';
import { explanation } from '../kit/tooltip';
import type { PageState } from '../shell/page-state';

/** Before that there is nobody to ask. */
export const hasBegun = ({ status }: PageState): boolean =>
  status.phase !== 'starting' && status.phase !== 'warming';

/** What can be done of a whole update. */
export interface HeadActions {
  readonly inspect: () => void;
  readonly copyLink: () => void;
}

/** Which update it is, and how to have another. */
export function inspectorHead(state: PageState, { inspect, copyLink }: HeadActions): TemplateResult {
  const { captured, phase } = state.inspector;
  const rests = phase === 'waiting' || !hasBegun(state);
  const arena = captured === null ? 0 : Math.floor(captured.agent / seatsOf(state.spec));
  return html`<h2>${captured === null ? texts.tab : texts.heading(captured.version, arena, captured.shape.steps)}
      ${explanation('explain-inspector', texts.subject, texts.about)}</h2>
    ${captured === null ? html`<p class="lead">${texts.invite}</p>` : nothing}
    <p class="row"><button type="button" class="button" data-key="inspect" aria-disabled=${rests} @click=${rests ? nothing : inspect}>
      ${captured === null ? texts.look : texts.another}</button>
    ${captured === null ? nothing : html`<button type="button" class="button" @click=${copyLink}>${texts.copy}</button>`}
    <span role="status">${phase === 'waiting' ? texts.waiting : phase === 'failed' ? texts.none : ''}</span></p>`;
}
