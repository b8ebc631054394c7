import { html, nothing, type TemplateResult } from 'lit-html';
import { practiceTexts } from '../../texts/practice';
import type { Emit } from '../kit/panel';
import type { PlayState } from './play-state';
import { rivalBox } from './rival-box';

/** What is no match yet: serves to practise, and a rival to train. */
export function trainingOffers({ hasServes, rival, court }: PlayState, emit: Emit): TemplateResult {
  return html`
    <div class="play-training">
      ${
        hasServes
          ? html`<button type="button" class="button" title=${practiceTexts.servesMeaning}
              @click=${() => emit({ kind: 'practiseServes' })}>${practiceTexts.serves}</button>`
          : nothing
      }
      ${court === null || rival !== null ? rivalBox(rival, emit) : nothing}
    </div>`;
}
